"""The demo city, from nothing: a world, the proxy that plays the platforms, two nights.

The nights run in child processes that get nothing of the demo but environment variables: the
demo is the product, unchanged.
"""

from __future__ import annotations

__all__ = ["DEMO_CITY", "Step", "demo_nights", "found_demo_city"]

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import cities
from cities.folder import CityFolder, Home
from cities.settings import Settings, child_environment
from demo.generate import generate
from demo.serve import Proxy, running
from demo.world import read_world
from operate.errors import NightFailedError
from operate.night import prepare_airflow

DEMO_CITY = "montreval"
EXAMPLE = Path(cities.__file__).parent / "examples" / f"{DEMO_CITY}.yaml"
Size = Literal["small", "tiny"]
Step = Callable[[str], None]


def found_demo_city(home: Home) -> CityFolder:
    """The demo city's folder, with its city file; keeps what is there."""
    folder = home.folder(DEMO_CITY)
    folder.make()
    if not folder.city_file.exists():
        shutil.copy(EXAMPLE, folder.city_file)
    return folder


def demo_nights(settings: Settings, *, size: Size, step: Step) -> CityFolder:
    """Run the demo's nights that are not published yet; `step` is told each step before it runs.

    Raises `NightFailedError` when a night failed. A second call changes nothing.
    """
    folder = found_demo_city(settings.home)
    directory = _world(settings.home, size=size, step=step)
    nights = read_world(directory).nights
    lacking = [night for night in nights if not folder.snapshot_file(night).exists()]
    if lacking:
        step("airflow")
        prepare_airflow(settings)
        with running(directory, limits="generous") as proxy:
            for night in lacking:
                step(f"night {nights.index(night) + 1}/{len(nights)}")
                _night(folder, night, settings=settings, proxy=proxy)
    return folder


def _world(home: Home, *, size: Size, step: Step) -> Path:
    directory = home.root / ".demo" / size
    if not (directory / "world.json").exists():
        step("world")
        draft = directory.with_name(f".{size}")
        shutil.rmtree(draft, ignore_errors=True)
        generate(draft, size=size)
        draft.rename(directory)
    return directory


def _night(folder: CityFolder, night: datetime, *, settings: Settings, proxy: Proxy) -> None:
    proxy.set_clock(night)
    command = [sys.executable, "-m", "portevoix", "nightly", folder.city_id]
    demo = proxy.environment | {
        "PORTEVOIX_DATA": str(settings.home.root),
        "PORTEVOIX_RETRY_SECONDS": "1",
        "PORTEVOIX_CONTACT": settings.contact or "https://montreval.example/portevoix",
    }
    done = subprocess.run(
        [*command, "--as-of", night.isoformat()], env=child_environment(demo), check=False
    )
    if done.returncode:
        raise NightFailedError(f"{folder.city_id}: the night of {night:%Y-%m-%d} failed; see above")
