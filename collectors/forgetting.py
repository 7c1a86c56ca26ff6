"""Erasure in what collectors keep: landing files, the state of each source, watched folders."""

from __future__ import annotations

__all__ = ["forget", "holds"]

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cities.brief import Account
from cities.folder import CityFolder
from cities.traces import Traces
from collectors.durable import remove_drafts, write_durably
from collectors.sources.imports import erasing

AUTHORS = ("author_id", "from_author_id", "to_author_id")
# What is an id or an address of the record itself: one that names the account is of theirs.
ADDRESSES = ("post_id", "gone_id", "url")


def forget(folder: CityFolder, account: Account) -> int:
    """Remove an author's records and redact the author in others' texts; how many files changed.

    A record is theirs when platform and author id are exactly theirs; a text names them by a
    written form (`cities.traces`), never by the bare name.
    """
    traces = Traces.of(account)
    changed = 0
    for path in list(_files(folder)):
        content = _content(path)
        if _is_held(path, content, traces):
            _rewrite(path, content, traces)
            changed += 1
    return changed + erasing.forget(folder.root, traces)


def holds(folder: CityFolder, account: Account) -> list[Path]:
    """The landing files, state files and imported originals that hold the account."""
    traces = Traces.of(account)
    found = [path for path in _files(folder) if _is_held(path, _content(path), traces)]
    return found + erasing.holds(folder.root, traces)


def _files(folder: CityFolder) -> Iterator[Path]:
    for source in sorted((folder.root / "landing").glob("*/")):
        remove_drafts(source)
        yield from sorted(path for path in source.iterdir() if path.is_file())
    remove_drafts(folder.root / "state")
    yield from sorted((folder.root / "state").glob("[!.]*.json"))


def _is_held(path: Path, content: str, traces: Traces) -> bool:
    if traces.name not in content.lower():
        return False
    if path.suffix == ".gz":
        return any(_kept(line, traces) != line for line in content.split("\n"))
    return traces.are_in(content)


def _rewrite(path: Path, content: str, traces: Traces) -> None:
    if path.suffix == ".gz":
        # Not splitlines: JSON leaves U+2028 and its like bare inside a text. What follows the
        # last line break is half a line of a truncated file, and may hold half a name.
        *lines, _ = content.split("\n")
        kept = (_kept(line, traces) for line in lines)
        text = "".join(f"{line}\n" for line in kept if line is not None)
        write_durably(path, gzip.compress(text.encode(), mtime=0))
        return
    try:
        state = _purged(json.loads(content), traces)
    except ValueError:
        path.unlink()  # a broken state or outcome is of no use to anybody
        return
    write_durably(path, json.dumps(state, ensure_ascii=False).encode())


def _content(path: Path) -> str:
    """A file's text; of a truncated gzip, what can be read."""
    if path.suffix != ".gz":
        return path.read_text(encoding="utf-8", errors="replace")
    unzip = zlib.decompressobj(wbits=31)
    try:
        return unzip.decompress(path.read_bytes()).decode(errors="replace")
    except zlib.error:
        return ""


def _kept(line: str, traces: Traces) -> str | None:
    """A line as it may stay; None for the account's own. What is no record goes when in doubt."""
    if traces.name not in line.lower():
        return line
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not isinstance(record, dict) or _is_own(record, traces):
        return None
    platform = record.get("platform")
    kept = {name: _redacted(value, traces, platform) for name, value in record.items()}
    return line if kept == record else json.dumps(kept, ensure_ascii=False)


def _is_own(record: dict[str, Any], traces: Traces) -> bool:
    platform = record.get("platform")
    names = [record.get(field) for field in AUTHORS]
    if record.get("what") == "author":
        names.append(record.get("gone_id"))
    if any(traces.is_account(platform, name) for name in names):
        return True
    return any(traces.are_in(str(record.get(field) or ""), platform) for field in ADDRESSES)


def _redacted(value: Any, traces: Traces, platform: str | None) -> Any:
    if isinstance(value, list):
        return [item for item in value if not traces.are_in(str(item), platform)]
    return traces.redacted(value, platform) if isinstance(value, str) else value


def _purged(value: Any, traces: Traces) -> Any:
    """A state without the entries that name the account."""
    if isinstance(value, dict):
        return {
            name: _purged(item, traces)
            for name, item in value.items()
            if not (traces.are_in(name) or (_is_leaf(item) and _names(item, traces)))
        }
    if isinstance(value, list):
        return [item for item in value if not _names(item, traces)]
    return value


def _names(item: Any, traces: Traces) -> bool:
    return traces.are_in(json.dumps(item, ensure_ascii=False))


def _is_leaf(value: Any) -> bool:
    """Whether a value holds no further container: one entry of a state."""
    if not isinstance(value, dict):
        return not isinstance(value, list)
    return not any(isinstance(item, dict | list) for item in value.values())
