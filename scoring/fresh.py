"""Which posts a night must look at: new, edited, or scored under other words.

Touched: observed since the last night that scored (all, when words or rules changed). Fresh:
touched, and without a score of this version for this very text. Fresh posts are handed out in
batches, so that a backlog of millions needs the memory of one batch.
"""

from __future__ import annotations

__all__ = ["batches", "count_fresh", "select_fresh"]

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
BATCH_POSTS = 50_000


def select_fresh(night: Night) -> None:
    """Make `touched_posts`, then forget the scores of fresh posts that had one."""
    run_sql(
        night.connection,
        HERE / "touched_posts.sql",
        since=_since(night),
        version=night.version,
        timezone=night.city.timezone,
        batch_posts=BATCH_POSTS,
    )
    night.connection.execute("drop table if exists temp.fresh_texts")
    known = night.connection.execute("select count(*) from touched_posts where is_known")
    if known.fetchone() != (0,):
        for table in ("post_relevance", "post_themes"):
            night.connection.execute(
                f"delete from {table} using touched_posts as t"  # noqa: S608 - two fixed names
                f" where t.is_known and t.platform = {table}.platform"
                f" and t.post_id = {table}.post_id"
            )


def batches(night: Night) -> Iterator[int]:
    """Each batch in turn, while its texts stand in `fresh_texts`."""
    rows = night.connection.execute(
        "select distinct batch from touched_posts where is_fresh order by batch"
    ).fetchall()
    for (batch,) in rows:
        # Two scorers read the texts in turn; a usual night is one batch, prepared once.
        if len(rows) > 1 or not _is_prepared(night):
            run_sql(night.connection, HERE / "fresh_texts.sql", batch=batch)
        yield batch


def _is_prepared(night: Night) -> bool:
    found = night.connection.execute(
        "select 1 from duckdb_tables() where temporary and table_name = 'fresh_texts'"
    )
    return found.fetchone() is not None


def count_fresh(night: Night) -> int:
    """How many posts this night scores."""
    row = night.connection.execute("select count(*) from touched_posts where is_fresh").fetchone()
    return int(row[0]) if row else 0


def _since(night: Night) -> datetime | None:
    """The newest observation that an earlier night of this version took in; None: all is new.

    All is new, too, when a load came late and left posts of that observation unscored.
    """
    row = night.connection.execute(
        "select arg_max(version, as_of), max(observed_until) from score_runs where as_of < $1",
        [night.as_of],
    ).fetchone()
    version, observed_until = row or (None, None)
    if version != night.version:
        return None
    counts = night.connection.execute(
        "select (select count(*) from posts where observed_at <= $until)"
        " > (select count(*) from post_relevance)",
        {"until": observed_until},
    ).fetchone()
    return None if counts == (True,) else observed_until
