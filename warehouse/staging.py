"""From landing files to typed rows: set work, with a slow path for what is odd.

A batch of files is read at once. When any record of it is odd, or when the bytes read are not
those that the files announce (a gzip cut short reads as if it ended there), the batch is halved
until the odd file stands alone, and that one is read line by line.
"""

from __future__ import annotations

__all__ = ["Stage", "StagedFile"]

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from cities.sources import Use
from warehouse.errors import WarehouseError
from warehouse.rejects import Reject, read_line_by_line
from warehouse.sql_runner import run_script, run_sql

FOLDER = Path(__file__).parent / "sql" / "staging"
STEPS = ("authors", "others")
TABLES = ("staged", "staged_authors", "staged_others")
MAGIC = b"\x1f\x8b"
SMALLEST = 18  # header and trailer of a gzip file


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One landing file that was read, with what could not be taken of it."""

    source_id: str
    path: Path
    rejects: tuple[Reject, ...] = ()


@dataclass(slots=True)
class Stage:
    """The temporary tables of one load, and the files that filled them."""

    connection: duckdb.DuckDBPyConnection
    files: list[StagedFile] = field(default_factory=list)
    _count_batches: int = 0

    def __post_init__(self) -> None:
        for name in ("macros", "tables"):
            run_script(self.connection, FOLDER / f"{name}.sql")

    def read(self, source_id: str, use: Use | None, files: Sequence[Path]) -> None:
        """Stage the files of one source; each ends in `files`, with its rejects."""
        if not files:
            return
        self._count_batches += 1
        batch = self._count_batches
        self.connection.execute("insert into batches values (?, ?, ?)", [batch, source_id, use])
        if self._is_taken_whole(batch, files):
            self.files.extend(StagedFile(source_id, path) for path in files)
            return
        self._drop(batch)
        if len(files) == 1:
            self._read_slowly(batch, source_id, files[0])
            return
        self.connection.execute("delete from batches where batch = ?", [batch])
        half = len(files) // 2
        self.read(source_id, use, files[:half])
        self.read(source_id, use, files[half:])

    def _is_taken_whole(self, batch: int, files: Sequence[Path]) -> bool:
        sizes = [_announced_bytes(path) for path in files]
        if None in sizes:
            return False
        try:
            names = [str(path) for path in files]
            run_sql(self.connection, FOLDER / "records.sql", batch=batch, files=names)
            count_odd, count_bytes = self._derive(batch)
        except WarehouseError:
            return False
        # gzip states sizes modulo 2^32; one source's night is far below.
        return count_odd == 0 and count_bytes == sum(size or 0 for size in sizes)

    def _derive(self, batch: int) -> tuple[int, int]:
        for step in STEPS:
            run_sql(self.connection, FOLDER / f"{step}.sql", batch=batch)
        row = run_sql(self.connection, FOLDER / "oddities.sql", batch=batch).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def _read_slowly(self, batch: int, source_id: str, path: Path) -> None:
        lines, rejects = read_line_by_line(path)
        run_sql(self.connection, FOLDER / "lines.sql", batch=batch, lines=lines)
        self._derive(batch)
        self.files.append(StagedFile(source_id, path, tuple(rejects)))

    def _drop(self, batch: int) -> None:
        for table in TABLES:
            self.connection.execute(f"delete from {table} where batch = ?", [batch])  # noqa: S608 - our own names


def _announced_bytes(path: Path) -> int | None:
    """The size that a gzip file states of its content; None when it is no gzip file."""
    with path.open("rb") as handle:
        if handle.read(2) != MAGIC or path.stat().st_size < SMALLEST:
            return None
        handle.seek(-4, 2)
        return int.from_bytes(handle.read(4), "little")
