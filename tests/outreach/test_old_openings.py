"""An occasion that people decided keeps the trade of its opening, however old that is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cities.brief import Occasion
from cities.folder import CityFolder
from cities.settings import Settings
from outreach.occasions import OPENING_DAYS, read_occasions
from tests.constants import NIGHT_1
from tests.warehouse.nights import REGISTER, Town, opening
from warehouse.connection import open_warehouse


@pytest.mark.parametrize("age_days", [3, OPENING_DAYS + 80])
def test_a_decided_occasion_keeps_its_trade(
    folder: CityFolder, settings: Settings, age_days: int
) -> None:
    town = Town(folder, settings)
    old = opening(published_on=(NIGHT_1 - timedelta(days=age_days)).date())
    decided = Occasion(
        occasion_id="o1", kind="opening", title="Le Fournil", opening_id=old.opening_id
    )
    town.land(old, source=REGISTER)
    town.load(occasions=[decided.model_dump()])
    with open_warehouse(folder, read_only=True) as warehouse:
        found = read_occasions(warehouse, NIGHT_1)
    assert [(o.occasion_id, o.trade) for o in found] == [("o1", "bakery")]
