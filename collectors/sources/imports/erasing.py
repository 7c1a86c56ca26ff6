"""Erasure in the watched folders: rows that hold a person leave the originals too."""

from __future__ import annotations

__all__ = ["forget", "holds", "watched_files"]

import gzip
import io
import os
from collections.abc import Iterator
from pathlib import Path

from cities.traces import Traces
from collectors.durable import PRIVATE_FILE, remove_drafts, sync_folder
from collectors.errors import CollectError
from collectors.sources.imports.maps import read_map
from collectors.sources.imports.naming import Finder
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


def forget(root: Path, traces: Traces) -> int:
    """Take the rows that hold an account out of every export; how many files changed.

    A file that cannot be read by a map is deleted: nobody could say where its rows begin.
    """
    changed = 0
    for export in watched_files(root):
        if not _is_held(export, traces):
            continue
        plan = _plan(export)
        if plan is None:
            export.delete()
        elif plan.format == "parquet":
            _rewrite_parquet(export.path, Finder(plan, traces))
        else:
            _rewrite_text(export.path, plan, Finder(plan, traces))
        changed += 1
    return changed


def holds(root: Path, traces: Traces) -> list[Path]:
    """The exports that hold the account."""
    return [export.path for export in watched_files(root) if _is_held(export, traces)]


def _is_held(export: Export, traces: Traces) -> bool:
    plan = _plan(export)
    finder = Finder(plan, traces)
    if export.path.suffix == ".parquet":
        return _is_in_parquet(export.path, finder, traces)
    return any(not is_kept for _, is_kept in _sorted_rows(export.path, plan, finder))


def _sorted_rows(path: Path, plan: Map | None, finder: Finder) -> Iterator[tuple[str, bool]]:
    """Each row as it stands, and whether it may stay; the header of a CSV file always may."""
    is_header = plan is not None and plan.format == "csv"
    for row in raw_rows(path, plan):
        if is_header:
            finder.read_header(row)
        yield row, is_header or not finder.is_in_raw(row)
        is_header = False


def _plan(export: Export) -> Map | None:
    try:
        return read_map(export.map_path) if export.map_path else None
    except CollectError:
        return None


def _rewrite_text(path: Path, plan: Map, finder: Finder) -> None:
    draft = path.with_name(f".{path.name}{DRAFT}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as raw:
        packed = gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) if path.suffix == ".gz" else None
        out = io.TextIOWrapper(packed or raw, plan.encoding, errors="surrogateescape", newline="")
        for row, is_kept in _sorted_rows(path, plan, finder):
            if is_kept:
                out.write(row)
        out.detach()
        if packed is not None:
            packed.close()
        raw.flush()
        os.fsync(raw.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def _is_in_parquet(path: Path, finder: Finder, traces: Traces) -> bool:
    import pyarrow as pa  # noqa: PLC0415 - 0.2 s, only where a city has such a file
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                if any(finder.is_in(cells) for cells in batch.to_pylist()):
                    return True
    except (pa.ArrowException, OSError):
        return traces.are_in_bytes(path.read_bytes())
    return False


def _rewrite_parquet(path: Path, finder: Finder) -> None:
    import pyarrow as pa  # noqa: PLC0415 - 0.2 s, only where a city has such a file
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    draft = path.with_name(f".{path.name}{DRAFT}")
    try:
        with (
            pq.ParquetFile(path) as file,
            pq.ParquetWriter(draft, file.schema_arrow) as writer,
        ):
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                kept = [not finder.is_in(cells) for cells in batch.to_pylist()]
                writer.write_batch(batch.filter(pa.array(kept)))
    except (pa.ArrowException, OSError):
        draft.unlink(missing_ok=True)
        path.unlink()
        return
    draft.chmod(PRIVATE_FILE)
    draft.replace(path)
    sync_folder(path.parent)
