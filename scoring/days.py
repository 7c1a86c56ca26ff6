"""Days: what each author did on each local day, the sums from which all author scores are made.

For each author-day with a touched or a vanished post, all sums of that day are made anew from
its posts; other days stay as they are. So a night costs what it changed, and a sum never drifts.
When the rules of the sums change (word lists of residents, time zone, terms of the city), all days
are made anew in that night.
Only `personal_posts` count: of what a source only listens to, no profile is kept.

`sum_relevance` is the expected number of mentions; engagement (likes + replies + shares, absent
or negative counts as none) is weighted by relevance; counts of words, places and "I" take only
posts with relevance ≥ 0.5 (`count_mentions`), but for `count_first_person`, which takes all;
`count_evenings` are mentions between 20:00 and 6:00, local time.
Sums are of decimals, so they do not depend on the order of rows.

Known failure: a post moved to another author (never seen) would leave its old day behind.
"""

from __future__ import annotations

__all__ = ["score"]

from pathlib import Path

from cities.bands import TO_REVIEW
from scoring.night import Night
from scoring.patterns import any_of
from scoring.word_lists import word_list
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
# Who speaks of a place as one does who lives there, visits, works there, comes back, has left.
KINDS = ("resident", "visitor", "commuter", "second_home", "former")


def score(night: Night) -> None:
    """Refresh `author_days` and `author_theme_days` where something changed."""
    earlier = night.earlier.versions
    run_sql(
        night.connection,
        HERE / "touched_days.sql",
        timezone=night.city.timezone,
        is_every_day=earlier is not None and earlier.days != night.versions.days,
    )
    _refresh(night)
    if _has_vanished(night):
        run_sql(night.connection, HERE / "vanished_days.sql", timezone=night.city.timezone)
        _refresh(night)
        for table in ("post_relevance", "post_themes", "theme_readings"):
            night.connection.execute(
                f"delete from {table} where not exists (from posts"  # noqa: S608 - three fixed names
                f" where posts.platform = {table}.platform and posts.post_id = {table}.post_id)"
            )


def _refresh(night: Night) -> None:
    words, terms = word_list("residents"), night.terms
    for table in ("author_days", "author_theme_days"):
        night.connection.execute(
            f"delete from {table} using touched_days as t"  # noqa: S608 - two fixed names
            f" where t.platform = {table}.platform and t.author_id = {table}.author_id"
            f" and t.day = {table}.day"
        )
    first_at, last_at = _bounds(night)
    run_sql(
        night.connection,
        HERE / "day_posts.sql",
        timezone=night.city.timezone,
        first_at=first_at,
        last_at=last_at,
    )
    run_sql(
        night.connection,
        HERE / "author_days.sql",
        least_relevance=TO_REVIEW,
        **{f"{kind}_words": any_of(words[kind]) for kind in KINDS},
        timezone=night.city.timezone,
        first_person=any_of(words["first_person"]),
        everyday=any_of(terms.everyday),
        monuments=any_of(terms.monuments),
        here=any_of((*terms.everyday, *terms.monuments, *terms.neighbours, *terms.inhabitants)),
        there=any_of((*terms.namesakes, *terms.elsewhere)),
    )
    run_sql(night.connection, HERE / "author_theme_days.sql")


def _bounds(night: Night) -> tuple[object, object]:
    """Two moments around all touched days, whatever the time zone."""
    row = night.connection.execute(
        "select min(day) - interval 2 days, max(day) + interval 3 days from touched_days"
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)


def _has_vanished(night: Night) -> bool:
    """Posts left, or count for their author no more: sums, or scores, hold another number."""
    row = night.connection.execute(
        "select (select coalesce(sum(count_posts), 0) from author_days)"
        " <> (select count(*) from personal_posts)"
        " or (select count(*) from post_relevance) <> (select count(*) from posts)"
    ).fetchone()
    return row == (True,)
