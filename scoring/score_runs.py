"""What each night scored, under which versions, and how many posts wait to be read anew."""

from __future__ import annotations

__all__ = ["Earlier", "Progress", "earlier_than", "newest_run", "record_run"]

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from scoring.versions import Versions
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `count_posts` read, how many were read under an earlier version of each scorer."""

    count_posts: int
    count_waiting_relevance: int
    count_waiting_themes: int

    @property
    def count_waiting(self) -> int:
        """Posts that wait, at least: the longer of the two queues, which mostly overlap."""
        return max(self.count_waiting_relevance, self.count_waiting_themes)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What scored before: `observed_until`, the newest observation that it took in (None: none).

    `versions` and `has_backlog` are of the last run; `count_rescored` posts of the backlog were
    read by this very night, when it is run again under the same versions.
    """

    observed_until: datetime | None = None
    versions: Versions | None = None
    has_backlog: bool = False
    count_rescored: int = 0


def newest_run(connection: DuckDBPyConnection) -> datetime | None:
    """The newest night that scored."""
    row = connection.execute("select max(as_of) from score_runs").fetchone()
    return row[0] if row else None


def earlier_than(
    connection: DuckDBPyConnection, as_of: datetime, versions: Versions, *, is_resumed: bool = False
) -> Earlier:
    """What scored before the night of `as_of`; when resumed, that night is of the past too."""
    run_sql(connection, HERE / "earlier_runs.sql", as_of=as_of, is_resumed=is_resumed)
    last, until, done = connection.fetchone() or (None, None, None)
    if last is None:
        return Earlier(count_rescored=_done(done, versions))
    return Earlier(
        observed_until=until,
        versions=_versions(last),
        has_backlog=max(last["count_waiting_relevance"], last["count_waiting_themes"]) > 0,
        count_rescored=_done(done, versions),
    )


def record_run(
    connection: DuckDBPyConnection,
    as_of: datetime,
    versions: Versions,
    *,
    observed_until: datetime | None,
    count_rescored: int,
) -> Progress:
    """Write the row of this night, in the caller's transaction; returns what it says.

    `observed_until`: as `Earlier` has it; None when the night took in all that is stored.
    """
    connection.execute("delete from score_runs where as_of = $1", [as_of])
    run_sql(
        connection,
        HERE / "score_runs.sql",
        as_of=as_of,
        relevance=versions.relevance,
        themes=versions.themes,
        days=versions.days,
        observed_until=observed_until,
        count_rescored=count_rescored,
    )
    row = connection.execute(
        "select count_posts, count_waiting_relevance, count_waiting_themes"
        " from score_runs where as_of = $1",
        [as_of],
    ).fetchone()
    return Progress(*row) if row else Progress(0, 0, 0)


def _versions(row: dict[str, str]) -> Versions:
    return Versions(row["relevance_version"], row["themes_version"], row["days_version"])


def _done(row: dict[str, int | str] | None, versions: Versions) -> int:
    """What this night did before, when its versions were these."""
    if row is None or _versions({k: str(v) for k, v in row.items()}) != versions:
        return 0
    return int(row["count_rescored"])
