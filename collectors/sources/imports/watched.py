"""The watched folder of a city: exports, each with its map beside it.

`posts.csv` goes with `posts.map.yaml`; a `map.yaml` stands for all that have none of their own.
"""

from __future__ import annotations

__all__ = ["Export", "exports", "put", "settled"]

import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from collectors.durable import PRIVATE_FILE, PRIVATE_FOLDER, sync_folder, write_durably

TABLES = (".csv", ".tsv", ".ndjson", ".jsonl")
SUFFIXES = (*TABLES, *(f"{table}.gz" for table in TABLES), ".parquet")
MAP = ".map.yaml"
FOLDER_MAP = "map.yaml"
DRAFT = ".draft"
# Long enough for a copy under way to show that it grows.
PAUSE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Export:
    """One file of the folder, and its map (None when it has none)."""

    path: Path
    map_path: Path | None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def size(self) -> int:
        """Bytes; 0 when it has gone meanwhile."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def digest(self) -> str:
        """The fingerprint of the content and of the map by which it is read."""
        with self.path.open("rb") as content:
            found = file_digest(content, "sha256")
        found.update(self.map_path.read_bytes() if self.map_path else b"")
        return found.hexdigest()

    def delete(self) -> None:
        """Remove the file, and the map that is its own."""
        self.path.unlink(missing_ok=True)
        if self.map_path is not None and self.map_path.name != FOLDER_MAP:
            self.map_path.unlink(missing_ok=True)
        sync_folder(self.path.parent)


def exports(folder: Path) -> list[Export]:
    """The files to read, by name: neither hidden nor half-copied ones (`.part`)."""
    if not folder.is_dir():
        return []
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [
        Export(path, _map_of(path))
        for path in files
        if path.name.lower().endswith(SUFFIXES) and not path.name.startswith(".")
    ]


def settled(found: Iterable[Export]) -> list[Export]:
    """Those that are not being written just now; the others wait for the next night."""
    sizes = [(export, export.size()) for export in found]
    if sizes:
        time.sleep(PAUSE_SECONDS)
    return [export for export, size in sizes if size and export.size() == size]


def put(folder: Path, file: Path, map_file: Path) -> Export:
    """Copy a file with its map into the folder, durably: the map first, then the file whole."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    target = folder / file.name.lstrip(".")
    map_path = _own_map(target)
    write_durably(map_path, map_file.read_bytes())
    draft = folder / f".{target.name}{DRAFT}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as copy, file.open("rb") as original:
        shutil.copyfileobj(original, copy)
        copy.flush()
        os.fsync(copy.fileno())
    draft.replace(target)
    sync_folder(folder)
    return Export(target, map_path)


def _map_of(path: Path) -> Path | None:
    candidates = (_own_map(path), path.with_name(FOLDER_MAP))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _own_map(path: Path) -> Path:
    name = path.name.removesuffix(".gz")
    return path.with_name(f"{name.rpartition('.')[0] or name}{MAP}")
