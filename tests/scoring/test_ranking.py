"""Places in a ranking: chances against draws, lots, kept places, ties, absurd inputs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking_chances import chances, order, tie_groups, with_kept_places
from scoring.ranking_places import Rules, places_of

RULES = Rules(reach=0.45, affinity=0.35, regularity=0.2, best=3, kept_share=0.2)
SIZE = 300


def people(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.uniform(0.1, 0.8, count), rng.uniform(0.02, 0.15, count), rng.uniform(0.4, 1, count)


@pytest.mark.parametrize("best", [12, 48])
def test_chances_are_those_of_draws(best: int) -> None:
    score, spread, doubt = people(SIZE, 1)
    rng = np.random.default_rng(2)
    counts, draws = np.zeros(SIZE), 4_000
    for _ in range(draws):
        counts_now = np.where(rng.random(SIZE) < doubt, rng.normal(score, spread), -1)
        counts[np.argsort(-counts_now)[:best]] += 1
    assert np.abs(chances(score, spread, doubt, best=best) - counts / draws).max() < 0.05


def test_a_doubtful_resident_comes_after_a_sure_one_of_the_same_score() -> None:
    score, spread, doubt = np.full(4, 0.5), np.full(4, 0.1), np.array([0.6, 0.9, 0.7, 0.8])
    places, _ = order(score, spread, doubt, keys=list("abcd"), best=2)
    assert places.tolist() == [1, 3, 2, 0]


def test_equal_chances_go_by_a_lot_that_does_not_ask_who_was_read_first() -> None:
    keys = [f"person {number}" for number in range(30)]
    flat = np.full(30, 0.5)
    one, _ = order(flat, flat / 5, flat, keys=keys, best=4)
    other, _ = order(flat, flat / 5, flat, keys=keys[::-1], best=4)
    drawn = [keys[place] for place in one]
    assert drawn == [keys[::-1][place] for place in other]
    assert drawn != keys


def test_a_share_of_places_is_kept_for_newcomers_and_for_small_accounts() -> None:
    places = np.arange(40)
    is_newcomer = np.isin(places, [3, 35])
    is_small = np.isin(places, [30, 31, 32, 35])
    kept, told = with_kept_places(places, is_newcomer, is_small, share=0.2)
    assert {int(place): label for place, label in zip(kept, told, strict=True) if label} == {
        30: "small_account", 31: "small_account", 35: "newcomer", 32: "small_account",
    }  # fmt: skip
    assert kept[[9, 19, 20]].tolist() == [30, 35, 31]
    assert sorted(kept.tolist()) == places.tolist()
    assert with_kept_places(places, is_newcomer, is_small, share=0)[0].tolist() == places.tolist()


def test_who_overlaps_the_leader_is_tied_with_them() -> None:
    low, high = np.array([0.6, 0.5, 0.1, 0.3]), np.array([0.8, 0.7, 0.2, 0.5])
    assert tie_groups(low, high, ["", "", "newcomer", ""]).tolist() == [1, 1, 1, 2]


ABSURD = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=False, width=32))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ABSURD, ABSURD, ABSURD, ABSURD), max_size=8))
def test_absurd_inputs_give_places_and_no_nan(values: list[tuple[float | None, ...]]) -> None:
    reach, affinity, regularity, doubt = ([row[column] for row in values] for column in range(4))
    flags = [False] * len(values)
    inputs = pa.table({
        "theme": pa.array([""] * len(values), pa.string()),
        "person_id": pa.array([f"p{at}" for at in range(len(values))], pa.string()),
        "main_theme": pa.array([""] * len(values), pa.string()),
        "count_weeks": pa.array([0] * len(values), pa.int64()),
        "is_newcomer": pa.array(flags, pa.bool_()), "is_small": pa.array(flags, pa.bool_()),
        **{name: pa.array(column, pa.float64()) for name, column in {
            "reach": reach, "reach_low": reach, "reach_high": reach, "x_affinity": affinity,
            "x_affinity_low": affinity, "x_affinity_high": affinity,
            "x_regularity": regularity, "doubt": doubt,
        }.items()},
    })  # fmt: skip
    placed = pa.concat_tables(places_of(inputs, RULES))
    assert placed["position"].to_pylist() == list(range(1, len(values) + 1))
    for name in ("by_reach", "by_affinity", "by_doubt", "low", "high", "probability"):
        assert np.isfinite(placed[name].to_numpy()).all()
