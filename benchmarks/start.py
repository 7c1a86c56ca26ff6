"""How long a newcomer waits: `make run` from an empty clone to its first page, downloads apart.

`python3 benchmarks/start.py`. Prints `name value` lines. A first installation warms the
package cache, so that the measured one downloads nothing; the baseline is that installation
alone, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIMIT_SECONDS = 600


def main() -> None:
    """Measure both starts in a fresh clone, or on this tree and the tiny world (`--smoke`)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="this tree, the tiny world")
    with tempfile.TemporaryDirectory(prefix="portevoix-start-") as directory:
        if parser.parse_args().smoke:
            command = [sys.executable, "-m", "portevoix", "demo", "run", "--size", "tiny"]
            _measure(command, ROOT, Path(directory))
            return
        clone = Path(directory) / "portevoix"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        _install(clone)
        shutil.rmtree(clone / ".venv")
        print("install_seconds", f"{_install(clone):.1f}")
        shutil.rmtree(clone / ".venv")
        _measure(["make", "run"], clone, clone / "data")


def _measure(command: list[str], folder: Path, data: Path) -> None:
    for name in ("first_page", "second_start"):
        seconds, left = _start(command, folder, data)
        print(f"{name}_seconds {seconds:.1f}")
        print(f"{name}_processes_left {left}")


def _install(clone: Path) -> float:
    start = time.perf_counter()
    subprocess.run(["make", ".venv/run"], cwd=clone, check=True, capture_output=True)
    return time.perf_counter() - start


def _start(command: list[str], folder: Path, data: Path) -> tuple[float, int]:
    """Seconds to the first page, and how many processes outlive Ctrl-C."""
    port = _free_port()
    environment = {**os.environ, "PORTEVOIX_PORT": str(port), "PORTEVOIX_DATA": str(data)}
    start = time.perf_counter()
    with _running(command, folder, environment) as child:
        while not _answers(port):
            if child.poll() is not None or time.perf_counter() - start > LIMIT_SECONDS:
                raise SystemExit("it ended without a page")
            time.sleep(0.1)
        seconds = time.perf_counter() - start
    return seconds, _count_group(child.pid)


@contextmanager
def _running(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        os.killpg(child.pid, signal.SIGINT)
        child.wait(30)
        time.sleep(1)


def _count_group(group: int) -> int:
    listed = subprocess.run(["ps", "-e", "-o", "pgid="], capture_output=True, text=True, check=True)
    return listed.stdout.split().count(str(group))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


if __name__ == "__main__":
    main()
