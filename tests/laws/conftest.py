"""One small world and one proxy for all laws of this session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.generate import generate
from demo.serve import Proxy, running
from tests.conftest import NIGHT_1, NIGHT_2
from tests.laws.nights import Stage, new_stage, run_night


@pytest.fixture(scope="session")
def tiny_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of 500 posts."""
    directory = tmp_path_factory.mktemp("world") / "tiny"
    generate(directory, size="tiny")
    return directory


@pytest.fixture(scope="session")
def session_proxy(tiny_world: Path) -> Iterator[Proxy]:
    """The proxy that plays it."""
    with running(tiny_world, limits="generous") as proxy:
        yield proxy


@pytest.fixture
def proxy(session_proxy: Proxy) -> Iterator[Proxy]:
    """The proxy at night 1, without faults."""
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_1)
    yield session_proxy
    session_proxy.set_faults([])


@pytest.fixture(scope="session")
def first_night(session_proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A home after an undisturbed night 1: copy it, never change it."""
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_1)
    stage = new_stage(tmp_path_factory.mktemp("first") / "data", session_proxy.environment)
    run_night(stage, NIGHT_1)
    return stage


@pytest.fixture(scope="session")
def second_night(
    first_night: Stage, session_proxy: Proxy, tmp_path_factory: pytest.TempPathFactory
) -> Stage:
    """A home after two undisturbed nights: copy it, never change it."""
    stage = first_night.copy(tmp_path_factory.mktemp("second") / "data")
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_2)
    run_night(stage, NIGHT_2)
    return stage
