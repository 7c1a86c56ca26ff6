"""The figures of `benchmarks.bench_themes`, each as one function of a process of its own."""

from __future__ import annotations

__all__ = ["STEPS"]

import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from benchmarks.theme_texts import invented_posts
from cities.brief import blank_brief
from cities.folder import CityFolder
from cities.reading import read_city
from scoring import post_themes
from scoring.fresh import select_fresh
from scoring.post_text import PostText
from scoring.run import open_night
from scoring.theme_reader import ThemeReader
from warehouse.connection import open_warehouse

CITY_FILE = Path(__file__).parents[1] / "cities" / "examples" / "montreval.yaml"
AS_OF = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
WARM = 200
KIB_A_MIB = 1024


def read(count: int, _: Path) -> float:
    """Posts a second: log-odds of all themes."""
    reader = ThemeReader(read_city(CITY_FILE))
    return _rate(reader.read, count)


def explain(count: int, _: Path) -> float:
    """Posts a second: log-odds, and the evidence of what is kept."""
    reader = ThemeReader(read_city(CITY_FILE))
    return _rate(lambda posts: post_themes.rows_of(reader, _table(posts)), count)


def tfidf(count: int, _: Path) -> float:
    """Posts a second of TF-IDF and a logistic regression a theme."""
    from benchmarks.bench_themes_tfidf import taught  # noqa: PLC0415 - weighs on no other figure

    model = taught()
    return _rate(lambda posts: model.predict_proba([post.text for post in posts]), count)


def memory(count: int, _: Path) -> float:
    """MiB that the process grows by with the reader; the posts and libraries are there before."""
    posts, city = invented_posts(count), read_city(CITY_FILE)
    before = _resident_mib()
    ThemeReader(city).read(posts)
    return _resident_mib() - before


def night(count: int, home: Path) -> float:
    """Posts a second of the night's step."""
    return count / _night_seconds(count, home)


def peak(count: int, home: Path) -> float:
    """MiB of the process of the night's step at its largest."""
    _night_seconds(count, home)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_MIB


STEPS: dict[str, Callable[[int, Path], float]] = {
    "read": read, "explain": explain, "tfidf": tfidf, "memory": memory, "night": night,
    "peak": peak,
}  # fmt: skip


def _rate(run: Callable[[Sequence[PostText]], object], count: int) -> float:
    run(invented_posts(WARM, seed=1))
    posts = invented_posts(count)
    start = time.process_time()
    run(posts)
    return count / (time.process_time() - start)


def _night_seconds(count: int, home: Path) -> float:
    """Seconds of reading that many posts out of a warehouse and into it."""
    folder = CityFolder(home / "montreval")
    folder.make()
    folder.city_file.write_bytes(CITY_FILE.read_bytes())
    brief = blank_brief(folder.city_id, AS_OF).model_dump_json()
    folder.brief_file(AS_OF).write_text(brief, encoding="utf-8")
    with open_warehouse(folder) as connection:
        connection.execute("set threads = 1")
        for start in range(0, count, 10_000):
            # Made a part at a time, so that they do not weigh in what is measured.
            posts = invented_posts(min(10_000, count - start), seed=start)
            texts = _table(posts, first=start)
            connection.register("texts", texts)
            connection.execute(
                "insert into posts by name select * exclude (model), $1 as published_at,"
                " [] as source_ids, '' as url, 0 as media_count, false as is_reply,"
                " $1 as first_observed_at,"
                " $1 as observed_at from texts",
                [AS_OF],
            )
            connection.unregister("texts")
        opened = open_night(folder, connection, AS_OF)
        begun = time.process_time()
        connection.begin()
        select_fresh(opened, most_rescored=0)
        post_themes.score(opened)
        connection.commit()
        return time.process_time() - begun


def _table(posts: Sequence[PostText], *, first: int = 0) -> pa.Table:
    return pa.table({
        "platform": ["mastodon"] * len(posts),
        "post_id": [f"https://saone.example/{first + n}" for n in range(len(posts))],
        "text": [post.text for post in posts],
        "model": [""] * len(posts),
        "language": pa.array([post.language for post in posts], pa.string()),
        "hashtags": pa.array([list(post.hashtags) for post in posts], pa.list_(pa.string())),
        "links": pa.array([list(post.links) for post in posts], pa.list_(pa.string())),
    })  # fmt: skip


def _resident_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
