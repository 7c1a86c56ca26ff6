"""What a person decides through the pages: kept at once, logged, taken back; by no stranger."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest
from sqlalchemy import select

from cities.folder import CityFolder, Home
from cities.settings import Settings
from decisions.models import AuditEntry
from decisions.occasions import under_way
from decisions.store import open_store
from tests.review.conftest import CLOSED, make_closed_town, object_for
from tests.review.decided import decide
from tests.review.snapshots import AS_OF, OCCASION, name_of, night

CITY = "/fr/montreval"
SHOP = f"{CITY}/ouvertures/A20260001"


@pytest.fixture
def person(client: httpx.Client, settings: Settings) -> Person:
    """A person at the pages of a city where some things are decided."""
    decide(settings)
    return Person(client)


class Person:
    """Reads pages and sends their forms, as a browser does."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def read(self, path: str, status: int = 200) -> str:
        """The page as text."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == status, path
        return answer.text.replace("&#39;", "'").replace("\xa0", " ")

    def press(self, path: str, label: str, **typed: str) -> str:
        """Fill the form whose button bears this label, send it; gives the page that follows."""
        form = next(
            form
            for form in re.findall(r"<form method=\"post\".*?</form>", self.read(path), re.DOTALL)
            if re.search(rf"<button[^>]*>\s*{re.escape(label)}", form)
        )
        action = re.search(r'action="([^"]+)"', form)
        assert action
        inputs = re.findall(r'<input type="\w+"(?: id="[^"]*")? name="(\w+)" value="([^"]*)"', form)
        answer = self.client.post(action[1], data=dict(inputs) | typed)
        assert answer.status_code == 303, answer.text
        return self.read(answer.headers["location"].partition("#")[0])


def kinds(settings: Settings) -> list[str]:
    """The acts that the log holds, newest last."""
    with open_store(settings) as store, store.reading() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.entry_id)))


def test_an_opening_is_confirmed_then_taken_back(person: Person, settings: Settings) -> None:
    assert "À confirmer" in person.read(SHOP)
    page = person.press(SHOP, "Confirmer", held_on="2026-12-05", handle="@cardons@halle.example")
    assert "AUX CARDONS 1" in page
    assert "5 décembre 2026" in page
    assert "Confirmée" in person.read(SHOP)
    with open_store(settings) as store, store.reading() as session:
        found = [o for o in under_way(session, "montreval") if o.opening_id == "A20260001"]
    assert [(o.kind, o.on, o.trade) for o in found] == [("opening", date(2026, 12, 5), None)]
    person.press(SHOP, "Annuler la confirmation")
    assert "À confirmer" in person.read(SHOP)
    assert kinds(settings)[-2:] == ["occasion_opened", "occasion_withdrawn"]


def test_an_opening_is_set_aside_then_taken_back(person: Person, settings: Settings) -> None:
    page = person.press(SHOP, "L’écarter", reason="at_home")
    assert "Indépendant à domicile" in page
    assert "Confirmer" not in page
    assert "À confirmer" in person.press(SHOP, "La remettre à confirmer")
    assert kinds(settings)[-2:] == ["opening_set_aside", "opening_taken_back"]


def test_the_list_says_where_each_opening_stands(person: Person) -> None:
    page = person.read(f"{CITY}/ouvertures")
    assert re.search(r"À confirmer\s+\(28\)", page)
    for state, name in (("confirmed", "AUX CARDONS 3"), ("aside", "AUX CARDONS 2")):
        page = person.read(f"{CITY}/ouvertures?state={state}")
        assert re.findall(r"<h2><a[^>]+>([^<]+)", page) == [name]


def test_a_preview_lets_nobody_be_chosen(person: Person) -> None:
    preview = person.read(SHOP)
    assert "Qui inviter, et pourquoi" in preview
    assert "/decider/inviter" not in preview
    assert "/decider/inviter" in person.press(SHOP, "Confirmer")


def test_an_old_opening_is_a_business_already_there(
    person: Person, settings: Settings, town: CityFolder
) -> None:
    made = night()
    old = list(made.tables["openings"][0])
    old[12] = date(2026, 1, 3)
    made.tables["openings"][0] = tuple(old)
    made.write(town.snapshot_file(AS_OF))
    assert "Déjà installée" in person.read(SHOP)
    assert "Commerce déjà installé" in person.press(SHOP, "Confirmer")


def test_a_business_and_a_project_are_opened(person: Person, settings: Settings) -> None:
    page = person.press(
        f"{CITY}/ouvertures",
        "Ouvrir cette occasion",
        title="La Belle Étoile",
        trade="restaurant",
        address="4 place du Marché",
    )
    assert "La Belle Étoile" in page
    assert "4 place du Marché" in page
    project = f"{CITY}/occasions/project:fete"
    assert "Fête des jardins" in person.press(project, "Ouvrir cette occasion")
    assert "En cours" in person.read(project)
    with open_store(settings) as store, store.reading() as session:
        found = {o.title: (o.kind, o.project_id) for o in under_way(session, "montreval")}
    assert found["La Belle Étoile"] == ("business", None)
    assert found["Fête des jardins"] == ("project", "fete")


def test_a_guest_is_chosen_asked_and_comes(person: Person, settings: Settings) -> None:
    path = f"{CITY}/occasions/{OCCASION}"
    page = person.press(path, "A dit oui")
    page = person.press(path, "Est venu")
    assert "Annuler : est venu" in page
    project = person.press(f"{CITY}/occasions/project:fete", "Ouvrir cette occasion")
    mine = re.search(r'name="occasion_id" value="(o-\w+)"', project)
    assert mine
    chosen = person.press(f"{CITY}/occasions/{mine[1]}", "Choisir")
    assert "Choisi, pas encore invité" in chosen
    assert "L’annuler" not in chosen
    assert "Les invités que vous avez choisis" not in person.press(
        f"{CITY}/occasions/{mine[1]}", "Retirer de la liste"
    )
    assert kinds(settings)[-2:] == ["invitation_chosen", "invitation_dropped"]


def test_who_has_not_agreed_is_not_sent_to(person: Person) -> None:
    project = person.press(f"{CITY}/occasions/project:fete", "Ouvrir cette occasion")
    mine = re.search(r'name="occasion_id" value="(o-\w+)"', project)
    assert mine
    page = person.press(f"{CITY}/occasions/{mine[1]}", "Choisir")
    fields = dict(re.findall(r'name="(token|invitation_id|occasion_id)" value="([^"]+)"', page))
    answer = person.client.post(f"{CITY}/decider/invitation", data=fields | {"to": "sent"})
    assert answer.status_code == 409
    assert "has not agreed to hear from the city" in answer.text
    assert "enregistré" in answer.text


def test_a_post_is_relayed_with_permission_alone(person: Person, settings: Settings) -> None:
    path = f"{CITY}/relay"
    page = person.read(path)
    assert page.count("Chez Odile") >= 1
    assert "nomme l'occasion en toutes lettres" in page
    assert "Répondez NON" in page
    assert "https://saone.example/@p01/1" in page
    assert "rien à relayer" in page  # a post that left
    assert "Autorisation demandée" in person.press(path, "J’ai demandé l’autorisation")
    page = person.press(path, "Je l’ai relayée")
    assert "Relayée" in page
    assert kinds(settings)[-1] == "relay_relayed"
    assert f"{CITY}/relay" in person.read(f"{CITY}/occasions/{OCCASION}")
    person.press(path, "Finalement, je n’ai pas demandé")
    assert kinds(settings)[-1] == "relay_dropped"


def test_who_objects_leaves_the_relay_list_at_once(person: Person, settings: Settings) -> None:
    assert name_of("p02") in person.read(f"{CITY}/relay")
    object_for(settings, "p02")
    for path in (f"{CITY}/relay", f"{CITY}/occasions/{OCCASION}"):
        page = person.read(path)
        assert name_of("p02") not in page
        assert "p02" not in page
    shown = {"occasion_id": OCCASION, "platform": "mastodon", "post_id": "p02-1", "token": "x"}
    assert person.client.post(f"{CITY}/relay/demander", data=shown).status_code == 404


@pytest.mark.parametrize("token", ["", "guessed", "é"])
def test_a_form_that_is_not_ours_does_nothing(
    person: Person, settings: Settings, token: str
) -> None:
    before = kinds(settings)
    for verb, fields in (
        ("decider/ecarter", {"opening_id": "A20260001", "reason": "closed"}),
        ("decider/ouvrir", {"opening_id": "A20260001", "title": "X"}),
        ("decider/occasion", {"occasion_id": OCCASION, "to": "close"}),
        ("decider/inviter", {"occasion_id": OCCASION, "person_id": "p05"}),
        ("relay/demander", {"occasion_id": OCCASION, "platform": "mastodon", "post_id": "p01-1"}),
    ):
        answer = person.client.post(f"{CITY}/{verb}", data=fields | {"token": token})
        assert answer.status_code in (400, 403), verb
        assert person.client.post(f"{CITY}/{verb}", data=fields).status_code == 400
    assert kinds(settings) == before


@pytest.mark.parametrize(
    ("verb", "fields", "status"),
    [
        ("ouvrir", {"opening_id": "nowhere", "title": "X"}, 404),
        ("ouvrir", {"title": "X", "held_on": "soon"}, 400),
        ("ouvrir", {"title": "X", "score": "9"}, 400),
        ("ouvrir", {"opening_id": "A20260002", "title": "X"}, 409),
        ("ecarter", {"opening_id": "A20260001", "reason": "ugly"}, 400),
        ("ecarter", {"opening_id": "A20260003", "reason": "closed"}, 409),
        ("occasion", {"occasion_id": OCCASION, "to": "explode"}, 400),
        ("occasion", {"occasion_id": "o-none", "to": "close"}, 404),
        ("inviter", {"occasion_id": OCCASION, "person_id": "nobody"}, 404),
        ("invitation", {"occasion_id": OCCASION, "invitation_id": "i-0", "to": "sent"}, 404),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(
    person: Person, settings: Settings, verb: str, fields: dict[str, str], status: int
) -> None:
    found = re.search(r'name="token" value="([^"]+)"', person.read(SHOP))
    assert found
    before = kinds(settings)
    answer = person.client.post(f"{CITY}/decider/{verb}", data=fields | {"token": found[1]})
    assert answer.status_code == status
    assert '<html lang="fr">' in answer.text
    assert kinds(settings) == before


def test_a_closed_city_decides_on_shops_and_on_nobody(
    home: Home, client: httpx.Client, settings: Settings
) -> None:
    make_closed_town(home)
    closed = Person(client)
    page = closed.press(f"/fr/{CLOSED}/ouvertures/A20260001", "Confirmer")
    assert "Confirmée" in page
    assert client.get(f"/fr/{CLOSED}/relay").status_code == 403
    data = {"occasion_id": "o", "person_id": "p01", "token": "t"}
    assert client.post(f"/fr/{CLOSED}/decider/inviter", data=data).status_code == 403
