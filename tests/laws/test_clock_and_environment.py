"""One clock, one reader of the environment: no room reads either by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.constants import ROOT

CLOCKLESS = ["cities", "collectors", "warehouse", "scoring", "decisions", "outreach"]
SQL_CLOCK = re.compile(
    r"\b(now\s*\(|current_(date|time|timestamp)|get_current_|today\s*\(|localtime"
    r"|transaction_timestamp|random\s*\(|uuid\s*\(|gen_random)",
    re.IGNORECASE,
)
PLANTS = {
    "datetime.now": "from datetime import datetime, UTC\nx = datetime.now(UTC)\n",
    "date.today": "import datetime\nx = datetime.date.today()\n",
    "time.time": "import time\nx = time.time()\n",
    "os.environ": "import os\nx = os.environ['HOME']\n",
    "os.getenv": "from os import getenv\nx = getenv('HOME')\n",
    "portevoix": "import portevoix\n",
}


def banned(folder: Path) -> str:
    """What ruff says of the banned names in this folder."""
    result = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_a_planted_reader_is_caught(tmp_path: Path, name: str) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / "scoring").mkdir()
    (tmp_path / "scoring" / "planted.py").write_text(PLANTS[name])
    assert "TID251" in banned(tmp_path)


def test_no_room_reads_the_clock_or_the_environment() -> None:
    assert "All checks passed" in banned(ROOT)


def test_no_exemption_covers_a_clockless_room() -> None:
    noqa = re.compile(r"noqa:.*TID251")
    sinners = [
        str(path)
        for room in CLOCKLESS
        for path in (ROOT / room).rglob("*.py")
        if noqa.search(path.read_text())
    ]
    assert sinners == []


def test_no_sql_reads_the_clock_or_chance() -> None:
    files = [path for room in CLOCKLESS for path in (ROOT / room).rglob("*.sql")]
    assert files
    code = {path: re.sub(r"--.*", "", path.read_text()) for path in files}
    assert [str(path) for path, text in code.items() if SQL_CLOCK.search(text)] == []
