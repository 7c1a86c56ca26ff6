"""A warehouse made by the first migrations reaches today's schema; a newer one is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from cities.folder import CityFolder
from tests.constants import ROOT
from tests.warehouse.nights import Town
from warehouse.connection import open_warehouse
from warehouse.errors import MigrationError
from warehouse.migrations import FOLDER, applied, migrate, pending

FIXTURE = ROOT / "tests" / "fixtures" / "warehouse_0006.duckdb"
SCHEMA = (
    "select table_name, column_name, data_type, is_nullable from duckdb_columns()"
    " where database_name = current_database() and not internal order by all"
)


def schema(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    views = "select view_name, sql from duckdb_views() where not internal order by all"
    return connection.execute(SCHEMA).fetchall() + connection.execute(views).fetchall()


def test_the_first_warehouse_reaches_todays_schema(folder: CityFolder) -> None:
    shutil.copy(FIXTURE, folder.warehouse)
    with open_warehouse(folder) as connection:
        upgraded = schema(connection)
        assert connection.execute("select count(*) from posts").fetchone() == (3,)
        assert pending(connection) == ()
    folder.warehouse.unlink()
    with open_warehouse(folder) as connection:
        assert schema(connection) == upgraded


def test_an_upgraded_warehouse_takes_the_next_night(town: Town) -> None:
    shutil.copy(FIXTURE, town.folder.warehouse)
    town.load()
    assert town.value("select count(*) from posts") == 3


def test_a_failed_migration_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "0001_good.sql").write_text("create table a (x integer);", encoding="utf-8")
    bad = "create table b (x integer); create table a (x integer);"
    (tmp_path / "0002_bad.sql").write_text(bad, encoding="utf-8")
    with duckdb.connect() as connection:
        with pytest.raises(MigrationError, match="0002_bad"):
            migrate(connection, tmp_path)
        assert applied(connection) == ("0001_good",)
        assert connection.execute("select count(*) from duckdb_tables()").fetchone() == (2,)


def test_a_newer_warehouse_is_refused(folder: CityFolder) -> None:
    with open_warehouse(folder) as connection:
        connection.execute("insert into migrations values ('9999_future')")
    with pytest.raises(MigrationError, match="newer Portevoix"), open_warehouse(folder):
        pass


def test_migrations_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in FOLDER.glob("*.sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
