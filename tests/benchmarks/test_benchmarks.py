"""Each benchmark runs on about 1 % of its data, so that none rots; figures are not judged here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.constants import ROOT

LINE = re.compile(r"^[a-z0-9_@.-]+ -?[0-9.]+(e-?[0-9]+)?$|^[a-z0-9_@.-]+ nan$")


def figures(*command: str) -> dict[str, float]:
    """The `name value` lines that a benchmark prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = done.stdout.strip().splitlines()
    assert [line for line in lines if not LINE.match(line)] == []
    return {name: float(value) for name, value in (line.split() for line in lines)}


@pytest.mark.slow
def test_load() -> None:
    found = figures("-m", "benchmarks.load", "--posts", "10000", "--repeats", "1")
    assert {"load_ratio", "peak_memory_mib"} <= set(found)


@pytest.mark.slow
def test_night() -> None:
    sizes = ("--stored", "2000", "--new", "100", "--authors", "50", "--repeats", "1", "--no-crowd")
    found = figures("-m", "benchmarks.night", *sizes)
    assert found["night_growth"] > 0


@pytest.mark.slow
def test_collect() -> None:
    found = figures("-m", "benchmarks.collect", "--posts", "200", "--sources", "x", "sirene")
    assert 0 < found["share_outside_client_x"] < 1
    assert found["peak_memory_mib_sirene"] <= 200


@pytest.mark.slow
def test_world_with_all_of_quality(tiny_world: Path) -> None:
    found = figures("-m", "benchmarks.world", "--world", str(tiny_world))
    assert 0 <= found["precision_20_overall"] <= 1
    assert -1 <= found["kendall_night"] <= 1
    assert found["evidence_gap"] <= 1e-6


@pytest.mark.slow
def test_start() -> None:
    found = figures("-m", "benchmarks.start", "--smoke")
    assert found["second_start_seconds"] < found["first_page_seconds"]
    assert found["first_page_processes_left"] == found["second_start_processes_left"] == 0
