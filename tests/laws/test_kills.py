"""Nothing lost, nothing twice: nights killed at random moments end as undisturbed ones."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from demo.serve import Proxy
from tests.constants import NIGHT_1, NIGHT_2
from tests.laws.nights import Stage, new_stage, run_night, start_night
from warehouse.digest import digest

KILLS = int(os.environ.get("PORTEVOIX_KILLS", "20"))
SEED = int(os.environ.get("PORTEVOIX_KILL_SEED", "78"))


def kill_and_rerun(stage: Stage, as_of: datetime, *, after_seconds: float) -> bool:
    """Kill a night after that long, then run it again; whether the kill found it at work."""
    child = start_night(stage, as_of)
    child.join(after_seconds)
    was_at_work = child.is_alive()
    child.kill()
    child.join()
    run_night(stage, as_of)
    return was_at_work


def seconds_of(stage: Stage, as_of: datetime) -> float:
    """How long that night takes undisturbed."""
    start = time.perf_counter()
    run_night(stage, as_of)
    return time.perf_counter() - start


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_killed_history_ends_as_an_undisturbed_one(proxy: Proxy, tmp_path: Path) -> None:
    undisturbed = new_stage(tmp_path / "undisturbed", proxy.environment)
    length = seconds_of(undisturbed, NIGHT_1)
    expected = digest(undisturbed.folder)
    moments = np.random.default_rng(SEED).uniform(0, length, KILLS // 2)
    at_work = 0
    for number, moment in enumerate(moments):
        stage = new_stage(tmp_path / f"killed-{number}", proxy.environment)
        at_work += kill_and_rerun(stage, NIGHT_1, after_seconds=moment)
        assert digest(stage.folder) == expected, f"killed after {moment:.3f} s of {length:.3f}"
    assert at_work > len(moments) / 2


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_killed_second_night_ends_as_an_undisturbed_one(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.set_clock(NIGHT_2)
    undisturbed = first_night.copy(tmp_path / "undisturbed")
    length = seconds_of(undisturbed, NIGHT_2)
    expected = digest(undisturbed.folder)
    moments = np.random.default_rng(SEED + 1).uniform(0, length, KILLS - KILLS // 2)
    for number, moment in enumerate(moments):
        stage = first_night.copy(tmp_path / f"killed-{number}")
        kill_and_rerun(stage, NIGHT_2, after_seconds=moment)
        assert digest(stage.folder) == expected, f"killed after {moment:.3f} s of {length:.3f}"
