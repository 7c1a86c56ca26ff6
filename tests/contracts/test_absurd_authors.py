"""Whatever a platform says of an author, their scores stay numbers inside their interval."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.night import Night
from scoring.registry import AUTHOR_SCORERS
from scoring.run import open_night, score, score_authors
from tests.scoring.small_city import AUTHORS, NIGHT_1, POSTS, author, empty_city, fill, insert
from warehouse.connection import open_warehouse

COUNT = st.one_of(st.none(), st.sampled_from([-9, 0, 1, 3, 10**6, 9 * 10**18]))
SUMS = ("count_posts", "sum_relevance", "sum_engagement", "sum_sqrt_engagement", "sum_replies")
HIDDEN = {"display_name": "", "bio": "", "declared_location": ""}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """A scored small city with one author who never posted and is known by name alone."""
    folder = empty_city(tmp_path_factory.mktemp("absurd"))
    with open_warehouse(folder) as connection:
        fill(connection, (*AUTHORS, author("silent", **HIDDEN, audience=None)), POSTS)
    score(folder, NIGHT_1)
    with open_warehouse(folder) as connection:
        yield open_night(folder, connection, NIGHT_1)


@settings(max_examples=4, deadline=None)
@given(
    population=st.sampled_from([1, 200, 48_200, 2_000_000]),
    audience=COUNT,
    times=st.sampled_from([0, 1, 100_000]),
    before=COUNT,
)
def test_scores_stay_numbers(
    night: Night, population: int, audience: int | None, times: int, before: int | None
) -> None:
    commune = night.city.commune.model_copy(update={"population": population})
    city = night.city.model_copy(update={"commune": commune})
    night.connection.begin()
    try:
        _say(night, audience=audience, times=times, before=before)
        score_authors(replace(night, city=city))
        _check(night)
    finally:
        night.connection.rollback()


def _say(night: Night, *, audience: int | None, times: int, before: int | None) -> None:
    night.connection.execute("update authors set audience = $1, following = $1", [audience])
    insert(night.connection, "author_figures", [
        {"platform": "mastodon", "author_id": "ada@halle.example", "audience": value,
         "observed_at": NIGHT_1.replace(hour=hour)}
        for hour, value in enumerate((before, audience))
    ])  # fmt: skip
    changed = ", ".join(f"{name} = {name} * {times}" for name in SUMS)
    night.connection.execute(f"update author_days set {changed} where author_id like 'ada%'")


def _check(night: Night) -> None:
    for scorer in AUTHOR_SCORERS:
        rows = night.connection.execute(f"from {scorer.table}").to_arrow_table().to_pylist()
        assert rows or scorer.table == "rankings"
        for row in rows:
            assert all(math.isfinite(v) for v in row.values() if isinstance(v, float)), row
            if "low" in row:
                told = row["value"] if "value" in row else row["score"]
                assert row["low"] <= told <= row["high"], row
