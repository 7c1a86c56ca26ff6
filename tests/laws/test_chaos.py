"""Whatever the platforms do, in whatever order: once they recover, the night is as it would be.

Random faults strike at random questions of all sources; the night is tried again, as Airflow
would, and ends in the state of a night without faults.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

import collectors.run
import decisions.brief
import warehouse.load
from demo.serve import Proxy
from tests.constants import NIGHT_2
from tests.laws.nights import Stage
from warehouse.digest import table_digests

NIGHTS = int(os.environ.get("PORTEVOIX_CHAOS", "40"))
SEED = int(os.environ.get("PORTEVOIX_CHAOS_SEED", "78"))
FAULTS_A_NIGHT = 8
LAST_ASKED = 40
TRIES_UNDER_FAULTS = 2
TRIES = 6
FILES = ("loaded_files", "loads")
# Without its robots.txt a site says no more that it may not be read: those stay sound.
PATHS = {"saone.example": "/api/", "halle.example": "/api/"}
KINDS: Sequence[dict[str, Any]] = (
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503, "retry_after_seconds": 600},
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 404},
    {"kind": "limited", "retry_after_seconds": 900},
    {"kind": "expired"},
    {"kind": "cut"},
    {"kind": "truncated"},
    {"kind": "html"},
    {"kind": "garbage"},
    {"kind": "slow", "seconds": 0.2},
)


def faults(hosts: Sequence[str], draw: Generator) -> list[dict[str, Any]]:
    """Some faults, each at a random question of a random host."""
    struck = [hosts[int(draw.integers(len(hosts)))] for _ in range(FAULTS_A_NIGHT)]
    return [
        {
            **KINDS[int(draw.integers(len(KINDS)))],
            "host": host,
            "path": PATHS.get(host, "/feed" if host.endswith(".example") else "/"),
            "skip": int(draw.integers(LAST_ASKED) ** 2 / LAST_ASKED),
            "times": int(draw.integers(1, 6)),
        }
        for host in struck
    ]


def collect_all(stage: Stage) -> dict[str, str]:
    """Collect every source of the second night; source → state."""
    folder, settings = stage.folder, stage.settings
    decisions.brief.write_brief(folder, NIGHT_2, settings=settings)
    return {
        source.source_id: collectors.run.collect(
            folder, source.source_id, NIGHT_2, settings=settings
        ).state
        for source in folder.city().sources
    }


def loaded(stage: Stage) -> dict[str, str]:
    """Table → digest after the night, but for how many files the night came in."""
    warehouse.load.load(stage.folder, NIGHT_2, settings=stage.settings)
    tables = table_digests(stage.folder)
    return {name: value for name, value in tables.items() if name not in FILES}


@pytest.fixture
def before(first_night: Stage, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Night 1 is over, night 2 begins; this process's clients find the proxy."""
    proxy.set_clock(NIGHT_2)
    for name, value in proxy.environment.items():
        monkeypatch.setenv(name, value)
    return first_night


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_nights_with_faults_end_as_nights_without(
    before: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    undisturbed = before.copy(tmp_path / "undisturbed")
    assert set(collect_all(undisturbed).values()) == {"done"}
    expected = loaded(undisturbed)
    draw = np.random.default_rng(SEED)
    count_hurt = 0
    for number in range(NIGHTS):
        stage = before.copy(tmp_path / "night")
        struck = faults(proxy.stage.hosts, draw)
        proxy.set_faults(struck)
        for attempt in range(TRIES):
            if attempt == TRIES_UNDER_FAULTS:
                proxy.set_faults([])
            states = collect_all(stage)
            count_hurt += attempt == 0 and set(states.values()) != {"done"}
            if set(states.values()) == {"done"}:
                break
        assert set(states.values()) == {"done"}, (number, struck, states)
        assert loaded(stage) == expected, (number, struck)
        shutil.rmtree(stage.home.root)
    assert count_hurt > NIGHTS / 4
