"""Openings of Sirene: what is asked, what is kept, what is never kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from pydantic import SecretStr

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.run import collect
from collectors.sources.sirene.records import Establishment, opening_of
from demo.answers.establishments import establishment
from demo.services import SireneService
from demo.world import World, WorldOpening
from tests.collectors.conftest import Serve
from tests.collectors.nights import Row, landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, opening, world

EARLY = datetime(2026, 11, 10, 20, tzinfo=UTC)


def shop(number: int, recorded_at: datetime = EARLY, **fields: object) -> WorldOpening:
    """One establishment of the demo city."""
    row = {
        "registers": ("sirene",),
        "siret": f"{900_000_000 + number}00010",
        "insee": "71999",
        "naf": "56.10A",
        "naf25": "56.11Y",
        "opened_on": date(2026, 11, 2),
        "recorded_at": recorded_at,
        **fields,
    }
    return opening(number, recorded_at.date(), **row)


def register(*shops: WorldOpening) -> World:
    """A world with these establishments."""
    made = world([], [], shops)
    return replace(made, file=made.file.model_copy(update={"sirene": SireneService()}))


@pytest.fixture
def folder(folder: CityFolder) -> CityFolder:
    """The demo city, which reads Sirene alone."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["sources"] = [{"source_id": "sirene", "platform": "sirene"}]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    write_briefs(folder)
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the demo's key."""
    return settings.model_copy(update={"sirene_key": SecretStr("demo-token")})


def night(folder: CityFolder, settings: Settings, as_of: datetime = NIGHT_1) -> list[Row]:
    """The openings that one night lands."""
    outcome = collect(folder, "sirene", as_of, settings=settings)
    assert outcome.state == "done", outcome.sentence
    return landed(folder, "sirene", night=f"{as_of:%Y%m%d}")


def test_an_establishment_becomes_an_opening(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    serve(register(shop(1, sign="Le Poivre", is_head_office=False))).set_clock(NIGHT_1)
    (row,) = night(folder, settings)
    assert (row["opening_id"], row["siren"], row["name"]) == (
        "90000000100010",
        "900000001",
        "Le Poivre",
    )
    assert (row["naf"], row["naf_nomenclature"]) == ("56.10A", "NAFRev2")
    assert (row["address"], row["is_head_office"]) == ("1 rue des Tanneurs", False)


def test_a_late_record_is_found_by_its_treatment(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(register(shop(1), shop(2, datetime(2026, 11, 17, 8, tzinfo=UTC))))
    proxy.set_clock(NIGHT_1)
    assert [row["siren"] for row in night(folder, settings)] == ["900000001"]
    proxy.set_clock(NIGHT_2)
    assert [row["siren"] for row in night(folder, settings, NIGHT_2)] == ["900000002"]


def test_partial_diffusion_keeps_neither_name_nor_address(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    hidden = shop(1, name="MARTINE SECRET", sign="Chez Martine", is_partial=True)
    serve(register(hidden)).set_clock(NIGHT_1)
    (row,) = night(folder, settings)
    assert (row["is_partial"], row["name"], row["address"]) == (True, "", "")
    assert "ND" not in str(row)


def test_one_that_passes_to_partial_diffusion_is_emptied(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    serve(register(shop(1, sign="Le Poivre"))).set_clock(NIGHT_1)
    night(folder, settings)
    later = datetime(2026, 11, 17, 9, tzinfo=UTC)
    serve(register(shop(1, later, sign="Le Poivre", is_partial=True))).set_clock(NIGHT_2)
    (row,) = night(folder, settings, NIGHT_2)
    assert (row["is_partial"], row["name"], row["published_on"]) == (True, "", "2026-11-10")


def test_one_that_closes_is_gone(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    serve(register(shop(1))).set_clock(NIGHT_1)
    night(folder, settings)
    later = datetime(2026, 11, 17, 9, tzinfo=UTC)
    serve(register(shop(1, later, is_closed=True), shop(2, later, is_closed=True))).set_clock(
        NIGHT_2
    )
    rows = night(folder, settings, NIGHT_2)
    assert [(row["kind"], row["gone_id"]) for row in rows] == [("gone", "90000000100010")]


def test_other_towns_and_old_shops_are_not_asked_for(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    old = shop(2, opened_on=NIGHT_1.date() - timedelta(days=200))
    serve(register(shop(1, insee="71076"), old)).set_clock(NIGHT_1)
    assert night(folder, settings) == []


def test_a_sole_trader_is_not_named_by_their_own_name() -> None:
    given = establishment(shop(1, name="DUPONT JEANNE", is_sole_trader=True))
    made = opening_of(Establishment.model_validate(given), published_on=EARLY.date(), as_of=NIGHT_1)
    assert made is not None
    assert made.name == ""
    assert "DUPONT" not in made.model_dump_json()


@pytest.mark.parametrize(
    ("day", "code", "nomenclature"),
    [(date(2026, 12, 31), "47.24Z", "NAFRev2"), (date(2027, 1, 1), "47.24Y", "NAF2025")],
)
def test_an_activity_is_read_by_its_stated_nomenclature(
    day: date, code: str, nomenclature: str
) -> None:
    recorded = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
    given = establishment(shop(1, recorded, naf="47.24Z", naf25="47.24Y"))
    made = opening_of(Establishment.model_validate(given), published_on=day, as_of=NIGHT_1)
    assert made is not None
    assert (made.naf, made.naf_nomenclature) == (code, nomenclature)


def test_an_unknown_nomenclature_gives_no_code() -> None:
    given = establishment(shop(1))
    given["periodesEtablissement"][0]["nomenclatureActivitePrincipaleEtablissement"] = "NAF1993"
    made = opening_of(Establishment.model_validate(given), published_on=EARLY.date(), as_of=NIGHT_1)
    assert made is not None
    assert (made.naf, made.naf_nomenclature) == (None, None)


def test_paris_is_asked_by_its_arrondissements(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["commune"]["insee"] = "75056"
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    serve(register(shop(1, insee="75104"), shop(2, insee="75056"))).set_clock(NIGHT_1)
    assert [row["siren"] for row in night(folder, settings)] == ["900000001"]
