"""The team is the exact optimum under the city's rules; what cannot be met is named."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from cities.model import TeamRules
from outreach.candidates import Candidates
from outreach.optimum import Problem, _whole, coverage, optimum
from outreach.team import Team, choose_team
from tests.outreach.people import people

RULES = TeamRules(size=4, newcomers_share=0.25, small_accounts_share=0.25, cool_down_days=60)


def rows(team: Team) -> list[int]:
    """The rows of the team, in order."""
    return sorted(member.row for member in team.members)


def objective(candidates: Candidates, chosen: list[int]) -> float:
    """What the team maximises, written anew."""
    return float(candidates.score[chosen].sum() + coverage(candidates.strength[chosen].sum(axis=0)))


@pytest.mark.parametrize("seed", range(8))
def test_no_other_team_is_better(seed: int) -> None:
    candidates = people(13, seed=seed)
    team = choose_team(candidates, RULES, seed=3)
    free = [row for row in range(13) if candidates.rested_days[row] >= 60]
    small = candidates.audience < RULES.small_account_audience
    allowed = [
        list(four)
        for four in combinations(free, 4)
        if candidates.is_newcomer[list(four)].sum() >= 1 and small[list(four)].sum() >= 1
    ]
    best = max(objective(candidates, four) for four in allowed)
    assert objective(candidates, rows(team)) == pytest.approx(best, abs=1e-4)


def test_the_cool_down_is_kept() -> None:
    candidates = people(200)
    team = choose_team(candidates, RULES, seed=3)
    assert all(candidates.rested_days[member.row] >= 60 for member in team.members)


def test_what_cannot_be_met_is_named() -> None:
    candidates = replace(people(40), audience=np.full(40, 9_000.0))
    team = choose_team(candidates, RULES, seed=3)
    relaxed = {c.code: (c.wanted, c.reached) for c in team.constraints if c.is_relaxed}
    assert relaxed == {"small_accounts": (1, 0)}


def test_floors_that_clash_give_way_to_newcomers_last() -> None:
    # the only newcomers are large, the only small accounts were contacted: both floors cannot hold
    base = people(10)
    newcomer = np.arange(10) < 5
    candidates = replace(
        base,
        rested_days=np.where(newcomer, 10_000.0, 90.0),
        audience=np.where(newcomer, 9_000.0, 10.0),
    )
    rules = RULES.model_copy(update={"newcomers_share": 1.0, "small_accounts_share": 0.5})
    team = choose_team(candidates, rules, seed=3)
    reached = {c.code: c.reached for c in team.constraints}
    assert reached == {"size": 4, "newcomers": 4, "small_accounts": 0}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_small_city_gets_a_small_team(count: int) -> None:
    everyone = replace(people(count), rested_days=np.full(count, 10_000.0))
    team = choose_team(everyone, RULES, seed=3)
    assert len(team.members) == count
    assert next(c for c in team.constraints if c.code == "size").is_relaxed


def test_equal_people_are_parted_by_the_seed_alone() -> None:
    base = people(30)
    equal = replace(
        base,
        score=np.full(30, 0.5),
        strength=np.full((30, 3), 0.4),
        rested_days=np.full(30, 10_000.0),
        audience=np.full(30, 10.0),
    )
    draws = {tuple(rows(choose_team(equal, RULES, seed=seed))) for seed in (1, 1, 2, 3)}
    assert len(draws) == 3


def test_nobody_is_worth_less_than_a_stand_in() -> None:
    candidates = people(300)
    team = choose_team(candidates, RULES, seed=3)
    free = [r for r in range(300) if candidates.rested_days[r] >= 60 and r not in rows(team)]
    member = team.members[0]
    others = [row for row in rows(team) if row != member.row]
    stand_in = max(objective(candidates, [*others, row]) for row in free)
    loss = objective(candidates, rows(team)) - stand_in
    assert member.loss == pytest.approx(max(loss, 0), abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_fixing_by_reduced_cost_loses_nothing(seed: int) -> None:
    candidates = people(600, seed=seed)
    problem = Problem(
        score=candidates.score,
        strength=candidates.strength,
        size=8,
        groups={"newcomers": candidates.is_newcomer, "small": candidates.audience < 100},
    )
    floors = {"newcomers": 3, "small": 4}
    fast, whole = optimum(problem, floors), _whole(problem, floors)
    assert fast is not None
    assert whole is not None
    assert problem.value(fast) == pytest.approx(problem.value(whole), abs=1e-6)


def test_floors_that_nobody_meets_have_no_team() -> None:
    candidates = people(300)
    nobody = np.zeros(300, dtype=bool)
    problem = Problem(candidates.score, candidates.strength, 4, {"newcomers": nobody})
    assert optimum(problem, {"newcomers": 1}) is None
