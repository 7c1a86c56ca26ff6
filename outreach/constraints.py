"""What the city asks of its team: each constraint a least number of people of one group.

"At most c of a group" is "at least K - c of all others", so every constraint has one form. When
they cannot all hold, the least is given up, one person at a time, in `RELAXED_FIRST` order: first
the balance over platforms, last the size. The order is published: `docs/analyst.md` and the page.
"""

from __future__ import annotations

__all__ = ["BRINGS_AT_LEAST", "RELAXED_FIRST", "Constraint", "Demand", "demands_of"]

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from cities.model import TeamRules
from outreach.candidates import Candidates

Mask = NDArray[np.bool_]

# A theme is brought by whoever has this much of the best strength in it.
BRINGS_AT_LEAST = 0.3
RELAXED_FIRST = (
    "platform_most",
    "platform_least",
    "middle_accounts",
    "large_accounts",
    "small_accounts",
    "newcomers",
    "theme",
    "size",
)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of the team: what was wanted, what was reached, whether it was relaxed.

    `detail`: the platform or the theme that it bears on. `is_most`: it is an upper bound.
    """

    code: str
    wanted: int
    reached: int
    detail: str = ""
    is_most: bool = False

    @property
    def is_relaxed(self) -> bool:
        """Whether the city's rule could not be met."""
        return self.reached > self.wanted if self.is_most else self.reached < self.wanted

    @property
    def relax_order(self) -> int:
        """1 for what is given up first."""
        return RELAXED_FIRST.index(self.code) + 1


@dataclass(frozen=True, slots=True)
class Demand:
    """At least `least` people of `mask` (n). `wanted`, `is_most`: as the city file says it."""

    code: str
    detail: str
    mask: Mask
    least: int
    wanted: int
    is_most: bool = False

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return f"{self.code}:{self.detail}"

    def constraint(self, chosen: NDArray[np.intp]) -> Constraint:
        """How a team stands to it."""
        count = int(self.mask[chosen].sum())
        reached = len(chosen) - count if self.is_most else count
        return Constraint(self.code, self.wanted, reached, self.detail, self.is_most)


def demands_of(candidates: Candidates, rules: TeamRules) -> tuple[Demand, ...]:
    """The demands on a team among these candidates, the last relaxed first."""
    size, reachable = rules.size, min(rules.size, len(candidates))
    audience = candidates.audience
    small = audience < rules.small_account_audience
    large = audience >= rules.large_account_audience
    demands = [
        *(
            _least("theme", theme, candidates.strength[:, at] >= BRINGS_AT_LEAST, 1)
            for at, theme in enumerate(candidates.themes)
        ),
        _least("newcomers", "", candidates.is_newcomer, ceil(rules.newcomers_share * size)),
        _least("small_accounts", "", small, ceil(rules.small_accounts_share * size)),
        _most("large_accounts", "", large, ceil(rules.large_accounts_share_max * size), reachable),
        _least("middle_accounts", "", ~small & ~large, floor(rules.middle_accounts_share * size)),
    ]
    for platform in sorted(set(candidates.platform)):
        here = np.array([each == platform for each in candidates.platform], dtype=np.bool_)
        # One platform alone cannot be balanced against another.
        if not here.all():
            least, most = rules.platform_share, rules.platform_share_max
            demands.append(_least("platform_least", platform, here, floor(least * size)))
            demands.append(_most("platform_most", platform, here, ceil(most * size), reachable))
    # What every team meets is no demand.
    return tuple(
        demand for demand in demands if (demand.wanted < size if demand.is_most else demand.wanted)
    )


def _least(code: str, detail: str, mask: Mask, wanted: int) -> Demand:
    return Demand(code, detail, mask, wanted, wanted)


def _most(code: str, detail: str, mask: Mask, wanted: int, reachable: int) -> Demand:
    return Demand(code, detail, ~mask, max(reachable - wanted, 0), wanted, is_most=True)
