"""The standing service of one machine: Airflow (scheduler, workers, its page) and the pages.

All on loopback, offline, telemetry off. `airflow standalone` leaves its children behind when only
the parent is told to end, so it runs in a session of its own and the whole group is ended.
"""

from __future__ import annotations

__all__ = ["stand_up"]

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cities.settings import Settings, airflow_environment, child_environment
from operate.errors import OperateError
from operate.night import airflow_executable, prepare_airflow

POOLS = {"platforms": (4, "Sources collected at once")}
END_SECONDS = 10


@contextmanager
def stand_up(settings: Settings) -> Iterator[str]:
    """Run Airflow until the block ends; yields the address of its page."""
    prepare_airflow(settings)
    environment = child_environment(airflow_environment(settings), is_operator_first=True)
    # Standalone starts its parts as `airflow`: this environment's must be the one that it finds.
    here = str(Path(airflow_executable()).parent)
    environment["PATH"] = os.pathsep.join([here, environment.get("PATH", os.defpath)])
    for name, (slots, description) in POOLS.items():
        _airflow(["pools", "set", name, str(slots), description], environment)
    log = settings.home.airflow / "standalone.log"
    with log.open("ab") as out:
        child = subprocess.Popen(
            [airflow_executable(), "standalone"],
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield f"http://127.0.0.1:{settings.airflow_port}"
    finally:
        _end_group(child)


def _airflow(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [airflow_executable(), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise OperateError(f"airflow {' '.join(arguments[:2])}: {last}")


def _end_group(child: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            break
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            continue
