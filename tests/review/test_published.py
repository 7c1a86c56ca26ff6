"""The pages and the warehouse agree: on the columns of a night, and on one with nothing in it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import httpx
import pytest

from cities.brief import blank_brief
from cities.folder import CityFolder, Home
from cities.settings import Settings
from tests.constants import NIGHT_1
from tests.review.conftest import served
from tests.review.snapshots import night
from warehouse.connection import open_warehouse
from warehouse.publish import publish


@pytest.fixture
def published(folder: CityFolder, settings: Settings) -> Path:
    """A night with nothing in it, published by the warehouse."""
    brief = blank_brief("montreval", NIGHT_1).model_dump_json()
    folder.brief_file(NIGHT_1).write_text(brief, encoding="utf-8")
    with open_warehouse(folder):
        pass
    return publish(folder, NIGHT_1, settings=settings)


def columns(path: Path) -> dict[str, list[tuple[str, str]]]:
    with duckdb.connect(path, read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by table_name, column_name"
        ).fetchall()
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in found:
        tables.setdefault(table, []).append((column, kind))
    return tables


def test_the_synthetic_night_has_the_columns_of_a_published_one(
    published: Path, tmp_path: Path
) -> None:
    assert columns(published) == columns(night().write(tmp_path / "synthetic.duckdb"))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "habitants",
        "equipe",
        "ouvertures",
        "sources",
        "donnees",
        "habitants?sort=reach",
        "preferences",
    ],
)
def test_an_empty_night_has_every_page(
    published: Path, home: Home, settings: Settings, page: str
) -> None:
    with served(home, settings) as address, httpx.Client(base_url=address) as client:
        answer = client.get(f"/fr/montreval/{page}")
    assert answer.status_code == 200
    assert "None" not in answer.text
