"""Fixtures of the scoring room: a city folder whose warehouse holds a small city."""

from __future__ import annotations

import pytest

from cities.brief import blank_brief
from cities.folder import CityFolder
from tests.scoring.small_city import NIGHT_1, NIGHT_2, fill
from warehouse.connection import open_warehouse


@pytest.fixture
def briefed(folder: CityFolder) -> CityFolder:
    """The demo city's folder with two blank briefs and an empty warehouse."""
    for night in (NIGHT_1, NIGHT_2):
        text = blank_brief("montreval", night).model_dump_json()
        folder.brief_file(night).write_text(text, encoding="utf-8")
    with open_warehouse(folder):
        pass
    return folder


@pytest.fixture
def small_city(briefed: CityFolder) -> CityFolder:
    """The same, with the small city in its warehouse."""
    with open_warehouse(briefed) as connection:
        fill(connection)
    return briefed
