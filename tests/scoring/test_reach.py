"""Reach: robust lines, few posts, closed rings, views, standing, absurd figures."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.reach_clues import Accounts, clues_of
from scoring.reach_standing import standing
from scoring.reach_usual import over_performance

FIGURES = [field.name for field in fields(Accounts) if field.name != "platform"]
SIZE = 80


def accounts(**changed: np.ndarray) -> Accounts:
    """Plain accounts of one platform: one follower in twenty reacts to each of ten mentions."""
    audience = np.geomspace(20, 20_000, SIZE)
    engagement = 10 * audience / 20
    plain = {name: np.zeros(SIZE) for name in FIGURES} | {
        "audience": audience, "own_audience": audience, "count_posts": np.full(SIZE, 10.0),
        "home": np.full(SIZE, 0.8), "mentions": np.full(SIZE, 10.0), "engagement": engagement,
        "sqrt_engagement": 10 * np.sqrt(engagement / 10), "replies": engagement / 10,
    }  # fmt: skip
    return Accounts(platform=np.full(SIZE, "mastodon", dtype=object), **(plain | changed))


def reach_of(found: Accounts) -> np.ndarray:
    clues = clues_of(found, np.zeros(len(found.platform)), people=12)
    kept = [values for name, values in clues.items() if name not in ("shape", "rate")]
    return np.asarray(np.sum(kept, axis=0))


def at(place: int, value: float, *, of: float = 0.0) -> np.ndarray:
    values = np.full(SIZE, of)
    values[place] = value
    return values


def test_who_is_followed_by_more_reaches_more() -> None:
    assert (np.diff(reach_of(accounts())) > 0).all()


def test_an_audience_that_never_reacts_adds_nothing() -> None:
    plain = accounts()
    bought = plain.own_audience.copy()
    bought[30] *= 50
    with_bought = reach_of(accounts(audience=bought, own_audience=bought))
    assert with_bought[30] < reach_of(plain)[30] + np.log(3)


def test_a_ring_does_not_count_above_the_usual() -> None:
    loved = accounts().engagement
    loved[30] *= 20
    roots = 10 * np.sqrt(loved / 10)
    free = reach_of(accounts(engagement=loved, sqrt_engagement=roots))[30]
    ringed = reach_of(accounts(engagement=loved, sqrt_engagement=roots, ring=at(30, 0.6)))[30]
    usual = reach_of(accounts())[30]
    assert usual - 0.5 < ringed < free - 1


def test_hearts_without_views_are_doubted() -> None:
    plain = accounts()
    views = 20 * plain.engagement
    seen = reach_of(accounts(views=views, viewed_engagement=plain.engagement))
    views[40] /= 10
    unseen = reach_of(accounts(views=views, viewed_engagement=plain.engagement))
    assert unseen[40] < seen[40] - 0.5
    assert unseen[20] == pytest.approx(seen[20], abs=0.1)


def test_few_posts_say_little() -> None:
    audience, typical = np.full(SIZE, 100.0), at(0, 60.0, of=3.0)
    once = over_performance(audience, at(0, 1.0, of=10.0), typical)
    often = over_performance(audience, np.full(SIZE, 30.0), typical)
    assert once.shape[0] / once.rate[0] < often.shape[0] / often.rate[0]


def test_standing_grows_with_ties_from_residents() -> None:
    origin, target = np.array([0, 1, 2, 3]), np.array([4, 4, 5, 5])
    home = np.array([0.9, 0.9, 0.1, 0.1, 0.5, 0.5])
    found = standing(origin, target, weight=np.ones(4), home=home)
    assert found[4] > found[5]
    assert len(standing(origin[:0], target[:0], weight=np.ones(0), home=np.zeros(0))) == 0


ABSURD = st.one_of(st.none(), st.sampled_from([0.0, 1e-9, 0.4, 1.0, 3.0, 1e4, 1e9, 9e18]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ABSURD, min_size=len(FIGURES), max_size=len(FIGURES)), max_size=6))
def test_absurd_figures_give_finite_clues(rows: list[list[float | None]]) -> None:
    shares = ("home", "ring")
    columns = {
        name: pa.array(
            [min(row[at] or 0.0, 1.0) if name in shares else row[at] for row in rows], pa.float64()
        )
        for at, name in enumerate(FIGURES)
    }
    platforms = pa.array(["x", "blog"] * len(rows), pa.string()).slice(0, len(rows))
    found = Accounts.of(pa.table({"platform": platforms, **columns}))
    for values in clues_of(found, np.zeros(len(rows)), people=12).values():
        assert np.isfinite(values).all()
