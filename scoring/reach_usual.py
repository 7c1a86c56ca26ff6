"""Usual engagement of an audience, and how far an account does better than usual: one platform.

- m = min(Σ engagement / n, (Σ √engagement / n)² + ¼): engagement of a mention, n mentions; one
  post that goes viral hardly moves it, and ¼ is what chance alone adds.
- e(a) = exp(α + β ln(a + 10) + band) − ¼, audience a: a line through ln(m + ¼) by Huber's robust
  fit, so that bought audiences and rings do not bend it, 0 ≤ β ≤ 1.2; `band`: what accounts of a
  like audience (a tenth of them) have above it, medians shrunk by 20 accounts, joined by lines.
- κ: squared coefficient of variation between posts of one author, from the variance of their
  roots. A post tells no more than 1/κ events, however many hearts: y = m n / F, E = e n / F,
  F = 1 + κ e.
- λ ~ Gamma(A + y, A + E), Gamma–Poisson empirical Bayes; A = 1 / (exp(τ²) − 1), τ² the robust
  variance of ln(m / e) less what sampling adds, between 0.2 and 2.

>>> few = over_performance(np.full(60, 90.0), np.full(60, 4.0), np.r_[np.full(59, 2.0), 40.0])
>>> bool(few.shape[-1] / few.rate[-1] > 4)
True
"""

from __future__ import annotations

__all__ = ["Numbers", "Performance", "engagement_of_a_mention", "over_performance", "spread_of"]

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
CHANCE = 0.25
FOLLOWERS_AT_LEAST = 10.0
LEAST_USUAL = 0.02
MOST_WEIGHT = 10.0
FEWEST_FOR_A_LINE = 20
PLAIN_SLOPE = 0.5
STEEPEST = 1.2
HUBER = 1.345
BANDS = 10
BAND_PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Performance:
    """An account a row: usual engagement e, and the Gamma of its λ; `usual_of_all`: e of `all`."""

    usual: Numbers
    usual_of_all: Numbers
    shape: Numbers
    rate: Numbers


def engagement_of_a_mention(engagement: Numbers, roots: Numbers, mentions: Numbers) -> Numbers:
    """m of each account; none below half a mention."""
    n = np.maximum(mentions, 0.5)
    return np.asarray(np.minimum(engagement / n, (roots / n) ** 2 + CHANCE))


def spread_of(engagement: Numbers, roots: Numbers, mentions: Numbers) -> float:
    """κ of a platform, between 0.1 and 4; 1 where too little is known."""
    told = mentions >= 3
    n, typical = mentions[told], (roots[told] / mentions[told]) ** 2
    weight = np.minimum(n, MOST_WEIGHT)
    beyond = np.maximum(4 * (engagement[told] / n - typical) - 1, 0) @ weight
    return float(np.clip(beyond / max(typical @ weight, 1.0), 0.1, 4)) if told.any() else 1.0


def over_performance(
    audience: Numbers,
    mentions: Numbers,
    typical: Numbers,
    *,
    spread: float = 1.0,
    every: Numbers | None = None,
) -> Performance:
    """The usual engagement of each account, and its λ: `typical` is m, `spread` is κ.

    `every`: the audience with all that leaps have won; e of it is told beside.
    """
    x, y = np.log(audience + FOLLOWERS_AT_LEAST), np.log(typical + CHANCE)
    told = mentions >= 1
    (height, slope), deviation = _line(x[told], y[told], np.minimum(mentions[told], MOST_WEIGHT))
    above = y - height - slope * x

    def usual_of(at: Numbers) -> Numbers:
        raised = height + slope * at + _bands(x[told], above[told], at)
        return np.asarray(np.maximum(np.exp(raised) - CHANCE, LEAST_USUAL))

    usual = usual_of(x)
    exposure = mentions * usual / (1 + spread * usual)
    sampled = float(np.median(1 / (exposure[told] + 0.5))) if told.any() else 0.0
    prior = 1 / np.expm1(np.clip(deviation**2 - sampled, 0.2, 2))
    return Performance(
        usual=usual,
        usual_of_all=usual if every is None else usual_of(np.log(every + FOLLOWERS_AT_LEAST)),
        shape=prior + mentions * typical / (1 + spread * usual),
        rate=prior + exposure,
    )


def _line(x: Numbers, y: Numbers, weight: Numbers) -> tuple[tuple[float, float], float]:
    """Height and slope by Huber's fit (reweighted least squares), and the robust deviation."""
    if not len(x):
        return (-1.5, PLAIN_SLOPE), 1.0
    slope, kept = PLAIN_SLOPE, weight
    for _ in range(20):
        total = kept.sum()
        mean_x, mean_y = (kept * x).sum() / total, (kept * y).sum() / total
        variance = (kept * (x - mean_x) ** 2).sum() / total
        if len(x) >= FEWEST_FOR_A_LINE and variance > 0.01:
            slope = (kept * (x - mean_x) * (y - mean_y)).sum() / total / variance
            slope = float(np.clip(slope, 0, STEEPEST))
        left = np.abs(y - mean_y - slope * (x - mean_x))
        deviation = max(float(np.median(left)) / 0.6745, 0.1)
        kept = weight * np.minimum(1, HUBER * deviation / np.maximum(left, 1e-9))
    return (float(mean_y - slope * mean_x), float(slope)), deviation


def _bands(x: Numbers, left: Numbers, wanted: Numbers) -> Numbers:
    """What accounts of a like audience have above the line, at each `wanted` audience."""
    order = np.argsort(x, kind="stable")
    parts = [part for part in np.array_split(order, BANDS) if len(part)]
    if not parts:
        return np.zeros(len(wanted))
    middles = np.array([np.median(x[part]) for part in parts])
    above = np.array([np.median(left[part]) * len(part) / (len(part) + BAND_PRIOR)
                      for part in parts])  # fmt: skip
    return np.asarray(np.interp(wanted, middles, above))
