"""Weights learnt from preferences: the fit alone, then a night that proposes, keeps, obeys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from cities.brief import Account, Brief, Preference, Weights
from cities.effective import effective_city
from cities.folder import CityFolder
from scoring.learning.learnt import learnt_weights
from scoring.learning.logistic import Fits, losses
from scoring.night import MACROS, Night
from scoring.run import open_night, score, score_authors
from tests.scoring.small_city import (
    NIGHT_1,
    author,
    empty_city,
    fill,
    post,
    write_brief,
)
from warehouse.connection import open_warehouse
from warehouse.sql_runner import run_script

CITY = np.array([0.55, 0.35, 0.1])
HIDDEN = np.array([0.1, 0.1, 0.8])
OWN = dict(zip(("reach", "affinity", "regularity"), CITY.tolist(), strict=True))
VOICES = 24


def drawn(count: int, *, weights: np.ndarray, seed: int) -> tuple[np.ndarray, list[Any]]:
    """Pairs of 40 invented persons, told by hidden weights with some doubt."""
    rng = np.random.default_rng(seed)
    parts = rng.uniform(0, 1, (40, 3)) * rng.uniform(0.5, 1, (40, 1))
    ends = np.array([rng.choice(40, 2, replace=False) for _ in range(count)])
    apart = parts[ends[:, 0]] - parts[ends[:, 1]]
    is_turned = rng.random(count) > 1 / (1 + np.exp(-15 * apart @ weights))
    apart[is_turned] *= -1
    ends[is_turned] = ends[is_turned][:, ::-1]
    return apart, [(f"p{one}", f"p{other}") for one, other in ends]


def test_hidden_weights_are_found_again() -> None:
    learnt = learnt_weights(*drawn(120, weights=HIDDEN, seed=3), city=CITY, now=CITY)
    unseen, _ = drawn(2_000, weights=HIDDEN, seed=4)
    right = [np.mean(unseen @ np.array(weights) > 0) for weights in (learnt.weights, CITY)]
    assert learnt.is_better
    assert right[0] > right[1] + 0.15
    assert learnt.weights == pytest.approx(HIDDEN, abs=0.15)
    assert sum(learnt.weights) == pytest.approx(1, abs=1e-9)
    assert abs(learnt.accuracy.value - right[0]) < 0.08
    assert learnt.gain.low > 0


def test_pairs_that_agree_with_the_city_hardly_move_its_weights() -> None:
    learnt = learnt_weights(*drawn(120, weights=CITY, seed=6), city=CITY, now=CITY)
    assert learnt.weights == pytest.approx(CITY, abs=0.1)
    assert learnt.gain.low <= 0
    assert not learnt.is_better


def test_each_fit_is_the_least_of_its_objective() -> None:
    apart, _ = drawn(60, weights=HIDDEN, seed=5)
    masks = np.ones((2, 60))
    masks[1, ::2] = 0
    scale, strength = np.array([12.0, 5.0]), np.array([0.05, 1.0])
    found = Fits(apart, masks, scale, CITY, strength).solved()
    for at in range(2):

        def objective(parts: np.ndarray, at: int = at) -> float:
            seen = losses(scale[at] * (apart @ parts))[masks[at] > 0]
            return float(seen.mean() + strength[at] / 2 * ((parts - CITY) ** 2).sum())

        least = minimize(objective, CITY, bounds=[(0, None)] * 3, method="L-BFGS-B")
        assert objective(found[at]) <= least.fun + 1e-9
        assert found[at] == pytest.approx(least.x, abs=1e-3)


NAMES = st.sampled_from("abcdef")
PART = st.floats(-1, 1, width=32) | st.just(float("nan"))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(NAMES, NAMES, st.tuples(PART, PART, PART)), max_size=12),
    st.tuples(*[st.floats(0, 5)] * 3).filter(lambda weights: sum(weights) > 1e-3),
)
def test_whatever_was_said_there_are_weights_and_no_nan(
    pairs: list[tuple[str, str, tuple[float, ...]]], city: tuple[float, ...]
) -> None:
    learnt = learnt_weights(
        np.array([parts for *_, parts in pairs]).reshape(-1, 3),
        [(one, other) for one, other, _ in pairs],
        city=np.array(city),
        now=np.array(city),
    )
    assert min(learnt.weights) >= 0
    assert sum(learnt.weights) == pytest.approx(sum(city), abs=1e-6)
    for share in (learnt.accuracy, learnt.accuracy_now, learnt.gain):
        assert -1 <= share.low <= share.value <= share.high <= 1


def account(number: int) -> Account:
    return Account(platform="mastodon", author_id=f"voix{number}@halle.example")


def said(one: int, other: int, *, theme: str = "") -> Preference:
    return Preference(
        preference_id=f"p-{theme}{one}-{other}",
        preferred=account(one),
        other=account(other),
        theme=theme,
        decided_at=NIGHT_1,
    )


# Who writes in more weeks is preferred: voices of a higher number do, and reach fewer.
REGULAR = [said(n, other) for n in range(VOICES) for other in range(n - 3, n) if other >= 0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> CityFolder:
    """A city of residents who write in more or fewer weeks; more weeks, less reach."""
    folder = empty_city(tmp_path_factory.mktemp("weights"))
    voices = [
        author(f"voix{n}", display_name="Ada Roche", bio="Montrévalaise, maman",
               declared_location="Montréval", audience=4_000 - 150 * n)
        for n in range(VOICES)
    ]  # fmt: skip
    posts = [
        post(f"voix{n}", 7 * week + 1, f"Ma boulangerie du quartier des Verriers {n} {week}"
             " ! #montreval", likes=80 - 3 * n)
        for n in range(VOICES)
        for week in range(2 + n // 3)
    ]  # fmt: skip
    with open_warehouse(folder) as connection:
        fill(connection, voices, posts)
    said_so_far = Brief(city_id="montreval", as_of=NIGHT_1, preferences=tuple(REGULAR[:49]))
    write_brief(folder, NIGHT_1, said_so_far)
    score(folder, NIGHT_1)
    return folder


@pytest.fixture(scope="module")
def base(folder: CityFolder) -> Night:
    """The night, its words read once."""
    with open_warehouse(folder) as connection:
        return open_night(folder, connection, NIGHT_1, is_resumed=True)


def run_again(folder: CityFolder, base: Night, **decided: Any) -> dict[str, list[Any]]:
    """The tables that the night leaves when it is run again with this brief."""
    brief = Brief(city_id="montreval", as_of=NIGHT_1, **decided)
    write_brief(folder, NIGHT_1, brief)
    with open_warehouse(folder) as connection:
        run_script(connection, MACROS)
        connection.begin()
        weights_from = brief.weights.proposal_id if brief.weights else ""
        city = effective_city(folder.city(), brief)
        score_authors(replace(base, connection=connection, city=city, weights_from=weights_from))
        connection.commit()
    return tables_of(folder)


def tables_of(folder: CityFolder) -> dict[str, list[Any]]:
    """What the rankings and the learning left."""
    tables = {}
    with open_warehouse(folder, read_only=True) as connection:
        for table in ("weight_proposals", "weights", "weight_moves", "rankings", "score_runs"):
            found = connection.execute(f"select * from {table} order by all")
            names = [column[0] for column in found.description or ()]
            tables[table] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return tables


def test_fifty_preferences_propose_weights_that_a_person_may_accept(
    folder: CityFolder, base: Night
) -> None:
    few = tables_of(folder)
    assert [row["state"] for row in few["weight_proposals"]] == ["too_few"]
    assert [row["proposed"] for row in few["weights"]] == [None] * 3

    proposed = run_again(folder, base, preferences=tuple(REGULAR))
    (proposal,) = proposed["weight_proposals"]
    assert (proposal["state"], proposal["count_used"]) == ("proposed", len(REGULAR))
    assert proposal["accuracy"] > proposal["accuracy_now"]
    weights = {row["name"]: row["proposed"] for row in proposed["weights"]}
    assert weights["regularity"] > 0.3
    assert sum(weights.values()) == pytest.approx(1)
    moves = proposed["weight_moves"]
    assert any(row["after"] <= row["count_first"] < row["before"] for row in moves)
    # Computed is not decided: the rankings go by the city's weights.
    assert proposed["rankings"] == few["rankings"]
    assert run_again(folder, base, preferences=tuple(REGULAR)) == proposed

    accepted = Weights(proposal_id=proposal["proposal_id"], decided_at=NIGHT_1, **weights)
    used = run_again(folder, base, preferences=tuple(REGULAR), weights=accepted)
    assert {row["name"]: row["now"] for row in used["weights"]} == weights
    assert {row["name"]: row["city"] for row in used["weights"]} == OWN
    assert used["weight_proposals"] == [proposal]
    run = used["score_runs"][-1]
    assert run["weights_from"] == proposal["proposal_id"]
    assert run["weights"] == [weights[name] for name in OWN]
    places = {row["person_id"]: row["position"] for row in used["rankings"] if not row["theme"]}
    assert all(places[row["person_id"]] == row["after"] for row in moves)


def test_a_night_takes_the_weights_of_its_brief(folder: CityFolder) -> None:
    accepted = Weights(proposal_id="w-0f", reach=1, affinity=0, regularity=3, decided_at=NIGHT_1)
    write_brief(folder, NIGHT_1, Brief(city_id="montreval", as_of=NIGHT_1, weights=accepted))
    with open_warehouse(folder) as connection:
        night = open_night(folder, connection, NIGHT_1)
    assert night.weights_from == "w-0f"
    assert (night.city.ranking.regularity, night.own_ranking.regularity) == (3, 0.1)


def test_what_cannot_teach_is_counted_and_left_out_once_weights_are_put_back(
    folder: CityFolder, base: Night
) -> None:
    stranger = Account(platform="x", author_id="nobody")
    odd = (
        said(0, 1, theme="wine"),
        said(0, 1),  # the other way round stands in REGULAR
        said(5, 4).model_copy(update={"preference_id": "p-again"}),
        said(2, 3).model_copy(update={"preference_id": "p-far", "other": stranger}),
        said(6, 7).model_copy(update={"preference_id": "p-self", "other": account(6)}),
    )
    back = run_again(folder, base, preferences=(*REGULAR, *odd))
    (proposal,) = back["weight_proposals"]
    counts = ("said", "used", "repeated", "contrary", "same", "unranked")
    assert [proposal[f"count_{name}"] for name in counts] == [
        len(REGULAR) + 5, len(REGULAR) - 1, 1, 2, 1, 2,
    ]  # fmt: skip
    assert {row["name"]: row["now"] for row in back["weights"]} == OWN
    assert back["score_runs"][-1]["weights_from"] == ""
