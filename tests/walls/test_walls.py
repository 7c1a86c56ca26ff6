"""Each wall of the house stands: a violation planted in a copy of the tree is caught by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = [
    *("operate", "cities", "collectors", "warehouse", "scoring", "decisions"),
    *("outreach", "review", "dags", "demo", "benchmarks"),
]
# wall → (module that gets the line, the line that must not stand there)
VIOLATIONS = {
    "floors": ("cities/planted.py", "import warehouse"),
    "scoring-decisions": ("scoring/planted.py", "import decisions"),
    "decisions-cities": ("decisions/planted.py", "import warehouse"),
    "collectors-door": ("warehouse/planted.py", "import collectors.sources"),
    "clients": ("review/planted.py", "import mastodon"),
    "demo-alone": ("outreach/planted.py", "import demo"),
    "demo-down": ("demo/planted.py", "import warehouse"),
    "duckdb": ("outreach/planted.py", "import duckdb"),
    "airflow": ("scoring/planted.py", "import airflow"),
    "sources-apart": ("collectors/sources/planted.py", "import collectors.sources.mastodon"),
}


def contracts() -> list[str]:
    """The ids of the walls in pyproject.toml."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["id"] for contract in config["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            copy / package,
            ignore=lambda folder, names: [
                n for n in names if not (n.endswith(".py") or (Path(folder) / n).is_dir())
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command"
    return subprocess.run(
        [sys.executable, "-c", f"{code}; lint_imports_command()", "--no-cache", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_wall_has_its_violation() -> None:
    assert sorted(VIOLATIONS) == sorted(contracts())


def test_the_house_keeps_its_walls(house: Path) -> None:
    result = lint(house)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("wall", sorted(VIOLATIONS))
def test_a_violation_is_caught(house: Path, wall: str) -> None:
    where, line = VIOLATIONS[wall]
    planted = house / where
    planted.write_text(f'"""Planted."""\n\n{line}\n')
    try:
        result = lint(house, "--contract", wall)
    finally:
        planted.unlink()
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
