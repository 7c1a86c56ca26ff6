"""The newest published night of each city, open read-only: the only thing that pages query.

A snapshot file never changes: a newer night is a new file (or, when a night is rerun or a person
erased, a new inode). DuckDB caches a path within a process and refuses to attach once external
access is off, so each file gets an in-memory connection of its own: attach, close the door, and
let the old connection go when its last reader has finished.
"""

from __future__ import annotations

__all__ = ["Row", "Snapshot", "Snapshots"]

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from cities.folder import CityFolder
from review.errors import NoSnapshotError
from warehouse.sql_runner import run_sql

Row = dict[str, Any]
SQL = Path(__file__).parent / "sql"
MEMORY_LIMIT = "512MiB"
# The law of the live block list, in one place: person queries start from this macro
# (tests/review/test_blocked.py finds any that does not).
RESIDENTS_SHOWN = """
create macro residents_shown(blocked) as table
    select * from snapshot.residents where not list_has_any(block_hashes, blocked)
"""
# Those whom it hides: read by one query, that looks for their names in the words of others.
RESIDENTS_HIDDEN = """
create macro residents_hidden(blocked) as table
    select * from snapshot.residents where list_has_any(block_hashes, blocked)
"""
# Names as people type them: without case, accents, ligatures.
FOLDED = """
create macro folded(name) as
    replace(replace(strip_accents(lower(name)), 'œ', 'oe'), 'æ', 'ae')
"""


@dataclass(frozen=True, slots=True)
class Version:
    """Which file this is: a rewritten file keeps its name, not its inode."""

    path: Path
    inode: int
    changed_ns: int


class Snapshot:
    """One published night, attached as `snapshot`, read-only, external access off."""

    def __init__(self, path: Path) -> None:
        self._connection = _attached(path)

    def rows(self, name: str, **parameters: object) -> list[Row]:
        """The rows of `review/sql/<name>.sql` with `parameters` bound; safe in any thread.

        Raises `WarehouseError` or `NoSnapshotError`, whose sentences hold no value.
        """
        cursor = self._connection.cursor()
        try:
            run_sql(cursor, SQL / f"{name}.sql", **parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        except duckdb.Error:
            # DuckDB's own words may quote a value, and a value may be a person.
            raise NoSnapshotError(
                f"{name}.sql: this snapshot cannot be read; publish the night again"
            ) from None
        finally:
            cursor.close()


class Snapshots:
    """The newest snapshot of each city, opened once and changed when a newer file appears."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, tuple[Version, Snapshot]] = {}

    def newest(self, folder: CityFolder) -> Snapshot:
        """The newest night of this city; raises `NoSnapshotError` when none is published."""
        with self._lock:
            version = _newest_version(folder)
            kept = self._open.get(folder.city_id)
            if kept is None or kept[0] != version:
                kept = (version, Snapshot(version.path))
                self._open[folder.city_id] = kept
            return kept[1]


def _newest_version(folder: CityFolder) -> Version:
    # Names are run ids, which sort by time. A file may be removed between the two looks.
    for path in sorted(folder.snapshots.glob("*.duckdb"), reverse=True):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        return Version(path, found.st_ino, found.st_mtime_ns)
    raise NoSnapshotError(
        f"{folder.city_id}: no night is published yet; run `portevoix nightly {folder.city_id}`"
    )


def _attached(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    quoted = str(path).replace("'", "''")
    try:
        connection.execute("set global TimeZone = 'UTC'")
        connection.execute(f"attach '{quoted}' as snapshot (read_only)")
        connection.execute(RESIDENTS_SHOWN)
        connection.execute(RESIDENTS_HIDDEN)
        connection.execute(FOLDED)
    except duckdb.Error:
        connection.close()
        raise NoSnapshotError(
            f"{path.name}: this snapshot cannot be read; publish the night again"
        ) from None
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
