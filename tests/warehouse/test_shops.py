"""One shop that two registers announce is one opening; who is partial is shown by neither."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collectors.records import Opening
from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import REGISTER, Town, opening

SIREN = "900000001"


def notice(number: int = 1, **changes: Any) -> Opening:
    """A notice of the BODACC."""
    fields = {"siren": SIREN, "address": "4 rue des Tanneurs", "published_on": date(2026, 11, 12)}
    return opening(number, **fields | changes)


def shop(nic: int = 1, **changes: Any) -> Opening:
    """An establishment of Sirene."""
    siren = changes.get("siren", SIREN)
    siret = f"{siren}{nic:05d}"
    fields = {
        "register_name": "sirene",
        "opening_id": siret,
        "siren": siren,
        "siret": siret,
        "name": "Au bon pain",
        "activity": "",
        "naf": "10.71C",
        "naf_nomenclature": "NAFRev2",
        "address": "4 RUE DES TANNEURS",
        "is_head_office": True,
    }
    return opening(1, **fields | changes)


def shops(town: Town, columns: str = "opening_id") -> list[Any]:
    """Rows of the view."""
    return town.rows(f"select {columns} from shops order by opening_id")


def test_a_notice_and_its_establishment_are_one_opening(town: Town) -> None:
    town.land(notice(), shop(), source=REGISTER)
    town.load()
    columns = "opening_id, siret, name, activity, naf, published_on, len(registers)"
    assert shops(town, columns) == [
        (notice().opening_id, f"{SIREN}00001", "Au bon pain", "Boulangerie", "10.71C",
         date(2026, 11, 12), 2)
    ]  # fmt: skip


def test_an_opening_keeps_the_id_under_which_it_was_first_seen(town: Town) -> None:
    town.land(shop(), source=REGISTER)
    town.load()
    town.land(notice(observed_at=NIGHT_2), source=REGISTER, as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert shops(town) == [(f"{SIREN}00001",)]


def test_several_shops_of_one_business_are_joined_by_their_street(town: Town) -> None:
    elsewhere = {"address": "12 quai des Verriers"}
    town.land(notice(1), notice(2, **elsewhere), shop(1), shop(2, **elsewhere), source=REGISTER)
    town.load()
    assert shops(town, "opening_id, siret") == [
        ("A20260001", f"{SIREN}00001"),
        ("A20260002", f"{SIREN}00002"),
    ]


def test_several_shops_without_a_common_street_stay_apart(town: Town) -> None:
    town.land(notice(address="1 rue A"), shop(1, address="2 rue B"), shop(2, address="3 rue C"),
              source=REGISTER)  # fmt: skip
    town.load()
    assert len(shops(town)) == 3


@pytest.mark.parametrize("is_announced", [True, False])
def test_partial_diffusion_hides_the_shop_in_both_registers(
    town: Town, *, is_announced: bool
) -> None:
    hidden = shop(name="", address="", is_partial=True)
    town.land(*([notice()] if is_announced else []), hidden, source=REGISTER)
    town.load()
    assert shops(town) == []
    assert town.value("select count(*) from openings") == 1 + is_announced


def test_one_that_becomes_partial_is_emptied(town: Town) -> None:
    town.land(shop(), source=REGISTER)
    town.load()
    hidden = shop(name="", address="", is_partial=True, observed_at=NIGHT_2)
    town.land(hidden, source=REGISTER, as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.rows("select name, address, is_partial from openings") == [("", "", True)]


def test_a_sole_trader_without_a_sign_is_counted_not_shown(town: Town) -> None:
    town.land(shop(name=""), notice(2, siren=None), source=REGISTER)
    town.load(NIGHT_1)
    assert shops(town) == [("A20260002",)]
