"""`make bench-score` measures what it says: pandas finds the same scores, parts the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bench_score_steps import make_stored, ready
from benchmarks.bench_score_world import Size
from benchmarks.pandas_scores.facts import read_facts
from benchmarks.pandas_scores.scores import author_scores
from cities.folder import CityFolder
from scoring import days
from scoring.in_parts import LEAST_POSTS, in_parts
from scoring.night import Night
from scoring.run import score_authors
from tests.benchmarks.test_benchmarks import figures
from warehouse.connection import open_warehouse

KEY = ["platform", "author_id", "score", "theme"]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    home = tmp_path_factory.mktemp("scores")
    make_stored(home, Size(1_500, 150, 250))
    with open_warehouse(CityFolder(home / "aix-en-provence")) as connection:
        yield ready(home, connection)


def test_pandas_finds_the_same_scores(night: Night) -> None:
    days.score(night)
    score_authors(night)
    found = night.connection.execute(
        f"select {', '.join(KEY)}, value, low, high from author_scores"
    )
    both = found.df().merge(author_scores(read_facts(night), night), on=KEY, how="outer")
    assert both["score"].nunique() == 4
    for name in ("value", "low", "high"):
        assert np.allclose(both[f"{name}_x"], both[f"{name}_y"], rtol=1e-6, atol=1e-6)


def test_parts_come_back_in_order() -> None:
    many = list(range(LEAST_POSTS))
    parts = in_parts(sorted, many, count=len(many), part=lambda start, end: many[start:end])
    assert [one for part in parts for one in part] == many
    assert in_parts(sorted, [2, 1], count=2, part=lambda *_: []) == [[1, 2]]


@pytest.mark.slow
def test_all_figures(tmp_path: Path) -> None:
    sizes = ("--posts", "1000", "--authors", "100", "--pandas-posts", "1000", "--pandas-authors",
             "100", "--stored", "500", "1000", "--new", "100", "--repeats", "1")  # fmt: skip
    found = figures("-m", "benchmarks.bench_score", *sizes, "--scratch", str(tmp_path))
    assert found["rescore_posts_left_waiting"] == 0
    assert {"rescore_peak_mib", "pandas_ratio", "night_growth"} <= set(found)
