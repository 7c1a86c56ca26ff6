"""Which posts a night must read: new, edited, or read by an earlier version of a scorer.

Touched: observed since the last night that scored, or taken from the backlog. Fresh: touched, and
new or with another text. The backlog is what an earlier version of relevance or of themes read:
its newest posts come first, `RESCORED_A_NIGHT` of them a night; the others keep the score that
they have, and count with it, until their turn. Posts are handed out in batches, so that millions
need the memory of one batch.
"""

from __future__ import annotations

__all__ = ["RESCORED_A_NIGHT", "batches", "count_read", "count_rescored", "select_fresh"]

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
BATCH_POSTS = 20_000
RESCORED_A_NIGHT = 200_000
# An observation that none is newer than: a resumed night leaves new posts to the next one.
NOTHING_NEW = "infinity"


def select_fresh(night: Night, *, most_rescored: int, takes_new: bool = True) -> None:
    """Make `touched_posts`, then forget the scores that its posts had and are to have anew."""
    earlier = night.earlier
    run_sql(
        night.connection,
        HERE / "touched_posts.sql",
        since=_since(night) if takes_new else NOTHING_NEW,
        relevance=night.versions.relevance,
        themes=night.versions.themes,
        timezone=night.city.timezone,
        batch_posts=BATCH_POSTS,
        has_backlog=earlier.has_backlog or earlier.versions != night.versions,
        most_rescored=max(most_rescored, 0),
    )
    night.connection.execute("drop table if exists temp.fresh_texts")
    _forget(night, "post_relevance", "had_relevance")
    for table in ("post_themes", "theme_readings"):
        _forget(night, table, "had_themes")


def batches(night: Night) -> Iterator[int]:
    """Each batch of posts whose relevance is to be read, while its texts stand in `fresh_texts`."""
    rows = night.connection.execute(
        "select distinct batch from touched_posts where is_fresh order by batch"
    ).fetchall()
    for (batch,) in rows:
        run_sql(night.connection, HERE / "fresh_texts.sql", batch=batch)
        yield batch


def count_read(night: Night) -> int:
    """How many posts this night reads, for relevance, themes or both."""
    return _count(night, "is_fresh or is_unthemed")


def count_rescored(night: Night) -> int:
    """How many of them are of the backlog."""
    return _count(night, "is_rescored")


def _count(night: Night, which: str) -> int:
    row = night.connection.execute(
        f"select count(*) from touched_posts where {which}"  # noqa: S608 - two fixed conditions
    ).fetchone()
    return int(row[0]) if row else 0


def _forget(night: Night, table: str, which: str) -> None:
    if _count(night, which):
        night.connection.execute(
            f"delete from {table} using touched_posts as t"  # noqa: S608 - fixed names
            f" where t.{which} and t.platform = {table}.platform and t.post_id = {table}.post_id"
        )


def _since(night: Night) -> datetime | None:
    """The newest observation that an earlier night took in; None: all is new.

    All is new, too, when a load came late and left posts of that observation unscored.
    """
    until = night.earlier.observed_until
    counts = night.connection.execute(
        "select (select count(*) from posts where observed_at <= $until)"
        " > (select count(*) from post_relevance)",
        {"until": until},
    ).fetchone()
    return None if counts == (True,) else until
