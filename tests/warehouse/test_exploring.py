"""A published night as a notebook opens it: the newest, and nothing but it."""

from __future__ import annotations

from datetime import timedelta

import duckdb
import pytest

from cities.folder import CityFolder
from tests.review.snapshots import AS_OF, night
from warehouse.errors import WarehouseError
from warehouse.exploring import open_snapshot


def test_the_newest_night_is_opened(folder: CityFolder) -> None:
    for moment in (AS_OF, AS_OF + timedelta(days=1), AS_OF - timedelta(days=1)):
        night(as_of=moment).write(folder.snapshot_file(moment))
    connection = open_snapshot(folder)
    assert connection.execute("select as_of from run").fetchone() == (AS_OF + timedelta(days=1),)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "delete from posts",
        "create table kept as from posts",
        "copy posts to '{folder}/posts.csv'",
        "from read_text('{folder}/city.yaml')",
        "attach '{folder}/warehouse.duckdb' as other",
        "set enable_external_access = true",
    ],
)
def test_nothing_else_is_written_or_reached(folder: CityFolder, statement: str) -> None:
    path = night().write(folder.snapshot_file(AS_OF))
    before = path.read_bytes()
    connection = open_snapshot(folder)
    with pytest.raises(duckdb.Error):
        connection.execute(statement.format(folder=folder.root))
    connection.close()
    assert path.read_bytes() == before


def test_a_city_without_a_night_says_what_to_run(folder: CityFolder) -> None:
    with pytest.raises(WarehouseError, match=r"no published night; run `portevoix nightly montr"):
        open_snapshot(folder)


def test_a_broken_snapshot_says_what_to_do(folder: CityFolder) -> None:
    folder.snapshot_file(AS_OF).write_bytes(b"not a database")
    with pytest.raises(WarehouseError, match=r"20261117T013000Z\.duckdb: this snapshot cannot"):
        open_snapshot(folder)
