"""Reach: how many people of the city an author's next post is expected to get to.

A product, so a sum of logarithms of people::

    e(a) = exp(α + β ln(a + 10))            usual engagement of a mention, audience a
    λ = (A + y / F) / (B + E / F)           over-performance (Gamma–Poisson, empirical Bayes)
    ln reach = ln(k · e(a)) + jumps + ln λ + ln s + bound

- α, β: weighted least squares over the authors of the platform, on ln(m + 0.25), where m =
  (Σ √engagement / mentions)² resists one post that goes viral; β between 0 and 1.2.
- y = m × mentions; E = e × mentions; F ≥ 1: how much more engagement varies between posts of one
  author than chance, from the variance of its square roots; A, B: by moments over all authors.
- k = 12 people reached for one who likes, replies or shares. Stated, not measured.
- s: share of the audience that lives here, (l + 4 (0.05 + 0.55 h)) / (all + 4): l, sum of the
  residency of those who reply, mention, reshare; h, the author's own, as friends live near.
- `jumps`: followers gained by leaps of over 30 % between two nights count for nothing; followers
  who never react lower λ: bought followers do not help.
- `bound`: no more people than the city has.

Interval: 10th and 90th percentile of λ. No floor on followers: with few posts λ stays near 1 and
the interval is wide. An unknown audience is taken as the platform's median.
Known failures: likes are not views; closed rings of friends who like each other.

>>> round(PEOPLE_PER_ENGAGEMENT * 2.5)
30
"""

from __future__ import annotations

__all__ = ["PEOPLE_PER_ENGAGEMENT", "score"]

from pathlib import Path

from scoring.night import Night
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
PEOPLE_PER_ENGAGEMENT = 12.0
LEAP = 0.3


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    run_sql(night.connection, HERE / "audiences.sql", leap=LEAP)
    run_sql(night.connection, HERE / "baselines.sql")
    run_sql(
        night.connection,
        HERE / "reach.sql",
        people=PEOPLE_PER_ENGAGEMENT,
        population=float(night.city.commune.population),
    )
