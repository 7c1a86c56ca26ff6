"""Residency: the probability that the person behind an account lives in the city.

Log-odds, one clue a group, each capped, so that clues which go together do not count twice::

    L = base + declared + about_city + weeks + burst + words + places
    value = 1 / (1 + e^(−L)); interval = 1 / (1 + e^(−(L ± 1.28 s))), s² = 0.25 + 4 / (1 + W)

- `base`: −0.7 + 0.3 ln(population / 10,000), between −1.5 and 0.5: who speaks of a small place
  is more often passing through.
- `declared`: the declared place or the bio names the city or its inhabitants; or the place is
  another commune, a namesake, a neighbour.
- `about_city`: log-odds of the share of their posts that speak of the city; a resident's posts
  on it are most of what was found.
- `weeks`: W, distinct weeks with a mention; 1.4 ln((1 + W) / 4). `burst`: B, share of mentions in
  the densest 14 days, from three mentions on; 2.5 (0.5 − B).
- `words`: 1.3 ln((1 + r) / (1 + v)) over r mentions that say « mon quartier » and v that say « en
  week-end à ». `places`: the same over everyday places and monuments, × 0.7.

Label: `confirmed` or `not_resident` by the person's or an analyst's word, which ends the
question; `probable` when value reaches `ranking.minimum_residency` with two mentions in two
weeks, or a declaration; else `unknown`.

Sources: grouped evidence with caps; spans over a month tell locals from tourists (Girardin
2008; Heikinheimo 2022). No platform's location data is read, no timeline of places is kept.
Known failures: commuters, second homes, students; residents who never name their city.
"""

from __future__ import annotations

__all__ = ["WEIGHTS", "base_of", "score"]

from math import log
from pathlib import Path

from cities.communes import LIST
from scoring.night import Night
from scoring.patterns import any_of
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "declared_city": 2.2,
    "declared_inhabitant": 1.8,
    "declared_neighbour": -0.8,
    "declared_elsewhere": -2.4,
    "about_city": 0.8,
    "weeks": 1.4,
    "burst": 2.5,
    "words": 1.3,
    "places": 0.7,
    "said": 6.0,
}
# Smaller communes bear names that people also type for something else.
MIN_POPULATION_ELSEWHERE = 2_000


def base_of(population: int) -> float:
    """Log-odds that somebody who speaks of a city of this size lives there.

    >>> base_of(48_200), base_of(200)
    (-0.23, -1.5)
    """
    return round(max(-1.5, min(0.5, -0.7 + 0.3 * log(max(population, 1) / 10_000))), 2)


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    terms = night.terms
    run_sql(night.connection, HERE / "presence.sql")
    run_sql(
        night.connection,
        HERE / "declared_places.sql",
        communes=str(LIST),
        least_population=MIN_POPULATION_ELSEWHERE,
        city=any_of((*terms.names, *terms.tag_stems)),
        inhabitants=any_of(terms.inhabitants),
        namesakes=any_of(terms.namesakes),
        neighbours=any_of(terms.neighbours),
    )
    run_sql(
        night.connection,
        HERE / "residency.sql",
        weights=WEIGHTS,
        base=base_of(night.city.commune.population),
        minimum=night.city.ranking.minimum_residency,
    )
