"""Erasure in the watched folders: rows that hold a person leave the originals too."""

from __future__ import annotations

__all__ = ["forget", "holds", "watched_files"]

import gzip
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from collectors.durable import PRIVATE_FILE, remove_drafts, sync_folder
from collectors.errors import CollectError
from collectors.sources.imports.maps import read_map
from collectors.sources.imports.plan import Map
from collectors.sources.imports.raw import raw_rows
from collectors.sources.imports.reading import BATCH_ROWS
from collectors.sources.imports.watched import DRAFT, Export, exports

# What else lies in a city's folder; every other folder there is, or was, a watched one.
OTHERS = frozenset(("briefs", "landing", "snapshots", "state"))


def watched_files(root: Path) -> list[Export]:
    """The exports in all watched folders of a city, those of sources it no longer has too."""
    folders = sorted(
        path
        for path in root.glob("[!.]*/")
        if path.name not in OTHERS and not path.name.startswith("warehouse.")
    )
    for folder in folders:
        remove_drafts(folder)
    return [export for folder in folders for export in exports(folder)]


def forget(root: Path, pattern: re.Pattern[str]) -> int:
    """Take the rows that hold a needle out of every export; how many files changed.

    A file that cannot be read by a map is deleted: nobody could say where its rows begin.
    """
    changed = 0
    for export in watched_files(root):
        if not _is_held(export, pattern):
            continue
        plan = _plan(export)
        if plan is None:
            export.delete()
        elif plan.format == "parquet":
            _rewrite_parquet(export.path, pattern)
        else:
            _rewrite_text(export.path, plan, pattern)
        changed += 1
    return changed


def holds(root: Path, pattern: re.Pattern[str]) -> list[Path]:
    """The exports in which a needle is found."""
    return [export.path for export in watched_files(root) if _is_held(export, pattern)]


def _is_held(export: Export, pattern: re.Pattern[str]) -> bool:
    plan = _plan(export)
    if export.path.suffix == ".parquet":
        return any(pattern.search(line) for line in _parquet_lines(export.path))
    return any(_holds(row, pattern) for row in raw_rows(export.path, plan))


def _plan(export: Export) -> Map | None:
    try:
        return read_map(export.map_path) if export.map_path else None
    except CollectError:
        return None


def _holds(row: str, pattern: re.Pattern[str]) -> bool:
    if pattern.search(row):
        return True
    if "\\u" not in row:
        return False
    try:
        return pattern.search(json.dumps(json.loads(row), ensure_ascii=False)) is not None
    except (ValueError, RecursionError):
        return False


def _rewrite_text(path: Path, plan: Map, pattern: re.Pattern[str]) -> None:
    draft = path.with_name(f".{path.name}{DRAFT}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    is_kept = plan.format == "csv"  # the header
    with os.fdopen(handle, "wb") as raw:
        packed = gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) if path.suffix == ".gz" else None
        out = io.TextIOWrapper(packed or raw, plan.encoding, errors="surrogateescape", newline="")
        for row in raw_rows(path, plan):
            if is_kept or not _holds(row, pattern):
                out.write(row)
            is_kept = False
        out.detach()
        if packed is not None:
            packed.close()
        raw.flush()
        os.fsync(raw.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def _parquet_lines(path: Path) -> Iterator[str]:
    import pyarrow as pa  # noqa: PLC0415 - 0.2 s, only where a city has such a file
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                yield from (_line(cells) for cells in batch.to_pylist())
    except (pa.ArrowException, OSError):
        yield path.read_bytes().decode(errors="replace")


def _rewrite_parquet(path: Path, pattern: re.Pattern[str]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - 0.2 s, only where a city has such a file
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    draft = path.with_name(f".{path.name}{DRAFT}")
    try:
        with (
            pq.ParquetFile(path) as file,
            pq.ParquetWriter(draft, file.schema_arrow) as writer,
        ):
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                kept = [not pattern.search(_line(cells)) for cells in batch.to_pylist()]
                writer.write_batch(batch.filter(pa.array(kept)))
    except (pa.ArrowException, OSError):
        draft.unlink(missing_ok=True)
        path.unlink()
        return
    draft.chmod(PRIVATE_FILE)
    draft.replace(path)
    sync_folder(path.parent)


def _line(cells: dict[str, Any]) -> str:
    return json.dumps(cells, ensure_ascii=False, default=str)
