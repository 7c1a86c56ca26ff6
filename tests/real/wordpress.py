"""WordPress and MariaDB from Debian's packages: own folder, own processes, loopback alone."""

from __future__ import annotations

__all__ = ["HOST", "WordPress", "missing_parts", "wordpress"]

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOST = "gazette.montreval.example"
PACKAGED = Path("/usr/share/wordpress")
PROGRAMS = ("php", "mariadbd", "mariadb-install-db")
ACTS = Path(__file__).with_name("wordpress.php")
LONGEST_START_SECONDS = 60
CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('WP_HOME', 'http://{host}');
define('WP_SITEURL', 'http://{host}');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""
# What Apache's rewrite rules do: files as they are, all else to WordPress.
ROUTER = """<?php
$path = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($path)) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/index.php';
"""


@dataclass(frozen=True, slots=True)
class WordPress:
    """A WordPress that runs on `port` of loopback, from its own `folder`."""

    folder: Path
    port: int

    def act(self, *words: str) -> dict[str, Any]:
        """Do something to it, as `wordpress.php` says."""
        environment = {
            **os.environ,
            "WORDPRESS_FOLDER": str(self.folder),
            "WORDPRESS_HOST": HOST,
        }
        done = subprocess.run(
            ["php", str(ACTS), *words], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(
                f"wordpress.php {words[0]}: {done.stdout[-500:]}{done.stderr[-500:]}"
            )
        last: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return last


def missing_parts() -> list[str]:
    """What of Debian's packages is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=_path()) is None]
    return missing + ([] if (PACKAGED / "wp-load.php").is_file() else ["wordpress"])


@contextmanager
def wordpress(root: Path) -> Iterator[WordPress]:
    """A fresh WordPress below `root`; both its processes end with the block."""
    folder, data, socket_file = root / "wordpress", root / "mariadb", root / "db.sock"
    shutil.copytree(PACKAGED, folder, symlinks=True)
    (folder / "wp-config.php").write_text(CONFIG.format(socket=socket_file, host=HOST))
    (folder / "router.php").write_text(ROUTER)
    with _database(data, socket_file), _server(folder) as port:
        yield WordPress(folder, port)


@contextmanager
def _database(data: Path, socket_file: Path) -> Iterator[None]:
    user = ["--user=root"] if os.geteuid() == 0 else []
    given = ["--no-defaults", f"--datadir={data}"]
    method = "--auth-root-authentication-method=normal"
    install = [_program("mariadb-install-db"), *given, method, "--skip-test-db", *user]
    subprocess.run(install, check=True, capture_output=True)
    place = [f"--socket={socket_file}", f"--pid-file={data / 'db.pid'}", "--skip-networking"]
    process = subprocess.Popen(
        [_program("mariadbd"), *given, *place, *user],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until(socket_file.exists)
        code = (
            f"$d = new mysqli('localhost', 'root', '', '', 0, '{socket_file}');"
            "$d->query('create database wordpress character set utf8mb4');"
        )
        subprocess.run(["php", "-r", code], check=True, capture_output=True)
        yield
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_START_SECONDS)


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        ["php", "-S", f"127.0.0.1:{port}", "-t", str(folder), str(folder / "router.php")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until(lambda: _answers(port))
        yield port
    finally:
        process.terminate()
        process.wait(timeout=LONGEST_START_SECONDS)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until(is_ready: Any) -> None:
    ends_at = time.monotonic() + LONGEST_START_SECONDS
    while not is_ready():
        if time.monotonic() > ends_at:
            raise TimeoutError("a server of the test did not start")
        time.sleep(0.1)


def _program(name: str) -> str:
    return shutil.which(name, path=_path()) or name


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin"
