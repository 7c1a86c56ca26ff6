"""How much of the city's demands a team can meet: the least is given up, in the published order.

Lexicographic: for each code, from the last to be relaxed to the first, the total shortfall of its
demands is made as small as possible, those before held at their best. People who meet the same
demands are alike here, and a kind that meets less than others of whom there are enough is left
out, so each step is a small integer programme, whatever the number of people (HiGHS, SciPy).
"""

from __future__ import annotations

__all__ = ["attainable"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from outreach.constraints import RELAXED_FIRST, Demand

Floats = NDArray[np.float64]


def attainable(demands: Sequence[Demand], *, size: int) -> dict[str, int]:
    """Demand's name → the least number that a team of `size` can meet beside all others.

    The candidates must be at least `size`. Without clash, what was asked comes back.
    """
    if not demands:
        return {}
    programme = _Programme.of(demands, size)
    shortfall = np.zeros(len(demands))
    for tier in sorted(set(programme.tier.tolist()), reverse=True):
        shortfall = programme.least_shortfall(tier)
        programme.best[tier] = shortfall[programme.tier == tier].sum()
    reached = np.round(programme.least - shortfall).astype(int)
    return {demand.name: int(count) for demand, count in zip(demands, reached, strict=True)}


@dataclass(frozen=True, slots=True)
class _Programme:
    """Variables: how many of each kind are taken, then the shortfall of each demand."""

    kinds: Floats
    counts: Floats
    least: Floats
    tier: NDArray[np.intp]
    best: dict[int, float]
    size: int

    @classmethod
    def of(cls, demands: Sequence[Demand], size: int) -> _Programme:
        masks = np.array([demand.mask for demand in demands], dtype=np.float64).T
        kinds, counts = _useful(*np.unique(masks, axis=0, return_counts=True), size)
        least = np.array([demand.least for demand in demands], dtype=np.float64)
        tier = np.array([RELAXED_FIRST.index(demand.code) for demand in demands], dtype=np.intp)
        return cls(kinds, counts.astype(np.float64), least, tier, {}, size)

    def least_shortfall(self, tier: int) -> Floats:
        """The shortfalls when those of `tier` are least in all, and former tiers at their best."""
        people, demands = self.kinds.shape
        table = np.vstack(
            [
                np.concatenate([np.ones(people), np.zeros(demands)]),
                np.hstack([self.kinds.T, np.eye(demands)]),
                *(self._of_tier(held) for held in self.best),
            ]
        )
        lower = [self.size, *self.least, *[0.0] * len(self.best)]
        upper = [self.size, *[np.inf] * demands, *self.best.values()]
        result = milp(
            self._of_tier(tier),
            constraints=LinearConstraint(table, lower, upper),
            bounds=Bounds(0, np.concatenate([np.minimum(self.counts, self.size), self.least])),
            integrality=np.ones(people + demands),
            options={"mip_rel_gap": 0},
        )
        shortfall: Floats = np.round(result.x[people:])
        return shortfall

    def _of_tier(self, tier: int) -> Floats:
        return np.concatenate([np.zeros(len(self.kinds)), (self.tier == tier).astype(np.float64)])


def _useful(kinds: Floats, counts: NDArray[np.intp], size: int) -> tuple[Floats, NDArray[np.intp]]:
    """The kinds without those of whom enough others meet all that they meet, and more."""
    is_within = kinds @ (1.0 - kinds).T == 0
    np.fill_diagonal(is_within, val=False)
    is_useful = is_within @ counts < size
    return kinds[is_useful], counts[is_useful]
