"""Fixtures of the scoring room: a city folder whose warehouse holds a small city."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.folder import CityFolder
from tests.scoring.small_city import empty_city, fill
from warehouse.connection import open_warehouse


@pytest.fixture
def small_city(tmp_path: Path) -> CityFolder:
    """The demo city's folder, two blank briefs, and the small city in its warehouse."""
    folder = empty_city(tmp_path)
    with open_warehouse(folder) as connection:
        fill(connection)
    return folder
