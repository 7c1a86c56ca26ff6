"""Killed while it waits for any page, a source goes on without loss."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import collectors.run
from cities.folder import CityFolder, Home
from cities.settings import Settings
from demo.serve import Proxy
from tests.collectors.nights import landed
from tests.contracts.trials.questions import questions
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1

pytestmark = pytest.mark.served
KILLS = 4
HANGING_SECONDS = 30


def night(root: Path, source_id: str, settings: Settings, environment: Mapping[str, str]) -> None:
    """One source's night, in a child of its own."""
    os.environ.update(environment)
    folder = Home(root).folder("montreval")
    collectors.run.collect(folder, source_id, NIGHT_1, settings=settings)


def test_killed_at_any_page_it_goes_on_without_loss(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    undisturbed = _copy(folder, "undisturbed", trial)
    collectors.run.collect(undisturbed, trial.source_id, NIGHT_1, settings=settings)
    expected = _rows(undisturbed, trial)
    total = questions(proxy, trial)
    assert total > 1
    moments = sorted({round(n * (total - 1) / (KILLS - 1)) for n in range(KILLS)})
    for moment in moments:
        killed = _copy(folder, f"killed-{moment}", trial)
        _kill(killed, trial, proxy, settings, moment)
        proxy.set_faults([])
        outcome = collectors.run.collect(killed, trial.source_id, NIGHT_1, settings=settings)
        assert outcome.state == "done", outcome.sentence
        assert _rows(killed, trial) == expected, f"killed at question {moment} of {total}"


def _kill(folder: CityFolder, trial: Trial, proxy: Proxy, settings: Settings, moment: int) -> None:
    proxy.set_faults(
        [
            {
                "kind": "slow",
                "seconds": HANGING_SECONDS,
                "host": trial.host,
                "path": trial.path,
                "skip": moment,
            }
        ]
    )
    proxy.forget_requests()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.contracts.sources.test_kills"])
    arguments = (folder.root.parent, trial.source_id, settings, dict(proxy.environment))
    child = context.Process(target=night, args=arguments)
    child.start()
    while questions(proxy, trial) <= moment and child.is_alive():
        time.sleep(0.01)
    was_at_work = child.is_alive()
    child.kill()
    child.join()
    assert was_at_work


def _copy(folder: CityFolder, name: str, trial: Trial) -> CityFolder:
    copy = Home(folder.root.parent.parent / name).folder("montreval")
    shutil.copytree(folder.root.parent, copy.root.parent)
    return copy


def _rows(folder: CityFolder, trial: Trial) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in landed(folder, trial.source_id))
