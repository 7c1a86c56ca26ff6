"""Fixtures that every room shares."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cities.folder import CityFolder, Home
from cities.settings import Settings
from demo.generate import generate
from demo.serve import Proxy, running
from tests.constants import NIGHT_1, NIGHT_2, ROOT
from tests.laws.nights import Stage, new_stage, run_night


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home folder."""
    root = tmp_path / "data"
    root.mkdir(mode=0o700)
    return Home(root)


@pytest.fixture
def settings(home: Home) -> Settings:
    """Settings of that home, with a known key."""
    return Settings(data=home.root, hash_key="k" * 64, contact="dpo@montreval.example")


@pytest.fixture
def folder(home: Home) -> CityFolder:
    """The demo city's folder, with its city file and nothing else."""
    folder = home.folder("montreval")
    folder.make()
    shutil.copy(ROOT / "cities" / "examples" / "montreval.yaml", folder.city_file)
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A real Chromium, or a skip with one sentence (a failure when CI is set)."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or _playwrights()
    if found:
        return found
    sentence = "no Chromium was found: the page tests did not run (see README, make test)"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


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
    stage = new_stage(tmp_path_factory.mktemp("first") / "data", session_proxy)
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


def _playwrights() -> str | None:
    code = (
        "from playwright.sync_api import sync_playwright as p\n"
        "with p() as q: print(q.chromium.executable_path)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    path = result.stdout.strip()
    return path if path and Path(path).exists() else None
