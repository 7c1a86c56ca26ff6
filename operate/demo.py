"""The demo city, from nothing: a world, the proxy that plays the platforms, two nights.

The nights run in child processes that get nothing of the demo but environment variables: the
demo is the product, unchanged.
"""

from __future__ import annotations

__all__ = ["DEMO_CITY", "environment_lines", "found_demo_city", "play", "run_demo"]

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.progress import Progress

from cities.folder import CityFolder, Home
from cities.settings import Settings, child_environment
from demo.city import write_city_file
from demo.generate import SIZES, generate
from demo.serve import LimitsChoice, Proxy, demo_environment, running, serve
from demo.world import read_world
from operate.demo_preferences import say_preferences
from operate.errors import NightFailedError, OperateError
from operate.night import prepare_airflow
from operate.summary import tell

DEMO_CITY = "montreval"
BY_DAY = timedelta(hours=8)
NIGHTS = ("the history of 120 days", "a night with new posts, changed figures, deletions, openings")


def found_demo_city(home: Home, world: Path) -> CityFolder:
    """The demo city's folder, with the city file of a world; keeps what is there."""
    folder = home.folder(DEMO_CITY)
    folder.make()
    write_city_file(folder.city_file, read_world(world).file)
    return folder


def run_demo(settings: Settings, *, size: str, console: Console) -> None:
    """Run the demo's nights that are not published yet, then tell the last one.

    Raises `NightFailedError` when a night failed. A second call changes nothing.
    """
    world = _world(settings.home, size=size, console=console)
    folder = found_demo_city(settings.home, world)
    nights = read_world(world).file.nights
    lacking = [number for number, night in enumerate(nights) if not _is_published(folder, night)]
    if lacking:
        with console.status("Preparing Airflow's metadata…"):
            prepare_airflow(settings)
        with running(world, limits="generous") as proxy:
            for number in lacking:
                console.rule(f"Night {number + 1}: {NIGHTS[min(number, 1)]}", align="left")
                _night(folder, nights[number], settings=settings, proxy=proxy)
                if number + 1 < len(nights):
                    _prefer(folder, nights[number], settings=settings, console=console)
    tell(folder, settings, console=console)


def _prefer(folder: CityFolder, night: datetime, *, settings: Settings, console: Console) -> None:
    count = say_preferences(folder, night + BY_DAY, settings=settings)
    if count:
        console.print(f"An invented analyst says whom they would rather ask, {count} times.")


def _is_published(folder: CityFolder, night: datetime) -> bool:
    return folder.snapshot_file(night).exists()


def _world(home: Home, *, size: str, console: Console) -> Path:
    if size not in SIZES:
        raise OperateError(f"size: {size} is no size of the demo; use one of {', '.join(SIZES)}")
    directory = home.root / ".demo" / size
    if not (directory / "world.json").exists():
        draft = directory.with_name(f".{size}")
        shutil.rmtree(draft, ignore_errors=True)
        with Progress(console=console, transient=True) as bar:
            task = bar.add_task("Inventing a city, its people and what they post…")
            generate(
                draft,
                size=size,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
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
    moment = night.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    done = subprocess.run([*command, "--as-of", moment], env=child_environment(demo), check=False)
    if done.returncode:
        raise NightFailedError(f"{folder.city_id}: the night of {night:%Y-%m-%d} failed; see above")


def play(
    settings: Settings,
    world: Path,
    *,
    port: int,
    now: datetime | None,
    limits: str,
    console: Console,
) -> None:
    """Serve a world folder until a signal; `now` without zone is UTC."""
    if limits not in ("world", "generous", "platform"):
        raise OperateError(f"limits: {limits} is unknown; use world, generous or platform")
    moment = now.replace(tzinfo=now.tzinfo or UTC) if now else None
    certificate = _certificate(settings)
    settings.home.make()
    certificate.parent.mkdir(mode=0o700, exist_ok=True)

    def ready(proxy: Proxy) -> None:
        console.print(f"The demo proxy answers at {proxy.address}   (Ctrl-C ends)")
        console.print(f'In another terminal: eval "$(portevoix demo env --port {port})"')

    serve(
        world,
        port=port,
        now=moment,
        limits=cast("LimitsChoice", limits),
        ca_file=certificate,
        ready=ready,
    )


def environment_lines(settings: Settings, *, port: int) -> Iterator[str]:
    """Lines of shell that send any process to the proxy of that port."""
    address = f"http://127.0.0.1:{port}"
    for name, value in demo_environment(address, _certificate(settings)).items():
        yield f"export {name}={shlex.quote(value)}"


def _certificate(settings: Settings) -> Path:
    return settings.home.root / ".demo" / "ca.pem"
