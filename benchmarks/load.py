"""How fast and how small loading is, beside a bare DuckDB read of the same files.

`load_ratio`: loading all (typed, checked, merged, with figures, authors, retention, laws of the
data) over `CREATE TABLE AS SELECT … read_json` with explicit columns; law: at most 2.
`peak_memory_mib`: the loading process at its largest; law: at most 2,048.

Each measure is a fresh process; repetitions are interleaved and the minima divided, because
another program on the machine slows whole rounds.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.landing import Volume, write_landing
from cities.brief import blank_brief
from cities.folder import CityFolder
from cities.settings import Settings
from warehouse.connection import open_file
from warehouse.load import load

AS_OF = datetime(2026, 11, 17, 2, 30, tzinfo=UTC)
SOURCE = "mastodon-saone"
CITY_FILE = Path(__file__).parents[1] / "cities" / "examples" / "montreval.yaml"
BARE = """
create table bare as select * from read_json(
    $files, format = 'newline_delimited', columns = {
        kind: 'varchar', platform: 'varchar', post_id: 'varchar', author_id: 'varchar',
        url: 'varchar', published_at: 'timestamptz', edited_at: 'timestamptz',
        observed_at: 'timestamptz', text: 'varchar', language: 'varchar', hashtags: 'varchar[]',
        links: 'varchar[]', media_count: 'integer', is_reply: 'boolean', likes: 'bigint',
        replies: 'bigint', shares: 'bigint', views: 'bigint'
    }
)
"""


def make_city(home: Path, count_posts: int) -> CityFolder:
    """A city folder whose landing holds `count_posts` posts, not loaded yet."""
    folder = CityFolder(home / "montreval")
    folder.make()
    folder.city_file.write_bytes(CITY_FILE.read_bytes())
    brief = blank_brief(folder.city_id, AS_OF)
    folder.brief_file(AS_OF).write_text(brief.model_dump_json(), encoding="utf-8")
    write_landing(folder, SOURCE, AS_OF, volume=Volume(count_posts))
    return folder


def time_bare(home: Path) -> float:
    """Seconds of the bare read into a new file."""
    files = [str(path) for path in sorted((home / "montreval/landing" / SOURCE).glob("*.gz"))]
    target = home / "bare.duckdb"
    target.unlink(missing_ok=True)
    start = time.perf_counter()
    connection = open_file(target)
    connection.execute(BARE, {"files": files})
    connection.close()
    return time.perf_counter() - start


def time_load(home: Path) -> float:
    """Seconds of a first load into a new warehouse."""
    folder = CityFolder(home / "montreval")
    folder.warehouse.unlink(missing_ok=True)
    start = time.perf_counter()
    load(folder, AS_OF, settings=Settings(data=home))
    return time.perf_counter() - start


def warm_up() -> None:
    """Have DuckDB import what binding a parameter needs, which is not what is measured."""
    with open_file(Path(":memory:")) as connection:
        connection.execute("select ?", [1])


def measure(kind: str, home: Path) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of one measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.load", "--measure", kind, "--home", str(home)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, memory = output.split()
    return float(seconds), float(memory)


def main() -> None:
    """Print `name value` lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=4)
    parser.add_argument("--measure", choices=("bare", "load"))
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    if arguments.measure:
        warm_up()
        seconds = (time_bare if arguments.measure == "bare" else time_load)(arguments.home)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{seconds:.3f} {memory:.0f}")
        return
    with tempfile.TemporaryDirectory() as home:
        make_city(Path(home), arguments.posts)
        rounds = [
            (measure("bare", Path(home)), measure("load", Path(home)))
            for _ in range(arguments.repeats)
        ]
    bare = min(round_[0][0] for round_ in rounds)
    loaded = min(round_[1][0] for round_ in rounds)
    print(f"posts {arguments.posts}")
    print(f"bare_read_seconds {bare:.2f}")
    print(f"load_seconds {loaded:.2f}")
    print(f"load_ratio {loaded / bare:.2f}")
    print(f"peak_memory_mib {max(round_[1][1] for round_ in rounds):.0f}")


if __name__ == "__main__":
    main()
