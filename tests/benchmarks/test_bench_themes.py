"""The speed of themes is measured on a few posts, so that the benchmark does not rot."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bench_themes import disk_mib
from benchmarks.bench_themes_steps import STEPS
from benchmarks.theme_texts import invented_posts


@pytest.mark.parametrize("step", ["read", "explain", "tfidf", "night"])
def test_each_step_reads_posts(step: str, tmp_path: Path) -> None:
    assert STEPS[step](20, tmp_path) > 0


def test_what_is_shipped_is_small() -> None:
    assert 0 < disk_mib() < 100


def test_invented_posts_are_the_same_each_time_and_differ() -> None:
    posts = invented_posts(500)
    assert posts == invented_posts(500)
    assert len(set(posts)) > 490
