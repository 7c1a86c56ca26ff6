"""One night of scoring: all scorers in one transaction, or nothing."""

from __future__ import annotations

__all__ = ["ScoreReport", "score"]

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from duckdb import DuckDBPyConnection

from cities.effective import effective_city
from cities.folder import CityFolder
from cities.model import City
from scoring.city_terms import CityTerms, city_terms
from scoring.fresh import count_fresh, select_fresh
from scoring.night import MACROS, Night
from scoring.registry import SCORERS
from warehouse.connection import open_warehouse
from warehouse.sql_runner import run_script, run_sql

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
# What the scorers of posts are made of: a change of any gives a new version, and new scores.
POST_RULES = (
    "macros.sql", "fresh_texts.sql", "relevance.py", "relevance_signs.sql", "relevance.sql",
    "lexicon.py", "post_words.sql", "post_themes.py", "post_themes.sql", "author_days.sql",
    "themes", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What one night scored, in counts.

    `fresh_posts`: posts scored tonight; `authors`: authors that may be scored; `persons` behind
    them; `residents`: persons in the overall ranking.
    """

    fresh_posts: int
    authors: int
    persons: int
    residents: int


def score(folder: CityFolder, as_of: datetime) -> ScoreReport:
    """Score the night of `as_of`: posts that are new or edited, then all authors and rankings.

    Run twice, or killed and run again, it ends in the same state. Raises `PortevoixError`.
    """
    city = effective_city(folder.city(), folder.brief(as_of))
    terms = city_terms(city)
    with open_warehouse(folder) as connection:
        night = Night(connection, city, terms, as_of, version_of(city, terms))
        connection.begin()
        report = score_night(night)
        connection.commit()
    log.info("scored %d new posts, %d authors, %d residents",
             report.fresh_posts, report.authors, report.residents)  # fmt: skip
    return report


def score_night(night: Night) -> ScoreReport:
    """Run every scorer in the caller's transaction."""
    run_script(night.connection, MACROS)
    select_fresh(night)
    for table in ("author_scores", "persons", "rankings"):
        night.connection.execute(f"delete from {table}")  # noqa: S608 - three fixed names
    for scorer in SCORERS:
        if scorer.name == "account_type":
            run_sql(night.connection, HERE / "scored_authors.sql")
        scorer.score(night)
    _record(night)
    return _report(night)


def version_of(city: City, terms: CityTerms) -> str:
    """The fingerprint of all that a post's scores and its day's sums depend on, but the post.

    >>> from pathlib import Path
    >>> from cities.reading import read_city
    >>> city = read_city(Path("cities/examples/montreval.yaml"))
    >>> len(version_of(city, city_terms(city)))
    12
    """
    own = [(theme, own.words, own.emoji) for theme, own in city.own_themes.items()]
    said = (city.timezone, city.themes, terms, own, city.theme_words)
    digest = sha256(repr(said).encode())
    for name in POST_RULES:
        path = HERE / name
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _record(night: Night) -> None:
    night.connection.execute("delete from score_runs where as_of = $1", [night.as_of])
    night.connection.execute(
        "insert into score_runs select $as_of, $version, max(observed_at) from posts",
        {"as_of": night.as_of, "version": night.version},
    )


def _report(night: Night) -> ScoreReport:
    return ScoreReport(
        fresh_posts=count_fresh(night),
        authors=_count(night.connection, "scored_authors"),
        persons=_count(night.connection, "(select distinct person_id from persons)"),
        residents=_count(night.connection, "rankings where theme = ''"),
    )


def _count(connection: DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()  # noqa: S608 - fixed
    return int(row[0]) if row else 0
