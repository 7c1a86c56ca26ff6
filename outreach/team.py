"""The Dream Team: the balanced set of residents that covers the themes, chosen exactly.

Maximise  Σ_p s_p x_p + μ Σ_t (y_t1 + ½ y_t2 + ⅕ y_t3)
subject to  Σ_p x_p = K;  Σ_j y_tj ≤ Σ_p b_pt x_p for each theme t;  0 ≤ y ≤ 1;  x binary;
and the city's demands (`outreach.constraints`): each theme brought by somebody, shares of
newcomers, of small and middle accounts, no platform and no large accounts in excess. Left out
before: people contacted within the cool-down, people whom an agent excluded. s: overall ranking
score; b: strength in a theme (0–1); y: coverage of a theme with diminishing returns; μ =
COVERAGE_WEIGHT; K the team's size.

Solved exactly, as a mixed-integer linear programme (`outreach.optimum`). Demands that clash are
relaxed in the published order (`outreach.relaxing`); each relaxation is reported, never silent.
Equal people are parted by a draw seeded with the night, far below any real difference of score;
seed and draws are shown.

Known failure: with one demand on a tiny group, the same few people return each night; the
cool-down is what moves the team.
"""

from __future__ import annotations

__all__ = ["Member", "Team", "choose_team"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cities.model import TeamRules
from outreach.candidates import Candidates
from outreach.constraints import BRINGS_AT_LEAST, Constraint, Demand, demands_of
from outreach.optimum import Problem, coverage, optimum
from outreach.relaxing import attainable

# Above the solver's tolerance (1e-6), far below what an interval can tell apart (about 0.1).
TIE_DRAW = 1e-4


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the team: row in the candidates, themes brought, what their leaving costs.

    `draw` (0–1) parted them from equals.
    """

    row: int
    themes: tuple[str, ...]
    loss: float
    draw: float


@dataclass(frozen=True, slots=True)
class Team:
    """The team, best first, with the constraints that shaped it and the seed of its draw."""

    members: tuple[Member, ...]
    constraints: tuple[Constraint, ...]
    seed: int
    count_candidates: int


def choose_team(candidates: Candidates, rules: TeamRules, *, seed: int) -> Team:
    """The best team of `candidates` under the city's rules."""
    is_free = (candidates.rested_days >= rules.cool_down_days) & ~candidates.is_excluded
    free = candidates.of(np.flatnonzero(is_free))
    draw = np.random.default_rng(seed).random(len(candidates))[is_free]
    size = min(rules.size, len(free))
    demands = demands_of(free, rules)
    chosen = _solve(free, demands, draw, size=size)
    members = _members(chosen, free, demands, draw)
    constraints = [demand.constraint(chosen) for demand in demands]
    return Team(
        tuple(
            Member(int(np.flatnonzero(is_free)[m.row]), m.themes, m.loss, m.draw) for m in members
        ),
        (*constraints, Constraint("size", rules.size, len(chosen))),
        seed,
        len(free),
    )


def _solve(
    free: Candidates, demands: Sequence[Demand], draw: NDArray[np.float64], *, size: int
) -> NDArray[np.intp]:
    """Rows of the optimum, under as much of the demands as can be met together."""
    if size == 0:
        return np.array([], dtype=np.intp)
    problem = Problem(
        score=free.score + TIE_DRAW * draw,
        strength=free.strength,
        size=size,
        groups={demand.name: demand.mask for demand in demands},
    )
    found = optimum(problem, {demand.name: demand.least for demand in demands})
    if found is None:
        found = optimum(problem, attainable(demands, size=size))
    if found is None:
        raise AssertionError("what is attainable is feasible")
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """The demands as the team holds them: masks (demands × candidates), and the least of each."""

    masks: NDArray[np.bool_]
    least: NDArray[np.intp]

    @classmethod
    def of(cls, demands: Sequence[Demand], chosen: NDArray[np.intp]) -> _Held:
        count = len(demands[0].mask) if demands else 0
        masks = np.array([demand.mask for demand in demands], dtype=np.bool_).reshape(
            len(demands), count
        )
        asked = np.array([demand.least for demand in demands], dtype=np.intp)
        return cls(masks, np.minimum(asked, masks[:, chosen].sum(axis=1)))

    def can_replace(self, outside: NDArray[np.intp], others: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which of `outside` leave no demand worse met, beside the `others` of the team."""
        if len(self.masks) == 0:
            return np.ones(len(outside), dtype=np.bool_)
        is_missed = self.masks[:, others].sum(axis=1) < self.least
        fits: NDArray[np.bool_] = self.masks[is_missed][:, outside].all(axis=0)
        return fits


def _members(
    chosen: NDArray[np.intp],
    free: Candidates,
    demands: Sequence[Demand],
    draw: NDArray[np.float64],
) -> list[Member]:
    held = _Held.of(demands, chosen)
    members = [
        Member(
            int(row),
            tuple(
                theme
                for theme, value in zip(free.themes, free.strength[row], strict=True)
                if value >= BRINGS_AT_LEAST
            ),
            _loss(int(row), chosen, free, held),
            float(draw[row]),
        )
        for row in chosen
    ]
    return sorted(members, key=lambda m: (-free.score[m.row], free.person_ids[m.row]))


def _loss(row: int, chosen: NDArray[np.intp], free: Candidates, held: _Held) -> float:
    """What the team's objective loses when this person leaves.

    The best other one comes who leaves no demand worse met; when there is none, nobody comes.
    """
    others = chosen[chosen != row]
    outside = np.setdiff1d(np.arange(len(free)), chosen)
    base = free.strength[others].sum(axis=0)
    with_row = free.score[row] + coverage(base + free.strength[row])
    outside = outside[held.can_replace(outside, others)]
    if len(outside) == 0:
        return float(with_row - coverage(base))
    replaced = free.score[outside] + coverage(base + free.strength[outside])
    return float(max(with_row - replaced.max(), 0.0))
