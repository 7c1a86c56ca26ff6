"""Fixtures of the warehouse's tests."""

from __future__ import annotations

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from tests.warehouse.nights import Town


@pytest.fixture
def town(folder: CityFolder, settings: Settings) -> Town:
    """The demo city, before its first night."""
    return Town(folder, settings)
