"""Loading: from landing files to facts, in one transaction.

Killed anywhere and run again, or run twice, it ends in the same state: a file counts as loaded
only in the transaction that took its records.
"""

from __future__ import annotations

__all__ = ["LoadReport", "load"]

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from cities.brief import Brief
from cities.effective import effective_city
from cities.folder import CityFolder
from cities.model import City
from cities.settings import Settings
from cities.sources import use_of
from collectors.landing import delete_before, landed_files
from warehouse.brief_tables import replace_decided
from warehouse.checks import check
from warehouse.connection import open_warehouse, transaction
from warehouse.retention import Horizon, delete_briefs_before, remove_what_leaves
from warehouse.runs import record_files, record_source_runs, record_withdrawals
from warehouse.sql_runner import run_script, run_sql
from warehouse.staging import Stage

SQL = Path(__file__).parent / "sql"
# In this order: figures are compared with the posts as they were, known posts change before new
# ones come.
FACTS = (
    "known_posts",
    "post_figures",
    "changed_posts",
    "posts_seen",
    "posts_changed",
    "posts_new",
    "author_figures",
    "authors",
    "edges",
    "openings",
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: new files and their rows, rejects, the state of each source."""

    count_files: int
    count_rows: int
    count_rejects: int
    source_states: Mapping[str, str]


def load(folder: CityFolder, as_of: datetime, *, settings: Settings) -> LoadReport:
    """Load what landed and was not loaded yet, then let go what may not stay.

    Raises `WarehouseBusyError` when another run holds the warehouse too long, and `CheckError`
    when the data would break a law: the warehouse then stays as it was.
    """
    brief = folder.brief(as_of)
    city = effective_city(folder.city(), brief)
    horizon = Horizon.of(city.retention, as_of)
    with open_warehouse(folder) as connection:
        # Rows need no order; without it DuckDB writes with all cores.
        connection.execute("set preserve_insertion_order = false")
        stage = _stage(connection, folder, city)
        with transaction(connection):
            key = settings.block_key()
            _take_in(connection, city, brief, horizon=horizon, key=key)
            states = record_source_runs(connection, folder, city, as_of)
            count_rows = _count_rows(connection)
            record_files(connection, stage.files, as_of, count_rows=count_rows)
            check(connection, as_of=as_of, key=key, count_blocked=len(brief.blocked))
    delete_before(folder, horizon.landing)
    delete_briefs_before(folder, horizon.landing)
    count_rejects = sum(len(file.rejects) for file in stage.files)
    log.info("%d files, %d rows, %d rejects", len(stage.files), count_rows, count_rejects)
    return LoadReport(len(stage.files), count_rows, count_rejects, states)


def _stage(connection: duckdb.DuckDBPyConnection, folder: CityFolder, city: City) -> Stage:
    """Read every landing file that was not loaded; outside the transaction, as bad input aborts."""
    stage = Stage(connection)
    loaded = set(connection.execute("select source_id, file from loaded_files").fetchall())
    for source in city.sources:
        files = [
            path
            for path in landed_files(folder, source.source_id)
            if (source.source_id, path.name) not in loaded
        ]
        stage.read(source.source_id, use_of(source), files)
    return stage


def _take_in(
    connection: duckdb.DuckDBPyConnection, city: City, brief: Brief, *, horizon: Horizon, key: str
) -> None:
    changes = replace_decided(connection, brief, city)
    _keep(connection, horizon, key=key)
    _add_facts(connection)
    remove_what_leaves(connection, horizon, key=key, changes=changes)
    if changes.are_withdrawals:
        record_withdrawals(connection, brief.as_of)


def _keep(connection: duckdb.DuckDBPyConnection, horizon: Horizon, *, key: str) -> None:
    """Drop from tonight's landing what must not enter."""
    (count_blocked,) = connection.execute("select count(*) from brief_blocked").fetchone() or (0,)
    barred = {"key": key, "count_blocked": count_blocked}
    run_sql(connection, SQL / "staging" / "barred.sql", **barred)
    since = {"keep_since": horizon.posts}
    run_sql(connection, SQL / "staging" / "keep_posts.sql", **since)
    run_sql(connection, SQL / "staging" / "keep_authors.sql")
    run_sql(connection, SQL / "staging" / "keep_edges.sql", **since)


def _add_facts(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("repeated_posts", "merged_figures", "merged_posts"):
        run_sql(connection, SQL / "staging" / f"{name}.sql")
    run_sql(connection, SQL / "staging" / "drop_repeated.sql")
    run_script(connection, SQL / "staging" / "landed.sql")
    for name in FACTS:
        run_sql(connection, SQL / "facts" / f"{name}.sql")


def _count_rows(connection: duckdb.DuckDBPyConnection) -> int:
    row = run_sql(connection, SQL / "staging" / "count_rows.sql").fetchone()
    return int(row[0]) if row else 0
