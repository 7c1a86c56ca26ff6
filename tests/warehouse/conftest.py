"""Fixtures of the warehouse's tests."""

from __future__ import annotations

import pytest
import yaml

from cities.folder import CityFolder
from cities.settings import Settings
from tests.warehouse.nights import OTHER_SOURCE, REGISTER, SOURCE, Town


@pytest.fixture
def folder(folder: CityFolder) -> CityFolder:
    """The demo city's folder, with two instances and one register."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    known = (SOURCE, OTHER_SOURCE, REGISTER)
    city["sources"] = [source for source in city["sources"] if source["source_id"] in known]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def town(folder: CityFolder, settings: Settings) -> Town:
    """The demo city, before its first night."""
    return Town(folder, settings)
