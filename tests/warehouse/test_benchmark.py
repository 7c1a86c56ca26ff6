"""The load's benchmark on one hundredth of its posts, so that it does not rot."""

from __future__ import annotations

import subprocess
import sys

from tests.constants import ROOT


def test_the_benchmark_prints_its_figures() -> None:
    command = [sys.executable, "-m", "benchmarks.load", "--posts", "10000", "--repeats", "1"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    figures = dict(line.split() for line in output.splitlines())
    assert figures["posts"] == "10000"
    assert float(figures["load_ratio"]) > 0
    assert 0 < float(figures["peak_memory_mib"]) < 2048
