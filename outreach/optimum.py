"""The exact optimum of the team's programme, fast for tens of thousands of candidates.

Maximise  Σ_p s_p x_p + μ Σ_t Σ_j w_j y_tj  with  Σ_p x_p = K,  Σ_j y_tj ≤ Σ_p b_pt x_p,
Σ_{p in g} x_p ≥ floor_g,  0 ≤ y ≤ 1, x binary; w = RETURNS, μ = COVERAGE_WEIGHT.

Solved by HiGHS (Huangfu & Hall 2018, doi:10.1007/s12532-017-0130-5) through SciPy. The linear
relaxation comes first: nobody whose entry would cost more (their reduced cost) than what lies
between the relaxation and a known team can be in the best team. That is reduced-cost fixing
(Dantzig, Fulkerson & Johnson 1954): it leaves some hundred people and loses nothing.

Among at most `CORE` people the optimum is exact; among more, the team is proven to be within
`GAP` of the best value, far below what the scores' intervals can tell apart: the last thousandth
would cost minutes.
"""

from __future__ import annotations

__all__ = ["Problem", "coverage", "optimum"]

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, vstack

COVERAGE_WEIGHT = 1.0
RETURNS = (1.0, 0.5, 0.2)
CORE = 150
GAP = 1e-3
TOLERANCE = 1e-7
Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Problem:
    """n people: `score` (n), `strength` (n × themes), the team's size, groups that have floors."""

    score: Floats
    strength: Floats
    size: int
    groups: dict[str, NDArray[np.bool_]]

    def of(self, rows: Rows) -> Problem:
        """The same problem among these people alone."""
        groups = {code: group[rows] for code, group in self.groups.items()}
        return replace(self, score=self.score[rows], strength=self.strength[rows], groups=groups)

    def value(self, rows: Rows) -> float:
        """What the programme maximises, for this team."""
        return float(self.score[rows].sum() + coverage(self.strength[rows].sum(axis=0)))


def optimum(problem: Problem, floors: dict[str, int]) -> Rows | None:
    """The rows of the best team; None when no team meets the floors."""
    everyone = np.arange(len(problem.score))
    if len(everyone) <= CORE:
        return _whole(problem, floors)
    bound, costs = _relaxation(problem, floors)
    if bound is None:
        return None
    core = np.sort(np.argsort(costs, kind="stable")[:CORE])
    among_core = _whole(problem.of(core), floors, gap=GAP)
    if among_core is None:
        return _whole(problem, floors, gap=GAP)
    if problem.value(core[among_core]) >= bound * (1 - GAP):
        return core[among_core]
    slack = bound - problem.value(core[among_core]) + TOLERANCE
    kept = everyone[costs <= slack]
    if np.isin(kept, core).all():
        return core[among_core]
    among_kept = _whole(problem.of(kept), floors, gap=GAP)
    return None if among_kept is None else kept[among_kept]


def coverage(total: Floats) -> Floats:
    """μ Σ_t Σ_j w_j y_tj for total strengths a theme (last axis): diminishing returns.

    >>> float(coverage(np.array([0.5, 1.5])))
    1.75
    """
    steps = [weight * np.clip(total - number, 0.0, 1.0) for number, weight in enumerate(RETURNS)]
    value: Floats = COVERAGE_WEIGHT * np.sum(steps, axis=0).sum(axis=-1)
    return value


def _relaxation(problem: Problem, floors: dict[str, int]) -> tuple[float | None, Floats]:
    """The relaxation's value and each person's reduced cost (0 for those it would take)."""
    gain, table, lower, upper = _programme(problem, floors)
    is_equal = lower == upper
    at_most, at_least = np.isfinite(upper) & ~is_equal, np.isfinite(lower) & ~is_equal
    result = linprog(
        -gain,
        A_ub=vstack([table[at_most], -table[at_least]]),
        b_ub=np.concatenate([upper[at_most], -lower[at_least]]),
        A_eq=table[is_equal],
        b_eq=upper[is_equal],
        bounds=(0, 1),
    )
    if not result.success:
        return None, np.zeros(0)
    costs = np.maximum(result.lower.marginals[: len(problem.score)], 0.0)
    return float(-result.fun), costs


def _whole(problem: Problem, floors: dict[str, int], *, gap: float = 0.0) -> Rows | None:
    gain, table, lower, upper = _programme(problem, floors)
    people = len(problem.score)
    result = milp(
        -gain,
        constraints=LinearConstraint(table, lower, upper),
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(people), np.zeros(len(gain) - people)]),
        options={"mip_rel_gap": gap},
    )
    return np.flatnonzero(result.x[:people] > 0.5) if result.success else None


def _programme(
    problem: Problem, floors: dict[str, int]
) -> tuple[Floats, csr_array, Floats, Floats]:
    """Gain of each variable (people, then steps of coverage), rows of constraints, their bounds."""
    people, themes = problem.strength.shape
    gain = np.concatenate([problem.score, np.tile(COVERAGE_WEIGHT * np.array(RETURNS), themes)])
    head = np.vstack([np.ones(people), *(problem.groups[code].astype(float) for code in floors)])
    counts = hstack([csr_array(head), csr_array((head.shape[0], themes * len(RETURNS)))])
    spread = csr_array(np.repeat(np.eye(themes), len(RETURNS), axis=1))
    table = csr_array(vstack([counts, hstack([csr_array(-problem.strength.T), spread])]))
    lower = np.array([problem.size, *floors.values(), *[-np.inf] * themes], dtype=float)
    upper = np.array([problem.size, *[np.inf] * len(floors), *[0.0] * themes], dtype=float)
    return gain, table, lower, upper
