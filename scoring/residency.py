"""Residency: the probability that the person behind an account lives in the city.

Log-odds, clues in groups; a group that passes its bounds is made smaller as a whole, so that clues
which go together do not count twice::

    L = base + about_city + places + acquaintances
        + [declared + bio] + [weeks + burst] + [hours + weekdays + season + thinning]
        + [words + visitor_words + commuter_words + second_home_words + former_words]
    value = 1 / (1 + e^(−L)); interval = 1 / (1 + e^(−(L ± 1.28 s))), s² = 0.25 + 4 / (1 + W)

- `base`: −0.2 + 0.3 ln(population / 10,000), between −1 and 0.8: who speaks of a small place is
  more often passing through.
- `about_city`: log-odds of the share of the posts collected that speak of the city, against a
  namesake's people; −3 to 1, × 2.
- `declared`, `bio`: `scoring.residency_places` reads both; `scoring.residency_declared` weighs.
- `weeks`: ln((1 + W) / 4), W distinct weeks with a mention. `burst`: 0.5 − B, B the share of
  mentions in the densest 14 days, from three mentions on.
- of k mentions (relevance ≥ 0.5): `hours`, share at weekends or from 20:00 to 6:00, log-odds
  against 0.4, only when less: who works here and sleeps elsewhere. `weekdays`, Monday to Thursday
  against Friday to Sunday out of July and August, against 4/7, only when less; `season`, share in
  July and August against the mean of the city's authors, only when more: second homes.
  `thinning`, mentions of the city's last 35 days against what their own pace would give, only
  when fewer: who has left.
- words: ln((1 + c) / (1 + share × k)), c mentions that say so, share the one usual by chance:
  « mon quartier », « en week-end à », « dans le train », « la maison de vacances », « quand
  j'habitais »; only `words`, a resident's, can also be too few.
- `places`: ln((1 + everyday places) / (1 + monuments)), × 0.2.
- `acquaintances`: of the accounts that they answer or name, the share that speak of the city in at
  least six weeks, against 0.7.

Label: `confirmed` or `not_resident` by the person's or an analyst's word, which ends the
question; `probable` when value reaches `ranking.minimum_residency` with two mentions in two
weeks, or a declaration; else `unknown`.

Sources: grouped evidence with caps; spans over a month tell locals from tourists (Girardin
2008; Heikinheimo 2022). Weights: a ridge logistic with bounded signs on two synthetic worlds,
rounded, those of declarations raised by judgement; figures on other worlds in `models/
residency.md`. No platform's location data is read, no timeline of places is kept.
Known failures: who left and still speaks of the city as before; people who stop posting look like
people who left; shift workers; teleworkers who commute at times; students home at weekends;
residents who never name their city.
"""

from __future__ import annotations

__all__ = ["WEIGHTS", "base_of", "score"]

from math import log
from pathlib import Path

from scoring.night import Night
from scoring.residency_declared import write_declared_homes
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "about_city": 2.0,
    "weeks": 1.0,
    "burst": 0.7,
    "off_work": 2.5,
    "weekdays": 1.0,
    "season": 2.0,
    "thinning": 1.6,
    "resident_words": 1.2,
    "visitor_words": 2.0,
    "commuter_words": 1.3,
    "second_home_words": 1.8,
    "former_words": 1.8,
    "places": 0.2,
    "acquaintances": 2.5,
    "said": 6.0,
}
# An account that speaks of the city in so many weeks is one of the city's.
WEEKS_OF_A_REGULAR = 6


def base_of(population: int) -> float:
    """Log-odds that somebody who speaks of a city of this size lives there.

    >>> base_of(48_200), base_of(200)
    (0.27, -1.0)
    """
    return round(max(-1.0, min(0.8, -0.2 + 0.3 * log(max(population, 1) / 10_000))), 2)


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    connection = night.connection
    write_declared_homes(connection, night.terms, night.city.commune)
    run_sql(connection, HERE / "presence.sql", today=night.as_of.date())
    run_sql(connection, HERE / "acquaintances.sql", weeks=WEEKS_OF_A_REGULAR)
    run_sql(connection, HERE / "residency_caps.sql")
    run_sql(connection, HERE / "residency_signs.sql", weights=WEIGHTS)
    run_sql(
        connection,
        HERE / "residency.sql",
        weights=WEIGHTS,
        base=base_of(night.city.commune.population),
        minimum=night.city.ranking.minimum_residency,
    )
