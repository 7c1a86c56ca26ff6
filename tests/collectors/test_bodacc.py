"""BODACC: openings of the commune through httpx and the demo's proxy; forms of a notice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from cities.communes import find_commune
from cities.folder import CityFolder
from cities.settings import Settings
from collectors.errors import PayloadError
from collectors.json_site import ERRORS
from collectors.run import collect
from collectors.sources.bodacc import openings
from collectors.sources.bodacc.records import Notice, Town, records_of
from demo.limits import GENEROUS
from demo.world import WorldOpening
from tests.collectors.conftest import Serve
from tests.collectors.nights import BODACC, landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, opening, world

TODAY = NIGHT_1.date()
MACON = Town.of(find_commune("Mâcon"))
DAY = timedelta(days=1)


def notice(**fields: Any) -> Notice:
    """A notice of Mâcon as the register writes it; `fields` over the defaults."""
    shop = {
        "activite": "Restauration",
        "enseigne": "CHEZ ANA",
        "adresse": {
            "numeroVoie": "4",
            "typeVoie": "rue",
            "nomVoie": "Sigorgne",
            "codePostal": "71000",
            "ville": "Mâcon",
        },
    }
    row = {
        "id": "A202602201234",
        "publicationavis": "A",
        "dateparution": "2026-11-16",
        "typeavis": "annonce",
        "familleavis": "creation",
        "commercant": "MARTIN Ana",
        "ville": "MACON",
        "cp": "71000",
        "registre": ["912 345 678", "912345678"],
        "url_complete": "https://www.bodacc.fr/a",
        "listepersonnes": json.dumps({"personne": {"typePersonne": "pp", "nom": "MARTIN"}}),
        "listeetablissements": json.dumps({"etablissement": shop}),
        "acte": json.dumps({"creation": {}, "dateCommencementActivite": "2026-11-02"}),
        "parutionavisprecedent": None,
        **fields,
    }
    return Notice.model_validate(row)


def openings_of(given: Notice) -> list[dict[str, Any]]:
    """What a notice says to Mâcon."""
    return [r.model_dump() for r in records_of(given, town=MACON, as_of=NIGHT_1)]


def night(
    serve: Serve, folder: CityFolder, settings: Settings, *openings: WorldOpening
) -> list[str]:
    """Ids of the openings that one night lands."""
    serve(world([], [], openings)).set_clock(NIGHT_1)
    write_briefs(folder)
    assert collect(folder, BODACC, NIGHT_1, settings=settings).state == "done"
    return [row["opening_id"] for row in landed(folder, BODACC, "opening")]


def test_openings_of_the_commune_alone(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    found = night(
        serve, folder, settings,
        opening(1, TODAY - 2 * DAY),
        opening(2, TODAY - 3 * DAY, town="MONTREVAL CEDEX"),
        opening(3, TODAY - 4 * DAY, town="Montréval-les-Bains"),
        opening(4, TODAY - 4 * DAY, postcode="71000"),
        opening(5, TODAY - 4 * DAY, family="vente"),
        opening(6, TODAY - 119 * DAY),
        opening(7, TODAY - 121 * DAY),
    )  # fmt: skip
    assert found == ["A2026000006", "A2026000002", "A2026000001"]


def test_pages_follow_until_the_last(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    found = night(
        serve, folder, settings, *(opening(n, TODAY - (n % 3 + 1) * DAY) for n in range(230))
    )
    assert len(found) == len(set(found)) == 230


def test_a_window_beyond_the_deepest_row_is_halved(
    serve: Serve, folder: CityFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The limit alone is made small, so that the register need not be large.
    monkeypatch.setattr(openings, "DEEPEST_ROW", 100)
    rows = [opening(n, TODAY - (n % 20 + 1) * DAY) for n in range(250)]
    limits = GENEROUS.model_copy(
        update={"bodacc": GENEROUS.bodacc.model_copy(update={"deepest_row": 100})}
    )
    serve(world([], [], rows, limits=limits)).set_clock(NIGHT_1)
    write_briefs(folder)
    outcome = collect(folder, BODACC, NIGHT_1, settings=settings)
    assert (outcome.state, outcome.counts.openings) == ("done", 250)


def test_second_night_lands_only_what_is_new(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(world([], [], [opening(1, TODAY - 2 * DAY), opening(2, TODAY)]))
    write_briefs(folder)
    for as_of in (NIGHT_1, NIGHT_2):
        proxy.set_clock(as_of)
        collect(folder, BODACC, as_of, settings=settings)
    rows = landed(folder, BODACC, "opening")
    assert sorted(row["opening_id"] for row in rows) == ["A2026000001", "A2026000002"]


def test_fields_of_an_opening() -> None:
    (found,) = openings_of(notice())
    assert found["opening_id"] == "A202602201234"
    assert found["siren"] == "912345678"
    assert found["activity"] == "Restauration"
    assert found["address"] == "4 rue Sigorgne"
    assert (found["postcode"], found["town"]) == ("71000", "Mâcon")
    assert str(found["opened_on"]) == "2026-11-02"


@pytest.mark.parametrize(
    ("shop", "person", "name"),
    [
        ({"enseigne": "CHEZ ANA"}, {"nomCommercial": "ANA SARL"}, "CHEZ ANA"),
        ({}, {"nomCommercial": "LE FOURNIL", "nom": "MARTIN"}, "LE FOURNIL"),
        ({}, {"denomination": "FOURNIL SAS"}, "FOURNIL SAS"),
        ({}, {"nom": "MARTIN", "prenom": "Ana"}, "MARTIN Ana"),
    ],
)
def test_the_trade_name_comes_before_the_traders(
    shop: dict[str, str], person: dict[str, str], name: str
) -> None:
    (found,) = openings_of(
        notice(
            listeetablissements=json.dumps({"etablissement": shop}),
            listepersonnes=json.dumps({"personne": person}),
        )
    )
    assert found["name"] == name
    assert "MARTIN" not in json.dumps({**found, "name": ""}, default=str)


def test_each_establishment_of_the_town_is_an_opening() -> None:
    here = {"adresse": {"codePostal": "71000", "ville": "MACON CEDEX 9"}}
    away = {"adresse": {"codePostal": "71100", "ville": "Chalon-sur-Saône"}}
    shops = json.dumps({"etablissement": [here, away, here]})
    found = openings_of(notice(listeetablissements=shops))
    assert [row["opening_id"] for row in found] == ["A202602201234", "A202602201234-2"]


def test_a_correction_takes_the_place_of_the_first_notice() -> None:
    before = json.dumps(
        {"nomPublication": "BODACC A", "numeroParution": "20260200", "numeroAnnonce": 77}
    )
    (found,) = openings_of(notice(typeavis="rectificatif", parutionavisprecedent=before))
    assert (found["kind"], found["opening_id"]) == ("opening", "A2026020077")
    (gone,) = openings_of(notice(typeavis="annulation", parutionavisprecedent=before))
    assert (gone["kind"], gone["gone_id"], gone["reason"]) == ("gone", "A2026020077", "withdrawn")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"listeetablissements": "{not json"}, ValidationError),
        ({"dateparution": "yesterday"}, ValidationError),
        ({"typeavis": "annulation"}, PayloadError),
        ({"commercant": "", "listepersonnes": None, "listeetablissements": None}, PayloadError),
        ({"acte": json.dumps({"dateCommencementActivite": "31/31/2026"})}, ValidationError),
    ],
)
def test_odd_notices_are_told(fields: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        openings_of(notice(**fields))


@pytest.mark.parametrize(
    ("insee", "postcode", "town"),
    [
        ("71270", "71000", "MACON"),
        ("50502", "50000", "ST LO"),
        ("50502", "50000", "SAINT-LÔ CEDEX"),
        ("75056", "75012", "PARIS 12E ARRONDISSEMENT"),
        ("75056", "75012", "Paris"),
    ],
)
def test_towns_are_known_as_addresses_write_them(insee: str, postcode: str, town: str) -> None:
    assert Town.of(find_commune(insee)).has(postcode, town)


def test_every_error_of_httpx_is_mapped() -> None:
    families = [
        item
        for item in vars(httpx).values()
        if isinstance(item, type) and issubclass(item, httpx.HTTPError | httpx.InvalidURL)
    ]
    assert len(families) > 15
    assert all(any(parent in ERRORS for parent in item.__mro__) for item in families)
