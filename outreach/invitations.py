"""Invitation lists: for each occasion, whom to invite and why. A person decides and sends.

S = .55 fit + .20 overall + .15 reach + .10 newcomer + .05 member − .25 fatigue, each in [0, 1]:
fit is the strength in the occasion's themes (the main theme counts 1, the others ½, normalised);
reach the mid-rank percentile among candidates; fatigue 2^(−days since contact / 60). The reasons
are these terms, so they add up to S.

People contacted within the city's cool-down, and people with no strength in the themes, are left
out. Lists are made newest occasion first, and nobody is proposed for more than `LISTS_EACH` in a
night: thirty openings must not mean thirty letters to the same baker's friend.
"""

from __future__ import annotations

__all__ = ["Proposed", "Reason", "propose_invitations"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from cities.model import TeamRules
from outreach.candidates import Candidates
from outreach.occasions import Occasion

WEIGHTS = {"fit": 0.55, "overall": 0.20, "reach": 0.15, "newcomer": 0.10, "member": 0.05}
FATIGUE_WEIGHT = 0.25
FATIGUE_HALF_LIFE_DAYS = 60.0
SECOND_THEME = 0.5
LISTS_EACH = 3
LEAST_FIT = 0.15
Floats = NDArray[np.float64]
Reason = tuple[str, float, str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One person proposed for one occasion; the amounts of the reasons add up to `score`."""

    occasion_id: str
    person_id: str
    position: int
    score: float
    reasons: tuple[Reason, ...]


def propose_invitations(
    candidates: Candidates, occasions: Sequence[Occasion], rules: TeamRules
) -> tuple[Proposed, ...]:
    """The lists of all occasions, in their order; `rules.invitations_each` people at most each."""
    constant = _terms(candidates)
    lists_left = np.full(len(candidates), LISTS_EACH)
    proposed: list[Proposed] = []
    for occasion in occasions:
        fit = _fit(candidates, occasion.themes)
        terms = {"fit": WEIGHTS["fit"] * fit} | constant
        score = np.sum(list(terms.values()), axis=0)
        may_come = (lists_left > 0) & (fit >= LEAST_FIT)
        may_come &= candidates.rested_days >= rules.cool_down_days
        rows = [row for row in np.lexsort((candidates.person_ids, -score)) if may_come[row]]
        for position, row in enumerate(rows[: rules.invitations_each], start=1):
            lists_left[row] -= 1
            reasons = _reasons(terms, row, occasion)
            total = float(sum(amount for _, amount, _ in reasons))
            proposed.append(
                Proposed(occasion.occasion_id, candidates.person_ids[row], position, total, reasons)
            )
    return tuple(proposed)


def _terms(candidates: Candidates) -> dict[str, Floats]:
    people = max(len(candidates), 1)
    reach = (rankdata(candidates.reach) - 0.5) / people if len(candidates) else np.zeros(0)
    fatigue = np.exp2(-candidates.rested_days / FATIGUE_HALF_LIFE_DAYS)
    return {
        "overall": WEIGHTS["overall"] * candidates.score,
        "reach": WEIGHTS["reach"] * reach,
        "newcomer": WEIGHTS["newcomer"] * candidates.is_newcomer.astype(float),
        "member": WEIGHTS["member"] * candidates.is_member.astype(float),
        "fatigue": -FATIGUE_WEIGHT * np.where(candidates.is_newcomer, 0.0, fatigue),
    }


def _fit(candidates: Candidates, themes: Sequence[str]) -> Floats:
    known = [theme for theme in themes if theme in candidates.themes]
    if not known:
        return np.zeros(len(candidates))
    weights = np.array([1.0] + [SECOND_THEME] * (len(known) - 1))
    columns = candidates.strength[:, [candidates.themes.index(theme) for theme in known]]
    return np.asarray(columns @ (weights / weights.sum()), dtype=np.float64)


def _reasons(terms: dict[str, Floats], row: int, occasion: Occasion) -> tuple[Reason, ...]:
    amounts = [(code, float(values[row])) for code, values in terms.items()]
    found = [
        (code, amount, ",".join(occasion.themes) if code == "fit" else "")
        for code, amount in amounts
        if amount
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason[1])))
