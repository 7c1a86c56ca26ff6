"""An occasion that people decided keeps the trade of its opening, however old that is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cities.brief import Occasion
from cities.folder import CityFolder
from cities.model import Project
from cities.settings import Settings
from outreach.occasions import OPENING_DAYS, read_occasions
from tests.constants import NIGHT_1, NIGHT_2
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


def test_what_is_settled_is_not_proposed_again(folder: CityFolder, settings: Settings) -> None:
    town = Town(folder, settings)
    town.land(opening(1), opening(2), opening(3), source=REGISTER)
    confirmed = Occasion(occasion_id="o1", kind="opening", title="Odile", opening_id="A20260001")
    town.load(occasions=[confirmed.model_dump()], settled=["opening:A20260002"])
    with open_warehouse(folder, read_only=True) as warehouse:
        found = read_occasions(warehouse, NIGHT_1)
    assert [o.occasion_id for o in found] == ["o1", "opening:A20260003"]


def test_to_confirm_an_opening_keeps_its_activity(folder: CityFolder, settings: Settings) -> None:
    town = Town(folder, settings)
    town.land(*(opening(number) for number in range(1, 9)), source=REGISTER)
    town.load()
    with open_warehouse(folder, read_only=True) as warehouse:
        before = {o.opening_id: o.activity_id for o in read_occasions(warehouse, NIGHT_1)}
    decided = [
        Occasion(occasion_id=f"o{n}", kind="opening", title="Odile", opening_id=f"A2026000{n}")
        for n in range(1, 9)
    ]
    town.load(NIGHT_2, occasions=[occasion.model_dump() for occasion in decided])
    with open_warehouse(folder, read_only=True) as warehouse:
        after = {o.opening_id: o.activity_id for o in read_occasions(warehouse, NIGHT_2)}
    assert after == before
    assert len(set(before.values())) > 1


def test_a_project_of_the_city_is_proposed_until_it_is_over(
    folder: CityFolder, settings: Settings
) -> None:
    town = Town(folder, settings)
    garden = Project(
        project_id="jardins", title="Fête des jardins", themes=("nature",), place="Parc du Moulin"
    )
    past = garden.model_copy(update={"project_id": "past", "on": date(2026, 11, 1)})
    over = garden.model_copy(update={"project_id": "over"})
    begun = garden.model_copy(update={"project_id": "begun", "activity": "open_class"})
    decided = Occasion(
        occasion_id="o1", kind="project", title="Les jardins ouverts", project_id="begun"
    )
    town.load(occasions=[decided.model_dump()], settled=["project:over"])
    with open_warehouse(folder, read_only=True) as warehouse:
        found = read_occasions(warehouse, NIGHT_1, projects=(garden, past, over, begun))
    assert [(o.occasion_id, o.themes, o.activity_id) for o in found] == [
        ("o1", ("nature",), "open_class"),
        ("project:jardins", ("nature",), "meeting"),
    ]
    assert found[1].address == "Parc du Moulin"
