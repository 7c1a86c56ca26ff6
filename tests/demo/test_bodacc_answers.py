"""What httpx reads from the register: filters, order, pages, the form of a notice, errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from demo.serve import running
from tests.demo.clients import client
from tests.demo.small_world import BODACC, NIGHT_1, opening, world

RECORDS = f"https://{BODACC}/api/explore/v2.1/catalog/datasets/annonces-commerciales/records"
Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    openings = [
        opening(0, date(2026, 10, 20)),
        opening(1, date(2026, 11, 3), opened_on=date(2026, 11, 1)),
        opening(2, date(2026, 11, 5), family="vente"),
        opening(3, date(2026, 11, 5), postcode="71700", town="Tournus"),
        opening(4, date(2026, 11, 9), departement="69", postcode="69001"),
        opening(5, date(2026, 11, 16)),
        opening(6, date(2026, 11, 17)),
    ]
    with running(world([], [], openings), now=NIGHT_1) as proxy, client(proxy) as http:
        yield lambda **query: http.get(RECORDS, params=query)


def numbers(response: httpx.Response) -> list[int]:
    return [int(record["id"][-1]) for record in response.raise_for_status().json()["results"]]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('familleavis="creation"', [0, 1, 3, 4, 5]),
        ('familleavis="creation" and numerodepartement="71" and cp="71990"', [0, 1, 5]),
        ("cp in ('71990', '71700') AND dateparution>=date'2026-11-05'", [2, 3, 5]),
        ('(cp="71700" or cp="69001") and not ville="Tournus"', [4]),
        ("dateparution>date'2026-11-03' and dateparution<\"2026-11-09\"", [2, 3]),
        ("acte is null or cp not in (71990, 71700)", [4]),
    ],
)
def test_where_filters_notices_that_are_out(ask: Ask, where: str, found: list[int]) -> None:
    assert numbers(ask(where=where, order_by="id")) == found


@pytest.mark.parametrize(
    "where",
    ["familleavis==", 'cp="71990', 'prix="1"', 'cp like "7"', "cp in ()", "date'hier'", "(cp=1",
     "dateparution>=date'hier'", "cp=ville", "search(ville, 'x')"],
)  # fmt: skip
def test_a_query_that_is_not_read_is_refused_as_the_register_does(ask: Ask, where: str) -> None:
    response = ask(where=where)
    assert response.status_code == 400
    assert response.json()["error_code"] == "ODSQLError"
    assert response.json()["message"]


def test_order_and_pages_meet_every_notice_once(ask: Ask) -> None:
    pages = [ask(order_by="dateparution desc,id", limit=2, offset=n) for n in (0, 2, 4)]
    assert [numbers(page) for page in pages] == [[5, 4], [2, 3], [1, 0]]
    assert {page.json()["total_count"] for page in pages} == {6}


@pytest.mark.parametrize(
    "query", [{"limit": 101}, {"limit": "dix"}, {"limit": 100, "offset": 9901}, {"offset": -1}]
)
def test_a_page_out_of_bounds_is_refused(ask: Ask, query: dict[str, Any]) -> None:
    response = ask(**query)
    assert response.status_code == 400
    assert response.json()["error_code"] == "InvalidRESTParameterError"


def test_a_notice_carries_json_in_text(ask: Ask) -> None:
    record = ask(where='id="A2026000001"').json()["results"][0]
    shops = json.loads(record["listeetablissements"])["etablissement"]
    shop = shops[0] if isinstance(shops, list) else shops
    assert shop["activite"] == "Boulangerie"
    assert shop["adresse"]["nomVoie"] == "des Tanneurs"
    assert json.loads(record["acte"])["dateCommencementActivite"] == "2026-11-01"
    assert json.loads(record["listepersonnes"])["personne"]["denomination"] == "MAISON 1"
    assert record["registre"] == ["900000001", "900 000 001"]
    assert record["jugement"] is None


def test_establishments_are_an_object_or_a_list(ask: Ask) -> None:
    found = [json.loads(r["listeetablissements"]) for r in ask().json()["results"]]
    assert {type(one["etablissement"]) for one in found} == {dict, list}


def test_select_keeps_the_fields_that_are_asked(ask: Ask) -> None:
    assert ask(select="id,cp", limit=1, order_by="id").json()["results"] == [
        {"id": "A2026000000", "cp": "71990"}
    ]
    assert ask(select="prix").status_code == 400
