"""Nothing lost, nothing twice: nights killed at random moments end as undisturbed ones.

Half of the kills fall into the history, half into the second night. A home is killed twice in a
row before its night may end: what the first kill left is what the second one meets.
"""

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
KILLS_A_HOME = 2


def kill(stage: Stage, as_of: datetime, *, after_seconds: float) -> bool:
    """Kill a night with SIGKILL after that long; whether it was found at work."""
    child = start_night(stage, as_of)
    child.join(after_seconds)
    was_at_work = child.is_alive()
    child.kill()
    child.join()
    return was_at_work


def try_kills(before: Stage, as_of: datetime, tmp_path: Path, *, seed: int) -> None:
    """Kill and rerun copies of `before`; each must end as one that nobody disturbed."""
    undisturbed = before.copy(tmp_path / "undisturbed")
    start = time.perf_counter()
    run_night(undisturbed, as_of)
    length = time.perf_counter() - start
    expected = digest(undisturbed.folder)
    count_homes = max(KILLS // 2 // KILLS_A_HOME, 1)
    moments = np.random.default_rng(seed).uniform(0, length, (count_homes, KILLS_A_HOME))
    count_at_work = 0
    for number, row in enumerate(moments):
        stage = before.copy(tmp_path / f"killed-{number}")
        count_at_work += sum(kill(stage, as_of, after_seconds=moment) for moment in row)
        run_night(stage, as_of)
        assert digest(stage.folder) == expected, f"killed after {row} s of {length:.3f}"
    # the moments were drawn for an undisturbed night: on a machine less busy now, some come late
    assert count_at_work > moments.size / 4


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_killed_history_ends_as_an_undisturbed_one(proxy: Proxy, tmp_path: Path) -> None:
    before = new_stage(tmp_path / "before", proxy)
    try_kills(before, NIGHT_1, tmp_path, seed=SEED)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_killed_second_night_ends_as_an_undisturbed_one(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.set_clock(NIGHT_2)
    try_kills(first_night, NIGHT_2, tmp_path, seed=SEED + 1)
