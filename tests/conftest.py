"""Fixtures that every room shares."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cities.folder import CityFolder, Home
from cities.settings import Settings

ROOT = Path(__file__).parents[1]
NIGHT_1 = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT_2 = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)


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
