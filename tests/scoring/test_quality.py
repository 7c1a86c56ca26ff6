"""The quality benchmark runs on a tiny world, and the scores beat what needs no scoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality import main, measure
from cities.folder import Home
from demo.generate import generate


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("world")
    generate(directory, size="tiny", seed=3)
    return directory


def test_scores_beat_follower_and_post_counts(world: Path, tmp_path: Path) -> None:
    figures = measure(world, Home(tmp_path).folder("montreval"))
    assert figures["auc_person"] >= 0.9
    assert figures["auc_residency"] > figures["auc_residency_by_followers"]
    assert figures["auc_residency"] > figures["auc_residency_by_posts"]
    assert figures["spearman_reach"] > figures["spearman_reach_by_posts"]


def test_each_figure_is_a_line(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--world", str(world)])
    lines = capsys.readouterr().out.splitlines()
    assert {len(line.split()) for line in lines} == {2}
    assert "auc_relevance" in {line.split()[0] for line in lines}
