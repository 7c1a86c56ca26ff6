"""The steps of `benchmarks.bench_score`, each run in a process of its own; and what they weigh."""

from __future__ import annotations

__all__ = ["STEPS", "fresh_copy", "make_stored", "peak_of", "ready"]

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bench_score_past import pretend_scored
from benchmarks.bench_score_world import Size, add_posts, make_world
from cities.folder import CityFolder
from cities.sensitive_posts import version
from scoring import days
from scoring.fresh import select_fresh
from scoring.night import Night
from scoring.rescore import rescore
from scoring.run import open_night, score, score_authors
from warehouse.connection import Warehouse, open_warehouse

PAST = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT = PAST + timedelta(days=1)
EARLIER = "earlier"
LOOK_SECONDS = 0.25
MIB = 2**20


def make_stored(home: Path, size: Size, *, new: int = 0, is_old: bool = False) -> None:
    """A city whose posts are scored (`is_old`: by an earlier version), and `new` ones loaded."""
    folder = CityFolder(home / "aix-en-provence")
    make_world(folder, size, PAST)
    with open_warehouse(folder) as connection:
        night = open_night(folder, connection, PAST)
        now = (night.versions.relevance, night.versions.themes, night.versions.days)
        versions = (EARLIER,) * 3 if is_old else now
        pretend_scored(connection, PAST, versions, themes=night.city.themes, is_old=is_old)
        connection.execute("insert into sensitive_reading values ($1)", [version()])
        later = Size(new, size.authors, 1, first=size.posts)
        add_posts(folder, connection, later, NIGHT)


def run_rescore(home: Path) -> dict[str, float]:
    """Read every post anew, then all authors and rankings: what `portevoix rescore` does."""
    told = [time.perf_counter()]
    progress = rescore(CityFolder(home / "aix-en-provence"),
                       tell=lambda _: told.append(time.perf_counter()))  # fmt: skip
    return {
        "rescore_posts_seconds": told[-1] - told[0],
        "rescore_authors_seconds": time.perf_counter() - told[-1],
        "rescore_posts_left_waiting": progress.count_waiting,
    }


def run_night(home: Path) -> dict[str, float]:
    """One usual night of scoring."""
    start = time.perf_counter()
    score(CityFolder(home / "aix-en-provence"), NIGHT)
    return {"night_seconds": time.perf_counter() - start}


def run_authors(home: Path) -> dict[str, float]:
    """All sums of days and all scores of authors, from posts that were read."""
    with open_warehouse(CityFolder(home / "aix-en-provence")) as connection:
        night = ready(home, connection)
        start = time.perf_counter()
        days.score(night)
        score_authors(night)
        return {"authors_seconds": time.perf_counter() - start}


def run_pandas(home: Path) -> dict[str, float]:
    """The same scores in pandas, from facts in memory already; without rankings and evidence."""
    from benchmarks.pandas_scores.facts import read_facts  # noqa: PLC0415 - weighs on no other
    from benchmarks.pandas_scores.scores import author_scores  # noqa: PLC0415

    with open_warehouse(CityFolder(home / "aix-en-provence")) as connection:
        night = ready(home, connection)
        facts = read_facts(night)
        start = time.perf_counter()
        author_scores(facts, night)
        return {"authors_seconds": time.perf_counter() - start}


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {
    "rescore": run_rescore, "night": run_night, "authors": run_authors, "pandas": run_pandas,
}  # fmt: skip


def peak_of(process: subprocess.Popen[str]) -> float:
    """MiB of a process and those that it began, together, at their largest; waits for its end."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_resident_mib(pid) for pid in _family(process.pid)))
        time.sleep(LOOK_SECONDS)
    return peak


def fresh_copy(home: Path) -> Path:
    """A copy of a home beside it."""
    copy = home.with_name(f"{home.name}-copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    return copy


def ready(home: Path, connection: Warehouse) -> Night:
    """The night after, whose days are all to be summed anew."""
    folder = CityFolder(home / "aix-en-provence")
    connection.execute("update score_runs set days_version = 'earlier'")
    night = open_night(folder, connection, NIGHT)
    select_fresh(night, most_rescored=0)
    return night


def _family(pid: int) -> list[int]:
    try:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in said for one in _family(int(child)))]


def _resident_mib(pid: int) -> float:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / MIB
