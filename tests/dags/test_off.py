"""A source that its city file leaves off: its task is skipped, the rest of the night runs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from demo.serve import Proxy
from review.snapshot import Snapshots
from tests.constants import NIGHT_1
from tests.dags.test_nightly import environment, nightly
from tests.laws.nights import Stage, new_stage
from tests.operate.test_command_line import say

X = {
    "source_id": "x",
    "platform": "x",
    "use": "listen",
    "budget": {"night_usd": 1, "month_usd": 10},
}


@pytest.fixture
def stage(tmp_path: Path, proxy: Proxy) -> Stage:
    """The demo city with X, and no agreement for it."""
    stage = new_stage(tmp_path / "data", proxy)
    city = yaml.safe_load(stage.folder.city_file.read_text(encoding="utf-8"))
    kept = [each for each in city["sources"] if each["platform"] in ("mastodon", "bodacc")]
    city["sources"] = [*kept, X]
    stage.folder.city_file.write_text(yaml.safe_dump(city), encoding="utf-8")
    return stage


def test_a_source_that_is_off_fails_nothing_and_says_why(stage: Stage) -> None:
    done = nightly(stage, NIGHT_1)
    assert done.returncode == 0, done.stderr
    told = {row["source_id"]: row for row in Snapshots().newest(stage.folder).rows("sources")}
    assert told["x"]["state"] == "off"
    assert "name it in agreement" in told["x"]["sentence"]
    assert {told[name]["state"] for name in told if name != "x"} == {"done"}
    summary = say(stage.home, "summary", "montreval")
    assert "– x : 0 publications" in summary.stdout, summary.stderr


def test_check_says_why_it_is_off_and_is_content(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(stage).items():
        monkeypatch.setenv(name, value)
    done = say(stage.home, "check", "montreval")
    assert done.returncode == 0, done.stdout
    assert "– x: off: " in done.stdout
