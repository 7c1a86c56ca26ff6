"""How long a newcomer waits: `make run` from an empty clone to its first page, downloads apart.

`python3 benchmarks/start.py`. Prints `name value` lines. A first installation warms the
package cache, so that the measured one downloads nothing; the baseline is that installation
alone, measured in the same run.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
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
    """Measure both starts in a fresh clone."""
    with tempfile.TemporaryDirectory(prefix="portevoix-start-") as directory:
        clone = Path(directory) / "portevoix"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        _install(clone)
        shutil.rmtree(clone / ".venv")
        print("install_seconds", f"{_install(clone):.1f}")
        shutil.rmtree(clone / ".venv")
        for name in ("first_page_seconds", "second_start_seconds"):
            seconds, left = _start(clone)
            print(name, f"{seconds:.1f}")
            print(name.replace("seconds", "processes_left"), left)


def _install(clone: Path) -> float:
    start = time.perf_counter()
    subprocess.run(["make", ".venv/run"], cwd=clone, check=True, capture_output=True)
    return time.perf_counter() - start


def _start(clone: Path) -> tuple[float, int]:
    """Seconds to the first page, and how many processes outlive Ctrl-C."""
    port = _free_port()
    environment = {**os.environ, "PORTEVOIX_PORT": str(port)}
    start = time.perf_counter()
    with _running(clone, environment) as child:
        while not _answers(port):
            if child.poll() is not None or time.perf_counter() - start > LIMIT_SECONDS:
                raise SystemExit("make run ended without a page")
            time.sleep(0.1)
        seconds = time.perf_counter() - start
    return seconds, _count_group(child.pid)


@contextmanager
def _running(clone: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
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
