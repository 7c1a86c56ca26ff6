"""One night of scoring: all scorers in one transaction, or nothing."""

from __future__ import annotations

__all__ = ["ScoreReport", "open_night", "read_posts", "score", "score_authors"]

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from cities.effective import effective_city, own_ranking
from cities.folder import CityFolder
from scoring.city_terms import city_terms
from scoring.fresh import RESCORED_A_NIGHT, count_read, count_rescored, select_fresh
from scoring.irrelevant_posts import drop_irrelevant
from scoring.night import MACROS, Night
from scoring.registry import AUTHOR_SCORERS, DAY_SCORERS, POST_SCORERS
from scoring.score_runs import Progress, earlier_than, record_run
from scoring.sensitive_posts import drop_sensitive
from scoring.theme_reader import reader_of
from scoring.versions import versions_of
from warehouse.connection import open_warehouse
from warehouse.sql_runner import run_script, run_sql

log = logging.getLogger(__name__)
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What one night scored, in counts.

    `fresh_posts`: posts read tonight; `authors`: authors that may be scored; `persons` behind
    them; `residents`: persons in the overall ranking; `progress`: what waits to be read anew.
    """

    fresh_posts: int
    authors: int
    persons: int
    residents: int
    progress: Progress


def score(
    folder: CityFolder, as_of: datetime, *, most_rescored: int = RESCORED_A_NIGHT
) -> ScoreReport:
    """Score the night of `as_of`: posts that are new or edited, then all authors and rankings.

    Of the posts that an earlier version read, `most_rescored` are read anew. Run twice, or killed
    and run again, it ends in the same state. Raises `PortevoixError`.
    """
    with open_warehouse(folder) as connection:
        night = open_night(folder, connection, as_of)
        connection.begin()
        drop_sensitive(connection, as_of)
        select_fresh(night, most_rescored=most_rescored - night.earlier.count_rescored)
        progress = read_posts(night)
        score_authors(night)
        report = _report(night, progress)
        connection.commit()
    log.info("scored %d new posts, %d authors, %d residents",
             report.fresh_posts, report.authors, report.residents)  # fmt: skip
    if progress.count_waiting:
        log.info("%d of %d posts keep an earlier score until their turn",
                 progress.count_waiting, progress.count_posts)  # fmt: skip
    return report


def open_night(
    folder: CityFolder, connection: DuckDBPyConnection, as_of: datetime, *, is_resumed: bool = False
) -> Night:
    """The night of `as_of` on an open warehouse; resumed, it goes on where that night stopped."""
    brief = folder.brief(as_of)
    city, own = effective_city(folder.city(), brief), own_ranking(folder.city(), brief)
    terms, reader = city_terms(city), reader_of(city)
    versions = versions_of(city, terms, reader.version)
    earlier = earlier_than(connection, as_of, versions, is_resumed=is_resumed)
    run_script(connection, MACROS)
    weights_from = brief.weights.proposal_id if brief.weights else ""
    return Night(
        connection, city, terms, reader, as_of, versions, earlier,
        own_ranking=own, weights_from=weights_from,
    )  # fmt: skip


def read_posts(night: Night, *, is_resumed: bool = False) -> Progress:
    """Score the posts selected and their days, in the caller's transaction, and record it.

    Resumed, it adds nothing to what the night took in, nor to its own share of the backlog.
    """
    for scorer in POST_SCORERS:
        scorer.score(night)
    drop_irrelevant(night)
    for scorer in DAY_SCORERS:
        scorer.score(night)
    return record_run(
        night.connection,
        night.as_of,
        night.versions,
        observed_until=night.earlier.observed_until if is_resumed else None,
        count_rescored=night.earlier.count_rescored + (0 if is_resumed else count_rescored(night)),
    )


def score_authors(night: Night) -> None:
    """Make all scores of authors and the rankings anew, in the caller's transaction."""
    for table in ("author_scores", "persons", "rankings"):
        night.connection.execute(f"delete from {table}")  # noqa: S608 - three fixed names
    run_sql(night.connection, HERE / "scored_authors.sql")
    for scorer in AUTHOR_SCORERS:
        scorer.score(night)


def _report(night: Night, progress: Progress) -> ScoreReport:
    return ScoreReport(
        fresh_posts=count_read(night),
        authors=_count(night.connection, "scored_authors"),
        persons=_count(night.connection, "(select distinct person_id from persons)"),
        residents=_count(night.connection, "rankings where theme = ''"),
        progress=progress,
    )


def _count(connection: DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()  # noqa: S608 - fixed
    return int(row[0]) if row else 0
