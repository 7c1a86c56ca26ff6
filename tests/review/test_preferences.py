"""Preferences said on the pages, and the weights that a person accepts or puts back."""

from __future__ import annotations

import httpx
import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from decisions import preferences, weights
from decisions.store import open_store
from tests.review.conftest import object_for
from tests.review.learnt import PROPOSAL, PROPOSED, learnt
from tests.review.snapshots import AS_OF, account_of, name_of, night
from tests.review.test_deciding import Person

PAGE = "/fr/montreval/preferences"
RANKING = "/fr/montreval/habitants?theme=wine"


@pytest.fixture
def person(client: httpx.Client) -> Person:
    """A person at the pages of a city where nothing is decided."""
    return Person(client)


def said(settings: Settings) -> list[tuple[str, str, str]]:
    with open_store(settings) as store, store.reading() as session:
        found = preferences.all_preferences(session, "montreval")
    return [(one.preferred.author_id, one.other.author_id, one.theme) for one in found]


def accepted_id(settings: Settings) -> str | None:
    with open_store(settings) as store, store.reading() as session:
        found = weights.accepted(session, "montreval")
    return found.proposal_id if found else None


def test_a_preference_is_said_of_a_pair_counted_and_taken_back(
    person: Person, settings: Settings
) -> None:
    assert "0 préférences sur 50" in person.read(PAGE)
    page = person.press(PAGE, "Plutôt")
    assert "1 préférences sur 50" in page
    ((preferred, other, theme),) = said(settings)
    assert preferred != other
    assert theme == ""
    # The next pair is another one.
    person.press(PAGE, "Plutôt")
    pairs = {frozenset(pair) for *pair, _ in said(settings)}
    assert len(pairs) == 2
    person.press(PAGE, "Retirer")
    assert len(said(settings)) == 1


def test_a_preference_is_said_in_the_ranking_of_a_theme(person: Person, settings: Settings) -> None:
    chosen = {"preferred": "p04", "other": "p06"}
    page = person.press(RANKING, "Enregistrer", **chosen)
    assert "Habitants" in page
    assert said(settings) == [(account_of("p04")[1], account_of("p06")[1], "wine")]


def test_proposed_weights_are_told_accepted_and_put_back(
    person: Person, settings: Settings, town: CityFolder
) -> None:
    page = person.read(PAGE)
    assert "dans 78 % des cas (de 74 % à 82 %)" in page.replace("\u202f", " ")
    assert "entrées : 2 ; sorties : 2" in page
    page = person.press(PAGE, "Accepter les poids proposés")
    assert accepted_id(settings) == PROPOSAL
    assert "Accepter les poids" not in page
    made = night()
    made.tables |= learnt(AS_OF, weights_from=PROPOSAL)
    made.write(town.snapshot_file(AS_OF))
    resident = person.read("/fr/montreval/habitants/p01")
    assert "appris des préférences, acceptés par une personne" in resident
    page = person.press(PAGE, "Revenir aux poids de la ville")
    assert accepted_id(settings) is None
    assert "ils comptent dès la nuit suivante" in page
    assert "Accepter les poids" in page


@pytest.mark.parametrize("state", ["too_few", "no_gain"])
def test_what_is_not_proposed_cannot_be_accepted(
    person: Person, settings: Settings, town: CityFolder, state: str
) -> None:
    token = dict(PROPOSED, token="")
    assert person.client.post(f"{PAGE}/accepter", data=token).status_code == 400
    page = person.read(PAGE)
    form_token = page.partition('name="token" value="')[2].partition('"')[0]
    made = night()
    made.tables |= learnt(AS_OF, state=state)
    made.write(town.snapshot_file(AS_OF))
    assert "rien n’est proposé" in person.read(PAGE)
    answer = person.client.post(
        f"{PAGE}/accepter", data={"token": form_token, "proposal_id": PROPOSAL}
    )
    assert answer.status_code == 404
    assert accepted_id(settings) is None


def test_a_stranger_s_form_decides_nothing(person: Person, settings: Settings) -> None:
    forms = {
        "dire": {"preferred": "p01", "other": "p02"},
        "accepter": {"proposal_id": PROPOSAL},
        "revenir": {},
    }
    for name, form in forms.items():
        answer = person.client.post(f"{PAGE}/{name}", data={"token": "x", **form})
        assert answer.status_code == 403
    assert (said(settings), accepted_id(settings)) == ([], None)


def test_who_objects_leaves_the_pairs_at_once(person: Person, settings: Settings) -> None:
    person.press(RANKING, "Enregistrer", preferred="p11", other="p06")
    assert person.read(PAGE).count(name_of("p11")) >= 2
    object_for(settings, "p11")
    assert name_of("p11") not in person.read(PAGE)
    assert said(settings) == []
