"""How fast and how lean each source is: `python -m benchmarks.collect [--posts N]`.

Each source reads a plain world through its real client, from the demo proxy in another process,
after a check (`collectors.check`) that has all imported and set up. One line each, the source's
name at the end:

- `posts_per_second_*`: posts, or openings, landed in a second, the proxy's own work included.
- `peak_memory_mib_*`: the greatest memory of the collecting process, all included; law: at most
  200. `memory_growth_*` is that over a world a hundredth as long (the baseline).
- `share_outside_client_*`: the part of the time that our own code takes, what it calls included;
  the rest is the client library's, and the platform's that it waits for; law: at most 0.15.
- `own_milliseconds_*`: what our own code costs the processor, a post.

With `--where`, the functions of ours that cost most, in milliseconds, on the error stream. With
`--wait`, each answer comes so many milliseconds late, as over a real network; at 0, which is the
default, the proxy answers faster than any platform does, and our share is at its greatest.
"""

from __future__ import annotations

__all__ = ["main", "measure"]

import argparse
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.plain_world import plain_world
from benchmarks.whose import watching
from cities.brief import blank_brief
from cities.folder import CityFolder, Home
from cities.settings import Settings
from demo.plan import NIGHTS
from demo.serve import running

SOURCES = {"mastodon": "mastodon-saone", "x": "x", "instagram": "instagram-pages",
           "blog": "blogs", "bodacc": "bodacc", "sirene": "sirene"}  # fmt: skip
SMALLER = 100
FEWEST = 50
BUDGETS = re.compile(r"(night_usd|month_usd): \d+")
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a proxy tells the night that reads it."""

    environment: Mapping[str, str]
    city_file: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each source and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--sources", nargs="*", choices=list(SOURCES), default=list(SOURCES))
    parser.add_argument("--wait", type=float, default=0)
    parser.add_argument("--where", action="store_true")
    given = parser.parse_args(arguments)
    for platform in given.sources:
        small, _ = measure(platform, max(given.posts // SMALLER, FEWEST), given.wait)
        large, places = measure(platform, given.posts, given.wait)
        growth = large["peak_memory_mib"] / small["peak_memory_mib"]
        for name, value in (large | {"memory_growth": growth}).items():
            print(f"{name}_{platform} {value:.2f}", flush=True)
        if given.where:
            print("\n".join(places), file=sys.stderr, flush=True)


def measure(platform: str, count: int, wait_ms: float) -> tuple[Figures, list[str]]:
    """One night of one source over `count` posts, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ending, end = context.Pipe()
    receiving, sending = context.Pipe()
    server = context.Process(target=play, args=(platform, count, wait_ms, ending))
    server.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            arguments = (Path(home), SOURCES[platform], end.recv(), sending)
            child = context.Process(target=night, args=arguments)
            child.start()
            sending.close()
            answer: tuple[Figures, list[str]] | str = receiving.recv()
            child.join()
    finally:
        end.close()
        server.join()
    if isinstance(answer, str):
        sys.exit(answer)
    return answer


def play(platform: str, count: int, wait_ms: float, connection: Connection[Any, Any]) -> None:
    """Serve the world until the other end of the connection is closed."""
    with running(plain_world(platform, count), now=NIGHTS[0]) as proxy:
        if wait_ms:
            proxy.set_faults([{"kind": "slow", "seconds": wait_ms / 1000, "times": None}])
        connection.send(Stage(proxy.environment, proxy.city_file))
        connection.poll(None)


def night(home: Path, source_id: str, stage: Stage, connection: Connection[Any, Any]) -> None:
    """Collect one source; send its figures, or the sentence that says why there are none."""
    os.environ.update(stage.environment)
    settings = Settings(data=home, hash_key="b" * 64, contact="https://montreval.example/")
    folder = Home(home).folder("montreval")
    folder.make()
    # A source that pays reads all of a plain world.
    city_file = BUDGETS.sub(r"\1: 100000", stage.city_file)
    folder.city_file.write_text(city_file, encoding="utf-8")
    brief = blank_brief("montreval", NIGHTS[0])
    folder.brief_file(NIGHTS[0]).write_text(brief.model_dump_json(), encoding="utf-8")
    connection.send(_figures(folder, source_id, settings))


def _figures(
    folder: CityFolder, source_id: str, settings: Settings
) -> tuple[Figures, list[str]] | str:
    # Here, so that the clients load in this process alone.
    from collectors.check import check  # noqa: PLC0415
    from collectors.run import collect  # noqa: PLC0415

    check(folder, source_id, settings=settings, as_of=NIGHTS[0])
    start = time.perf_counter()
    with watching() as whose:
        outcome = collect(folder, source_id, NIGHTS[0], settings=settings)
    seconds = time.perf_counter() - start
    count = outcome.counts.posts + outcome.counts.openings
    if outcome.state != "done" or not count:
        return f"{source_id}: {outcome.state}, {count} posts; {outcome.sentence}"
    figures = {
        "posts_per_second": count / seconds,
        "peak_memory_mib": _peak_memory_mib(),
        "share_outside_client": whose.own_share,
        "own_milliseconds": whose.own_processor_seconds * 1000 / count,
    }
    places = [f"  {cost // 1000:6d} {place}" for place, cost in whose.places.most_common(25)]
    return figures, places


def _peak_memory_mib() -> float:
    """Of this process alone: `getrusage` starts from the process that began it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
