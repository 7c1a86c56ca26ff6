"""Affinity: how much of what an author says of the city bears on a theme, from 0 to 1.

The author's share, shrunk towards the city's::

    a_t = (n_t + A π_t) / (n + A)
        = A π_t / (n + A)  [city_share]  +  n_t / (n + A)  [own_posts]

- n_t = Σ over days of 2^(−age / H) × Σ relevance × P(theme): mentions that bear on t; n: all
  mentions, faded the same way. H: `ranking.half_life_days` of the city, 180 days unless it says.
- π_t: the city's share, over all authors that may be scored, each counted by at most 50 mentions,
  so that one chatty account does not set it.
- A: how alike authors are, by moments over those with three mentions: Σ_t π_t (1 − π_t) over Σ_t of
  the variance of their shares beyond chance, less 1, between 2 and 40 mentions; one for all themes;
  8 where fewer than 50 authors tell.
- interval: 10th and 90th percentile of Beta(n_t + A π_t, n − n_t + A (1 − π_t)).
- z = ln(odds ratio against the city), with the prior A π_t, over its standard error: how
  distinctive the theme is of this author (Monroe 2008, log-odds with informative prior).
- label `declared`: z ≥ 2 with at least three mentions on t, of whatever age, in three weeks or
  more: what may be said of a person. Where one theme is named for somebody, a declared one comes
  first; sums, teams and rankings take the value with its interval, declared or not.
- detail: mentions on t, of how many, in how many weeks, and z.

Only themes on which the author has at least half a mention have a row. A correction « wrong
theme » removes it. Known failures: a week of giveaways; photos without words.

>>> round((8 + PRIOR_MENTIONS * 0.1) / (10 + PRIOR_MENTIONS), 2)
0.49
"""

from __future__ import annotations

__all__ = ["PRIOR_MENTIONS", "score"]

from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
PRIOR_MENTIONS = 8.0
FEWEST_AUTHORS = 50


def score(night: Night) -> None:
    """Score every author that may be scored, a theme a row, into `author_scores`."""
    run_sql(
        night.connection,
        HERE / "theme_mentions.sql",
        today=night.as_of.astimezone(night.city.zone).date(),
        half_life_days=night.city.ranking.half_life_days,
        themes=list(night.city.themes),
    )
    run_sql(night.connection, HERE / "affinity.sql", prior=PRIOR_MENTIONS, fewest=FEWEST_AUTHORS)
