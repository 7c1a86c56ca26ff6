"""How fast scoring is: `make bench-score`.

- `rescore_seconds`, `rescore_peak_mib`: what `portevoix rescore` does on `--posts` by `--authors`:
  every post read anew (relevance, themes, evidence), all sums of days, all scores of authors,
  rankings. Aims: 600 and 3,072. `rescore_cpu_seconds`: of all cores together, which says more where
  others use the machine. The peak is that of all its processes together, shared pages counted in
  each. Made by sets (`bench_score_world`), with earlier scores that are replaced.
- `pandas_ratio`: sums of days, scores of authors and rankings here, beside the scores alone in
  plain pandas (`pandas_scores`, equal to 1e-6 by a test), by seconds; the same rows. Aim: 10. The
  facts are in memory before pandas starts, the warehouse's are on disk.
- `night_growth`: seconds of one night of scoring alone with `--new` posts, over the greatest of
  `--stored`, over the same night over the least. Aim: 1.3. The same authors wrote them, 2,740 a day
  at least, over two years at most, the longest that retention allows: so the most posts are also
  the most a day.

Each measure is a process of its own on a fresh copy.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bench_score_steps import STEPS, fresh_copy, make_stored, peak_of
from benchmarks.bench_score_world import Size

POSTS_A_DAY = 2_740
MOST_DAYS = 730
YEAR = 365
PARTS = ("rescore", "pandas", "growth")


def measure(step: str, home: Path) -> dict[str, float]:
    """The figures of one step, its seconds of all cores and its peak."""
    copy, before = fresh_copy(home), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.bench_score", "--step", step, "--home", str(copy)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = peak_of(process)
        told = process.stdout.read() if process.stdout else ""
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    shutil.rmtree(copy)
    if process.returncode:
        raise SystemExit(process.returncode)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(told), "seconds": seconds, "cpu_seconds": used, "peak_mib": peak}


def of_rescore(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, float]]:
    """The figures of a full rescore."""
    home = scratch / "rescore"
    make_stored(home, Size(options.posts, options.authors, YEAR), is_old=True)
    found = measure("rescore", home)
    shutil.rmtree(home)
    yield "rescore_posts", options.posts
    yield "rescore_authors", options.authors
    for name in ("seconds", "cpu_seconds", "peak_mib"):
        yield f"rescore_{name}", found.pop(name)
    yield from found.items()
    yield "rescore_posts_a_second", options.posts / found["rescore_posts_seconds"]


def of_pandas(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, float]]:
    """The scores of authors here and in pandas."""
    home = scratch / "pandas"
    make_stored(home, Size(options.pandas_posts, options.pandas_authors, YEAR))
    rounds = [(measure("authors", home), measure("pandas", home)) for _ in range(options.repeats)]
    shutil.rmtree(home)
    ours = min(one["authors_seconds"] for one, _ in rounds)
    theirs = min(one["authors_seconds"] for _, one in rounds)
    yield "pandas_posts", options.pandas_posts
    yield "authors_seconds", ours
    yield "authors_seconds_pandas", theirs
    yield "pandas_ratio", theirs / ours


def of_growth(options: argparse.Namespace, scratch: Path) -> Iterator[tuple[str, float]]:
    """A night over histories of each size."""
    least: dict[int, float] = {}
    for stored in sorted(options.stored):
        home = scratch / f"stored-{stored}"
        days = min(max(stored // POSTS_A_DAY, 1), MOST_DAYS)
        make_stored(home, Size(stored, options.authors, days), new=options.new)
        found = [measure("night", home) for _ in range(options.repeats)]
        shutil.rmtree(home)
        least[stored] = min(one["night_seconds"] for one in found)
        yield f"night_seconds_{stored}", least[stored]
        yield f"night_cpu_seconds_{stored}", min(one["cpu_seconds"] for one in found)
    yield "night_growth", least[max(least)] / least[min(least)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print `name value` lines; with `--step`, the figures of this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--authors", type=int, default=50_000)
    parser.add_argument("--pandas-posts", type=int, default=100_000)
    parser.add_argument("--pandas-authors", type=int, default=5_000)
    parser.add_argument("--stored", type=int, nargs="+", default=[100_000, 1_000_000, 5_000_000])
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--step", choices=sorted(STEPS))
    parser.add_argument("--home", type=Path)
    options = parser.parse_args(arguments)
    if options.step:
        print(json.dumps(STEPS[options.step](options.home)))
        return
    print(f"cores {len(os.sched_getaffinity(0))}")
    measures = {"rescore": of_rescore, "pandas": of_pandas, "growth": of_growth}
    if options.scratch:
        options.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.scratch) as directory:
        for part in options.only:
            for name, value in measures[part](options, Path(directory)):
                print(f"{name} {value:.2f}", flush=True)


if __name__ == "__main__":
    main()
