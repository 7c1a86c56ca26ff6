"""Ranking: residents in order, overall ('') and by theme.

A weighted sum of inputs between 0 and 1, with the city's weights made to sum to 1::

    S = w_reach · x_reach + w_affinity · x_affinity + w_regularity · x_regularity

- x_reach = ln(1 + R) / ln(1 + N): R, people of the city that the next post gets to, over all of
  the person's accounts (N (1 − Π(1 − R_a / N)), as if audiences overlapped by chance); N, the
  city's population.
- x_affinity: the affinity to the theme; overall, the chance that a mention bears on at least one
  theme, 1 − Π(1 − a_t). Over several accounts: their mean, by mentions.
- x_regularity = min(1, W / 12): W, weeks of the last 26 with a mention.

Gates, never points: `rankable_authors`; residency probable or confirmed; probability of being a
person at least `ranking.minimum_person`; nobody set aside. By theme: at least two mentions on it.
low, high: S at the ends of the inputs' intervals. Bands, from P = Φ((S − cut) / s), cut = the
score of the last of the first K (K = team size), s = (high − low) / 2.56: A when P ≥ 0.5, B when
P ≥ 0.1, else C. Equal scores are ordered by SHA-256 of the theme and `person_id`: a stated
lottery, the same each time.

Known failure: bands say more than positions; inside a band the order is weak.
"""

from __future__ import annotations

__all__ = ["WEEKS_FOR_REGULAR", "score"]

from datetime import timedelta
from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
WEEKS_FOR_REGULAR = 12
RECENT_WEEKS = 26
MIN_THEME_MENTIONS = 2.0


def score(night: Night) -> None:
    """Rebuild `rankings`."""
    rules = night.city.ranking
    weight = rules.reach + rules.affinity + rules.regularity
    today = night.as_of.astimezone(night.city.zone).date()
    run_sql(
        night.connection,
        HERE / "candidates.sql",
        minimum_person=rules.minimum_person,
        population=float(night.city.commune.population),
        weeks=WEEKS_FOR_REGULAR,
        since=today - timedelta(weeks=RECENT_WEEKS),
    )
    run_sql(night.connection, HERE / "inputs.sql", least_mentions=MIN_THEME_MENTIONS)
    run_sql(
        night.connection,
        HERE / "ranking.sql",
        weights={
            "reach": rules.reach / weight,
            "affinity": rules.affinity / weight,
            "regularity": rules.regularity / weight,
        },
        best=night.city.team.size,
    )
