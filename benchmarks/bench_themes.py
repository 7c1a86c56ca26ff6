"""How fast and how small the reading of themes is: `python -m benchmarks.bench_themes`.

On one core and in its seconds, over posts mixed from the sets of `data/`, each figure in a process
of its own:

- `posts_per_second`: the shipped reader, texts in, log-odds of all themes out; at least 1,000.
- `posts_per_second_tfidf`: the baseline, TF-IDF of words and a logistic regression a theme, over
  the same posts; taught on the sets' own labels.
- `posts_per_second_explained`: the same reader with the evidence of every theme that is kept.
- `posts_per_second_night`: the whole step of a night, texts out of DuckDB and rows into it.
- `model_memory_mib`: what the process grows by when it loads the reader and reads a thousand
  posts; at most 400. `model_disk_mib`: the files that the reader is made of.
- `peak_memory_mib_small`, `peak_memory_mib_large`: the night's step over `--posts` and ten times
  as many; `memory_growth` divides them: batches keep it near 1.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bench_themes_steps import STEPS

ROOM = Path(__file__).parents[1] / "scoring"
FILES = ("models/vectors.npz", "models/theme_heads.*", "themes/*.yaml", "theme_heads/*.yaml")
MIB = 2**20
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def measure(step: str, posts: int, home: Path) -> float:
    """One figure, in a process of its own on one core."""
    command = [sys.executable, "-m", "benchmarks.bench_themes", "--step", step]
    done = subprocess.run(
        [*command, "--posts", str(posts), "--home", str(home)],
        env={**os.environ, **ONE_CORE},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def disk_mib() -> float:
    """The files that the reader of themes is made of."""
    found = {path for pattern in FILES for path in ROOM.glob(pattern) if path.suffix != ".md"}
    return sum(path.stat().st_size for path in found) / MIB


def figures(posts: int) -> dict[str, float]:
    """All figures."""
    with tempfile.TemporaryDirectory() as directory:

        def of(step: str, count: int) -> float:
            return measure(step, count, Path(directory) / f"{step}-{count}")

        found = {
            "posts_per_second": of("read", posts),
            "posts_per_second_tfidf": of("tfidf", posts),
            "posts_per_second_explained": of("explain", posts),
            "posts_per_second_night": of("night", posts),
            "model_memory_mib": of("memory", 1_000),
            "model_disk_mib": disk_mib(),
            "peak_memory_mib_small": of("peak", posts),
            "peak_memory_mib_large": of("peak", 10 * posts),
        }
    growth = found["peak_memory_mib_large"] / found["peak_memory_mib_small"]
    return {**found, "memory_growth": growth}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print `name value` lines; with `--step`, the one figure of this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--step", choices=sorted(STEPS))
    parser.add_argument("--home", type=Path)
    options = parser.parse_args(arguments)
    if options.step:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        step: Callable[[int, Path], float] = STEPS[options.step]
        print(step(options.posts, options.home))
        return
    for name, value in figures(options.posts).items():
        print(f"{name} {value:.2f}" if "mib" in name or "growth" in name else f"{name} {value:.0f}")


if __name__ == "__main__":
    main()
