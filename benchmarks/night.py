"""Does a night cost what is new, or what is stored?

`night_growth`: seconds of a whole night (load, score, propose, publish) of 10,000 new posts over
1,000,000 stored, over the same night on 100,000 stored; law: at most 1.3. Both cities have as
many authors (`--authors`), who have written 2,740 posts a day for longer in the first: a million
is the year that retention keeps. `night_growth_authors` is the harder case in which ten times the
authors wrote them.

Each night is a fresh process on a fresh copy; repetitions are interleaved, minima divided.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.landing import Volume, write_landing
from cities.brief import blank_brief
from cities.folder import Home
from cities.settings import Settings
from outreach.run import propose
from scoring.run import score
from warehouse.load import load
from warehouse.publish import publish

HISTORY = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT = HISTORY + timedelta(days=1)
SOURCE = "mastodon-saone"
CITY_FILE = Path(__file__).parents[1] / "cities" / "examples" / "montreval.yaml"
POSTS_A_DAY = 2_740
STEPS = ("load", "score", "propose", "publish")


def run_night(home: Path, as_of: datetime) -> dict[str, float]:
    """Seconds of each step of one night in this process."""
    folder, settings = Home(home).folder("montreval"), Settings(data=home, hash_key="k" * 64)
    steps: dict[str, Callable[[], object]] = {
        "load": lambda: load(folder, as_of, settings=settings),
        "score": lambda: score(folder, as_of),
        "propose": lambda: propose(folder, as_of),
        "publish": lambda: publish(folder, as_of, settings=settings),
    }
    seconds = {}
    for name, step in steps.items():
        start = time.perf_counter()
        step()
        seconds[name] = time.perf_counter() - start
    return seconds


def make_stored(home: Path, *, stored: int, new: int, authors: int) -> None:
    """A home whose city has `stored` posts, all scored, and `new` ones landed for the night."""
    folder = Home(home).folder("montreval")
    folder.make()
    shutil.copy(CITY_FILE, folder.city_file)
    volumes = {
        HISTORY: Volume(stored, authors=authors, days=max(stored // POSTS_A_DAY, 1)),
        NIGHT: Volume(new, first=stored, authors=authors, days=1),
    }
    for as_of, volume in volumes.items():
        brief = blank_brief(folder.city_id, as_of).model_dump_json()
        folder.brief_file(as_of).write_text(brief, encoding="utf-8")
        write_landing(folder, SOURCE, as_of, volume=volume)
        if as_of == HISTORY:
            measure(home, as_of)


def measure(home: Path, as_of: datetime) -> dict[str, float]:
    """One night in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.night", "--run", str(home)]
    output = subprocess.run(
        [*command, "--as-of", as_of.isoformat()], check=True, capture_output=True, text=True
    ).stdout
    return dict(zip(STEPS, map(float, output.split()), strict=True))


def compare(scratch: Path, homes: dict[str, Path], repeats: int) -> dict[str, dict[str, float]]:
    """The least seconds of each step in each home, over interleaved repetitions."""
    best: dict[str, dict[str, float]] = {name: {} for name in homes}
    for _ in range(repeats):
        for name, home in homes.items():
            copy = scratch / "copy"
            shutil.copytree(home, copy)
            found = measure(copy, NIGHT)
            shutil.rmtree(copy)
            total = found | {"night": sum(found.values())}
            best[name] = {k: min(v, best[name].get(k, v)) for k, v in total.items()}
    return best


def main() -> None:
    """Print `name value` lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--authors", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--crowd", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--as-of", type=datetime.fromisoformat)
    arguments = parser.parse_args()
    if arguments.run:
        seconds = run_night(arguments.run, arguments.as_of)
        print(" ".join(f"{seconds[step]:.3f}" for step in STEPS))
        return
    sizes = {
        "small": (arguments.stored // 10, arguments.authors),
        "large": (arguments.stored, arguments.authors),
    }
    if arguments.crowd:
        sizes["crowd"] = (arguments.stored, arguments.authors * 10)
    with tempfile.TemporaryDirectory() as directory:
        homes = {name: Path(directory) / name for name in sizes}
        for name, (stored, authors) in sizes.items():
            make_stored(homes[name], stored=stored, new=arguments.new, authors=authors)
        best = compare(Path(directory), homes, arguments.repeats)
    for name, seconds in best.items():
        for step, value in seconds.items():
            print(f"{name}_{step}_seconds {value:.2f}")
    print(f"night_growth {best['large']['night'] / best['small']['night']:.2f}")
    if arguments.crowd:
        print(f"night_growth_authors {best['crowd']['night'] / best['small']['night']:.2f}")


if __name__ == "__main__":
    main()
