"""An objection does not wait: the person is gone from every page at the next request."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from cities.blocking import block_hash
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.objections import block
from decisions.store import open_store
from operate.arguments import account_of
from tests.review.conftest import object_for
from tests.review.snapshots import AS_OF, KEY, name_of, night

SQL = Path(__file__).parents[2] / "review" / "sql"
OF_PERSONS = (
    "residents",
    "scores",
    "posts",
    "post_themes",
    "rankings",
    "team",
    "invitations",
    "relays",
    "weight_moves",
)
PAGES = (
    "/fr/montreval/",
    "/fr/montreval/habitants",
    "/fr/montreval/habitants?theme=gastronomy",
    "/fr/montreval/equipe",
    "/fr/montreval/preferences",
    "/fr/montreval/ouvertures/A20260001",
    "/fr/montreval/occasions/project:fete",
)


def invited(client: httpx.Client, person: str) -> list[str]:
    """The openings for which a person is proposed."""
    addresses = [f"/fr/montreval/ouvertures/A2026{n:04d}" for n in range(1, 31)]
    return [path for path in addresses if f"/habitants/{person}" in client.get(path).text]


@pytest.mark.parametrize("person", ["p01", "p03"])
def test_a_blocked_person_vanishes_at_once(
    client: httpx.Client, settings: Settings, person: str
) -> None:
    asked_before = invited(client, person)
    assert client.get(f"/fr/montreval/habitants/{person}").status_code == 200
    assert name_of(person) in client.get("/fr/montreval/equipe").text

    object_for(settings, person)

    assert client.get(f"/fr/montreval/habitants/{person}").status_code == 404
    for path in (*PAGES, *asked_before):
        page = client.get(path)
        assert page.status_code == 200
        assert name_of(person) not in page.text
        assert f"/habitants/{person}" not in page.text
    assert "sur 59" in client.get("/fr/montreval/habitants").text
    assert "<strong>11</strong>" in client.get("/fr/montreval/").text


@pytest.mark.parametrize(
    "written",
    ["x:@Marie", "https://www.instagram.com/marie/", "https://carnet.example/", "marie@a.example"],
)
def test_an_account_of_each_platform_vanishes_at_once(
    client: httpx.Client, settings: Settings, town: CityFolder, written: str
) -> None:
    account = account_of(written)
    made = night()
    for place, (person, *fields) in enumerate(made.tables["residents"]):
        if person == "p02":
            mark = block_hash(KEY, account.platform, account.author_id)
            made.tables["residents"][place] = (person, *fields[:-1], [mark])
    made.write(town.snapshot_file(AS_OF))
    assert client.get("/fr/montreval/habitants/p02").status_code == 200
    with open_store(settings) as store, store.act("montreval", actor="dpo", at=AS_OF) as act:
        block(act, account)
    assert client.get("/fr/montreval/habitants/p02").status_code == 404


def test_others_stay(client: httpx.Client, settings: Settings) -> None:
    object_for(settings, "p01")
    assert client.get("/fr/montreval/habitants/p02").status_code == 200


def test_a_city_that_loses_its_privacy_block_closes_at_once(
    client: httpx.Client, town: CityFolder
) -> None:
    text = town.city_file.read_text(encoding="utf-8")
    closed = text.partition("# The demo city has all of this")[0].replace(
        "use: rank", "use: listen"
    )
    town.city_file.write_text(closed, encoding="utf-8")
    assert client.get("/fr/montreval/habitants").status_code == 403
    assert "Ce qui ouvre le classement" in client.get("/fr/montreval/").text


@pytest.mark.parametrize("path", sorted(SQL.glob("*.sql")), ids=lambda path: path.stem)
def test_each_query_of_persons_goes_through_the_block_list(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    assert "snapshot.residents" not in sql
    if any(f"snapshot.{table}" in sql for table in OF_PERSONS) or "residents_shown" in sql:
        if path.stem in ("team_constraints", "team_draw"):  # counts of the team, no person
            return
        assert "residents_shown($blocked::varchar[])" in sql
        assert "shown" in sql.partition("residents_shown")[2]
