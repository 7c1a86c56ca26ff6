"""What leaves the warehouse, and when: gone, blocked, no longer permitted, too old."""

from __future__ import annotations

__all__ = ["Horizon", "delete_briefs_before", "remove_posts", "remove_what_leaves"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from cities.folder import CityFolder, run_id_of
from cities.model import Retention
from warehouse.brief_tables import Changes
from warehouse.objections import objectors, redact_objectors
from warehouse.sql_runner import run_script, run_sql

FOLDER = Path(__file__).parent / "sql" / "leaving"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The moments before which each kind of data is no longer kept."""

    posts: datetime
    landing: datetime
    rejects: datetime

    @classmethod
    def of(cls, rules: Retention, as_of: datetime) -> Horizon:
        """The horizon of one night."""
        return cls(
            posts=as_of - timedelta(days=rules.posts_days),
            landing=as_of - timedelta(days=rules.landing_days),
            rejects=as_of - timedelta(days=rules.rejects_days),
        )

    @property
    def loaded_files(self) -> datetime:
        """File names outlive their files, lest a file that could not be removed comes back."""
        return self.landing - timedelta(days=30)


def remove_what_leaves(
    connection: duckdb.DuckDBPyConnection,
    horizon: Horizon,
    *,
    key: str,
    changes: Changes,
) -> None:
    """Delete, in the caller's transaction, all that may not stay; needs the staged tables."""
    run_sql(connection, FOLDER / "authors.sql", key=key, newly_blocked=list(changes.newly_blocked))
    accounts = objectors(connection)
    run_sql(
        connection,
        FOLDER / "posts.sql",
        keep_since=horizon.posts,
        has_lost_source=changes.has_lost_source,
    )
    if _has_rows(connection, "leaving_posts"):
        run_script(connection, FOLDER / "remove_posts.sql")
    run_sql(connection, FOLDER / "permitted.sql")
    run_sql(connection, FOLDER / "unpermitted.sql")
    if _has_rows(connection, "leaving_authors") or _has_rows(connection, "unpermitted_authors"):
        run_script(connection, FOLDER / "remove_authors.sql")
    redact_objectors(connection, accounts)
    run_sql(connection, FOLDER / "openings.sql")
    _remove_aged(connection, horizon)


def remove_posts(connection: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, str]]) -> None:
    """Delete posts, as (platform, post_id), with all that hangs on them; in the caller's
    transaction.
    """
    connection.execute(
        "create or replace temp table leaving_posts as"
        " select unnest($platforms) as platform, unnest($post_ids) as post_id",
        {"platforms": [key[0] for key in keys], "post_ids": [key[1] for key in keys]},
    )
    run_script(connection, FOLDER / "remove_posts.sql")


def delete_briefs_before(folder: CityFolder, when: datetime) -> None:
    """Remove the briefs of nights before `when`: they name members and who was written to."""
    before = run_id_of(when)
    for path in sorted(folder.briefs.glob("[!.]*.json")):
        if path.stem < before:
            path.unlink()


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return connection.execute(f"select 1 from {table} limit 1").fetchone() is not None  # noqa: S608 - our own names


def _remove_aged(connection: duckdb.DuckDBPyConnection, horizon: Horizon) -> None:
    for statement, before in (
        ("delete from edges where occurred_at < ?", horizon.posts),
        ("delete from post_figures where observed_at < ?", horizon.posts),
        ("delete from author_figures where observed_at < ?", horizon.posts),
        ("delete from author_days where day < ?::date", horizon.posts),
        ("delete from author_theme_days where day < ?::date", horizon.posts),
        ("delete from rejects where as_of < ?", horizon.rejects),
        ("delete from loaded_files where as_of < ?", horizon.loaded_files),
    ):
        connection.execute(statement, [before])
