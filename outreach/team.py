"""The Dream Team: the balanced set of residents that covers the themes, chosen exactly.

Maximise  Σ_p s_p x_p + μ Σ_t (y_t1 + ½ y_t2 + ⅕ y_t3)
subject to  Σ_p x_p = K;  Σ_j y_tj ≤ Σ_p b_pt x_p for each theme t;  0 ≤ y ≤ 1;  x binary;
and at least a share of newcomers and of small accounts; people contacted within the cool-down are
left out before. s: overall ranking score; b: strength in a theme (0–1); y: coverage of a theme
with diminishing returns; μ = COVERAGE_WEIGHT; K the team's size.

Solved exactly, as a mixed-integer linear programme (`outreach.optimum`). A constraint that cannot
be met is relaxed, in this order: small accounts, newcomers, size; each relaxation is reported,
never silent. Equal people are parted by a draw seeded with the night, far below any real
difference of score.

Known failure: with one constraint on a tiny group, the same few people return each night; the
cool-down is what moves the team.
"""

from __future__ import annotations

__all__ = ["Constraint", "Member", "Team", "choose_team"]

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from cities.model import TeamRules
from outreach.candidates import Candidates
from outreach.optimum import Problem, coverage, optimum

# Above the solver's tolerance (1e-6), far below what an interval can tell apart (about 0.1).
TIE_DRAW = 1e-4
BRINGS_AT_LEAST = 0.3
RELAXED_FIRST = ("small_accounts", "newcomers")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of the team: what was wanted, what was reached, whether it was relaxed."""

    code: str
    wanted: int
    reached: int

    @property
    def is_relaxed(self) -> bool:
        """Whether the city's rule could not be met."""
        return self.reached < self.wanted


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the team: row in the candidates, themes brought, what their leaving costs."""

    row: int
    themes: tuple[str, ...]
    loss: float


@dataclass(frozen=True, slots=True)
class Team:
    """The team, best first, with the constraints that shaped it."""

    members: tuple[Member, ...]
    constraints: tuple[Constraint, ...]


def choose_team(candidates: Candidates, rules: TeamRules, *, seed: int) -> Team:
    """The best team of `candidates` under the city's rules."""
    free = np.flatnonzero(candidates.rested_days >= rules.cool_down_days)
    small = candidates.audience < rules.small_account_audience
    wanted = {
        "size": rules.size,
        "newcomers": ceil(rules.newcomers_share * rules.size),
        "small_accounts": ceil(rules.small_accounts_share * rules.size),
    }
    draw = np.random.default_rng(seed).random(len(candidates))
    problem = Problem(
        score=(candidates.score + TIE_DRAW * draw)[free],
        strength=candidates.strength[free],
        size=min(rules.size, len(free)),
        groups={"newcomers": candidates.is_newcomer[free], "small_accounts": small[free]},
    )
    chosen = free[_solve(problem, wanted)]
    reached = {
        "size": len(chosen),
        "newcomers": int(candidates.is_newcomer[chosen].sum()),
        "small_accounts": int(small[chosen].sum()),
    }
    return Team(
        _members(chosen, candidates, free=free),
        tuple(Constraint(code, wanted[code], reached[code]) for code in wanted),
    )


def _solve(problem: Problem, wanted: dict[str, int]) -> NDArray[np.intp]:
    """Rows of the optimum; floors that clash are lowered one by one in `RELAXED_FIRST` order."""
    if problem.size == 0:
        return np.array([], dtype=np.intp)
    floors = {
        code: min(wanted[code], int(group.sum()), problem.size)
        for code, group in problem.groups.items()
    }
    found = optimum(problem, floors)
    for code in RELAXED_FIRST:
        while found is None and floors[code] > 0:
            floors[code] -= 1
            found = optimum(problem, floors)
    if found is None:
        raise AssertionError("a team without floors is always feasible")
    return found


def _members(
    chosen: NDArray[np.intp], candidates: Candidates, *, free: NDArray[np.intp]
) -> tuple[Member, ...]:
    members = [
        Member(
            int(row),
            tuple(
                theme
                for theme, value in zip(candidates.themes, candidates.strength[row], strict=True)
                if value >= BRINGS_AT_LEAST
            ),
            _loss(int(row), chosen, candidates, free=free),
        )
        for row in chosen
    ]
    return tuple(
        sorted(members, key=lambda m: (-candidates.score[m.row], candidates.person_ids[m.row]))
    )


def _loss(
    row: int, chosen: NDArray[np.intp], candidates: Candidates, *, free: NDArray[np.intp]
) -> float:
    """What the team's objective loses when this person leaves and the best other one comes."""
    others = chosen[chosen != row]
    outside = np.setdiff1d(free, chosen)
    base = candidates.strength[others].sum(axis=0)
    with_row = candidates.score[row] + coverage(base + candidates.strength[row])
    if len(outside) == 0:
        return float(with_row - coverage(base))
    replaced = candidates.score[outside] + coverage(base + candidates.strength[outside])
    return float(max(with_row - replaced.max(), 0.0))
