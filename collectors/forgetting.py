"""Erasure in what collectors keep: landing files, the state of each source, watched folders."""

from __future__ import annotations

__all__ = ["forget", "holds"]

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cities.folder import CityFolder
from cities.handles import REDACTED, pattern_of
from collectors.durable import remove_drafts, write_durably
from collectors.sources.imports import erasing

# A record that still holds a needle here speaks of that author, or is theirs.
IDENTITY_FIELDS = (
    "author_id",
    "from_author_id",
    "to_author_id",
    "post_id",
    "gone_id",
    "handle",
    "url",
)


def forget(folder: CityFolder, needles: Sequence[str]) -> int:
    """Remove an author's records and redact the author in others' texts; how many files changed.

    `needles`: the author_id, `@user`, the profile's address, the display handle; letter case does
    not count, and `@anna` is not found in `@annabelle`.
    """
    pattern = pattern_of(needles)
    changed = 0
    for path in list(_files(folder)):
        content = _content(path)
        if not pattern.search(content):
            continue
        _rewrite(path, content, pattern)
        changed += 1
    return changed + erasing.forget(folder.root, pattern)


def holds(folder: CityFolder, needles: Sequence[str]) -> list[Path]:
    """The landing files, state files and imported originals in which a needle is found."""
    pattern = pattern_of(needles)
    found = [path for path in _files(folder) if pattern.search(_content(path))]
    return found + erasing.holds(folder.root, pattern)


def _files(folder: CityFolder) -> Iterator[Path]:
    for source in sorted((folder.root / "landing").glob("*/")):
        remove_drafts(source)
        yield from sorted(path for path in source.iterdir() if path.is_file())
    remove_drafts(folder.root / "state")
    yield from sorted((folder.root / "state").glob("[!.]*.json"))


def _rewrite(path: Path, content: str, pattern: re.Pattern[str]) -> None:
    if path.suffix == ".gz":
        write_durably(path, gzip.compress(_without(content, pattern).encode(), mtime=0))
        return
    try:
        kept = _purged(json.loads(content), pattern)
    except ValueError:
        path.unlink()  # a broken state or outcome is of no use to anybody
        return
    write_durably(path, json.dumps(kept, ensure_ascii=False).encode())


def _content(path: Path) -> str:
    """A file's text; of a truncated gzip, what can be read."""
    if path.suffix != ".gz":
        return path.read_text(encoding="utf-8", errors="replace")
    unzip = zlib.decompressobj(wbits=31)
    try:
        return unzip.decompress(path.read_bytes()).decode(errors="replace")
    except zlib.error:
        return ""


def _without(content: str, pattern: re.Pattern[str]) -> str:
    """The lines to keep. A line that is no record goes when it holds a needle."""
    kept = []
    # Not splitlines: JSON leaves U+2028 and its like bare inside a text. What follows the last
    # line break is half a line of a truncated file, and may hold half a name.
    *lines, _ = content.split("\n")
    for line in lines:
        if not pattern.search(line):
            kept.append(f"{line}\n")
            continue
        record = _redacted(line, pattern)
        if record is not None:
            kept.append(f"{json.dumps(record, ensure_ascii=False)}\n")
    return "".join(kept)


def _redacted(line: str, pattern: re.Pattern[str]) -> Any:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    if any(pattern.search(str(record.get(field) or "")) for field in IDENTITY_FIELDS):
        return None
    return {name: _replaced(value, pattern) for name, value in record.items()}


def _replaced(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, list):
        return [item for item in value if not pattern.search(str(item))]
    return pattern.sub(REDACTED, value) if isinstance(value, str) else value


def _purged(value: Any, pattern: re.Pattern[str]) -> Any:
    """A state without the entries that hold a needle."""
    if isinstance(value, dict):
        return {
            name: _purged(item, pattern)
            for name, item in value.items()
            if not (_is_leaf(item) and pattern.search(json.dumps(item, ensure_ascii=False)))
        }
    if isinstance(value, list):
        return [item for item in value if not pattern.search(json.dumps(item, ensure_ascii=False))]
    return value


def _is_leaf(value: Any) -> bool:
    """Whether a value holds no further container: one entry of a state."""
    if not isinstance(value, dict):
        return not isinstance(value, list)
    return not any(isinstance(item, dict | list) for item in value.values())
