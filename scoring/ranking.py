"""Ranking: residents in order, overall ('') and by theme.

A weighted sum of inputs between 0 and 1, with the city's weights made to sum to 1, and what doubt
takes from it::

    S = p (w_reach · x_reach + w_affinity · x_affinity + w_regularity · x_regularity)

- x_reach: where R stands among those of the same ranking (mid-rank, 0–1). R: people of the city
  that the next post gets to, over all of the person's accounts (N (1 − Π(1 − R_a / N)), as if
  audiences overlapped by chance; N, the city's population).
- x_affinity: where the affinity to the theme stands among those of its ranking; overall, the share
  of their mentions that bear on any theme, shrunk towards that of all. Over several accounts:
  their mean, by mentions.
- x_regularity = min(1, W / 12): W, weeks of the last 26 with a mention.
- p: probability of being a resident times that of being a person; 1 − p is a clue against.

Gates, never points: `rankable_authors`; residency probable or confirmed; probability of being a
person at least `ranking.minimum_person`; nobody set aside. By theme: at least two mentions on it.

Order: by the probability of being among the best, as `ranking_chances` states it, with the spread
of the inputs' intervals (independent of one another); equal chances go by lot, each night the same.
`ranking.newcomers_share` of the places are kept, a fifth unless the city says: of the first n, a
tenth at least for newcomers (first mention in the last 90 days) and a tenth for other small
accounts (under `team.small_account_audience` followers); the evidence of who was called before
their turn says so, with a contribution of nothing.
low, high: S at the 10th and 90th percentile of its inputs. Whoever shares a tie group is as good as
tied. Bands, from the probability P of being among the first K (K = team size): A when P ≥ 0.5, B
when P ≥ 0.1, else C.

Known failures: bands say more than positions; inside a band the order is weak. Who was not heard
before is taken for a newcomer.
"""

from __future__ import annotations

__all__ = ["WEEKS_FOR_REGULAR", "score"]

from datetime import timedelta
from pathlib import Path

import pyarrow as pa

from scoring.night import Night
from scoring.ranking_inputs import inputs_of, rules_of
from scoring.ranking_places import places_of
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
WEEKS_FOR_REGULAR = 12
RECENT_WEEKS = 26
NEW_DAYS = 90


def score(night: Night) -> None:
    """Rebuild `rankings`."""
    rules, team = night.city.ranking, night.city.team
    today = night.as_of.astimezone(night.city.zone).date()
    run_sql(
        night.connection,
        HERE / "candidates.sql",
        minimum_person=rules.minimum_person,
        population=float(night.city.commune.population),
        weeks=WEEKS_FOR_REGULAR,
        since=today - timedelta(weeks=RECENT_WEEKS),
        new_since=today - timedelta(days=NEW_DAYS),
        small_audience=team.small_account_audience,
    )
    rows = places_of(inputs_of(night), rules_of(rules, best=team.size))
    placed = pa.concat_tables(rows)
    night.connection.register("placed", placed)
    run_sql(night.connection, HERE / "ranking.sql")
    night.connection.unregister("placed")
