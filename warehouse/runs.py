"""The account that a night gives of itself: source runs, files, rejects, the load."""

from __future__ import annotations

__all__ = ["record_files", "record_sensitive", "record_source_runs", "record_withdrawals"]

from collections.abc import Sequence
from datetime import datetime

import duckdb

from cities.folder import CityFolder
from cities.model import City
from collectors.landing import Outcome, outcomes
from warehouse.staging import StagedFile

MISSING = "this source has not run this night; see the nightly run, then run it again"


def record_source_runs(
    connection: duckdb.DuckDBPyConnection, folder: CityFolder, city: City, as_of: datetime
) -> dict[str, str]:
    """One row per source of the city for this night; returns the state of each."""
    found = {outcome.source_id: outcome for outcome in outcomes(folder, as_of)}
    connection.execute("delete from source_runs where as_of = ?", [as_of])
    sensitive = sum(outcome.counts.sensitive for outcome in found.values())
    record_sensitive(connection, as_of, collected=sensitive)
    states: dict[str, str] = {}
    for source in city.sources:
        row = _row(found.get(source.source_id), source.source_id, as_of)
        marks = ", ".join("?" for _ in row)
        connection.execute(f"insert into source_runs values ({marks})", row)  # noqa: S608 - marks only
        states[source.source_id] = str(row[2])
    return states


def _row(outcome: Outcome | None, source_id: str, as_of: datetime) -> list[object]:
    if outcome is None:
        return [source_id, as_of, "missing", MISSING, *(0 for _ in range(8))]
    counts = outcome.counts
    return [
        *(source_id, as_of, outcome.state, outcome.sentence),
        *(counts.posts, counts.authors, counts.edges, counts.openings, counts.gone),
        *(counts.opted_out, counts.blocked, counts.odd),
    ]


def record_files(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[StagedFile],
    as_of: datetime,
    *,
    count_rows: int,
) -> None:
    """Remember the files loaded, their rejects, and the night's counts (added up when rerun)."""
    names = [(file.source_id, file.path.name, as_of) for file in files]
    rejects = [
        (file.source_id, file.path.name, reject.line, reject.field, reject.cause, as_of)
        for file in files
        for reject in file.rejects
    ]
    _insert(connection, "loaded_files", 3, names)
    _insert(connection, "rejects", 6, rejects)
    before = connection.execute(
        "delete from loads where as_of = ? returning count_rows, count_rejects", [as_of]
    ).fetchone() or (0, 0)
    connection.execute(
        "insert into loads values (?, ?, ?)",
        [as_of, before[0] + count_rows, before[1] + len(rejects)],
    )


def record_sensitive(
    connection: duckdb.DuckDBPyConnection,
    as_of: datetime,
    *,
    collected: int | None = None,
    stored: int = 0,
) -> None:
    """Note how many sensitive posts a night left out: before landing (told anew), or from here."""
    before = connection.execute(
        "delete from sensitive_counts where as_of = ? returning count_collected, count_stored",
        [as_of],
    ).fetchone() or (0, 0)
    connection.execute(
        "insert into sensitive_counts values (?, ?, ?)",
        [as_of, before[0] if collected is None else collected, before[1] + stored],
    )


def record_withdrawals(connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
    """Snapshots of nights before this one show persons who left: the next publication ends them."""
    connection.execute("delete from withdrawals where as_of <= ?", [as_of])
    connection.execute(
        "insert into withdrawals select $1 where not exists (from withdrawals)", [as_of]
    )


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    count_columns: int,
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Insert by columns: one statement, however many rows (executemany takes 0.3 ms a row)."""
    if not rows:
        return
    columns = ", ".join(f"unnest(${n + 1})" for n in range(count_columns))
    values = [[row[n] for row in rows] for n in range(count_columns)]
    connection.execute(f"insert into {table} select {columns}", values)
