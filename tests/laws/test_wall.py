"""The snapshot is the wall: what a source only listens to shows no person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo.generate import WorldSize, generate
from demo.serve import Proxy, running
from demo.world import read_world
from review.snapshot import Snapshots
from tests.constants import NIGHT_1, NIGHT_2
from tests.laws.nights import Stage, new_stage, run_night
from warehouse.connection import open_warehouse

TABLES_OF_PERSONS = (
    "residents",
    "scores",
    "posts",
    "post_themes",
    "rankings",
    "team",
    "invitations",
    "relays",
    "weight_moves",
)


def listening(proxy: Proxy) -> str:
    """The demo city's file with every source set to listen."""
    return re.sub("use: (rank|members)", "use: listen", proxy.city_file)


def persons_published(stage: Stage) -> dict[str, int]:
    """How many rows the newest snapshot has in each table that speaks of persons."""
    import duckdb  # noqa: PLC0415 - the wall is tried from outside the pages' own reader

    newest = max(stage.folder.snapshots.glob("*.duckdb"))
    with duckdb.connect(newest, read_only=True) as snapshot:
        return {
            table: snapshot.table(table).count("*").fetchall()[0][0] for table in TABLES_OF_PERSONS
        }


@pytest.fixture(scope="module")
def listened(session_proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A city that only listens, after night 1."""
    directory = tmp_path_factory.mktemp("listen")
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_1)
    stage = new_stage(directory / "data", session_proxy, city_file=listening(session_proxy))
    run_night(stage, NIGHT_1)
    return stage


def test_a_listening_city_publishes_no_person(listened: Stage) -> None:
    assert persons_published(listened) == dict.fromkeys(TABLES_OF_PERSONS, 0)


def test_counts_are_of_ten_authors_at_least(tmp_path: Path) -> None:
    # Forty authors over four platforms make no cell of ten: here they are all on one.
    generate(tmp_path / "world", size=WorldSize(40, 500, openings=8, platforms={"mastodon": 1.0}))
    with running(tmp_path / "world", now=NIGHT_1) as proxy:
        stage = new_stage(tmp_path / "data", proxy, city_file=listening(proxy))
        run_night(stage, NIGHT_1)
    volumes = Snapshots().newest(stage.folder).rows("volumes")
    assert volumes
    assert all(row["count_authors"] >= 10 for row in volumes)


def test_no_name_passes_the_wall(listened: Stage, tiny_world: Path) -> None:
    world = read_world(tiny_world)
    newest = max(listened.folder.snapshots.glob("*.duckdb")).read_bytes()
    assert [a.username for a in world.authors if a.username.encode() in newest] == []


def test_a_listening_city_keeps_no_profile(listened: Stage) -> None:
    with open_warehouse(listened.folder, read_only=True) as warehouse:
        assert warehouse.table("authors").fetchall() == []
        assert warehouse.table("edges").fetchall() == []
        for table in ("author_scores", "author_days", "author_theme_days"):
            assert warehouse.table(table).fetchall() == [], table
        assert warehouse.table("posts").fetchall()


def test_a_source_that_only_listens_from_now_on_loses_its_persons(
    first_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    stage = first_night.copy(tmp_path / "data")
    assert all(persons_published(stage)[table] for table in ("residents", "posts", "rankings"))
    stage.folder.city_file.write_text(listening(proxy), encoding="utf-8")
    proxy.set_clock(NIGHT_2)
    run_night(stage, NIGHT_2)
    assert persons_published(stage) == dict.fromkeys(TABLES_OF_PERSONS, 0)
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        for table in ("authors", "author_days", "author_theme_days"):
            assert warehouse.table(table).fetchall() == [], table
