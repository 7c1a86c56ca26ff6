"""Posts to relay: whose, of which days, how sure, with evidence that adds up; and the letter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from cities.brief import Account
from cities.folder import CityFolder
from cities.reading import read_city
from cities.settings import Settings
from outreach.occasions import Occasion
from outreach.relay import Found, propose_relays, relay_text, terms_of, write_terms
from outreach.sentences import reason_sentence
from outreach.trades import Language
from tests.constants import NIGHT_1, NIGHT_2, ROOT
from tests.warehouse.nights import Town, author, gone, member, post
from warehouse.connection import open_warehouse

CITY = read_city(ROOT / "cities" / "examples" / "montreval.yaml")
DAY = date(2026, 11, 14)
SHOP = Occasion(
    "o-1",
    "business",
    "Aux Cardons",
    None,
    "restaurant",
    ("gastronomy", "wine"),
    "meeting",
    address="12 quai des Tanneurs",
    handle="@cardons_71@saone.example",
    held_on=DAY,
)
EVENING = NIGHT_1.replace(day=14, hour=19)


@pytest.fixture
def town(folder: CityFolder, settings: Settings) -> Town:
    """A town that invited anna; bea was not asked."""
    return Town(folder, settings)


def invited(name: str = "anna", **changes: Any) -> dict[str, Any]:
    """An invitation to the shop, as the brief states it."""
    fields = {
        "invitation_id": f"i-{name}",
        "occasion_id": "o-1",
        "account": Account(platform="mastodon", author_id=f"{name}@saone.example"),
        "state": "accepted",
        "changed_at": NIGHT_1,
        "sent_at": NIGHT_1 - timedelta(days=9),
    }
    return fields | changes


def found(
    town: Town,
    *texts: str,
    invitation: dict[str, Any] | None = None,
    theme: float = 0.0,
    occasion: Occasion = SHOP,
    relevance: float = 0.9,
    by: str = "anna",
    **changes: Any,
) -> list[Found]:
    """What is proposed when `by` writes these texts, the evening of the occasion unless said."""
    fields = {"published_at": EVENING} | changes
    posts = [post(n, by, text=text, **fields) for n, text in enumerate(texts, start=1)]
    town.land(author(by), *posts)
    guest = invitation or invited()
    town.load(members=[member("anna")], invitations=[guest])
    with open_warehouse(town.folder) as warehouse:
        warehouse.execute(
            f"insert into persons values ('p-{by}', 'mastodon', '{by}@saone.example', null)"
        )
        warehouse.execute(
            "insert into post_relevance"
            f" select platform, post_id, {relevance}, 1, [], 'm' from posts"
        )
        warehouse.execute(
            "insert into post_themes select platform, post_id, 'gastronomy',"
            f" {theme}, 1, [], 'm' from posts"
        )
        write_terms(warehouse, [occasion])
        return list(propose_relays(warehouse, "Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Belle table aux CARDONS hier", "relay_name"),
        ("#AuxCardons, une adresse !", "relay_name"),
        ("Merci @cardons_71 pour l'accueil", "relay_handle"),
        ("Ils sont au 12, quai des Tanneurs", "relay_street"),
        ("Les cardons de ce midi, quelle fête", "relay_words"),
    ],
)
def test_a_post_that_names_the_business_is_proposed(town: Town, text: str, why: str) -> None:
    (one,) = found(town, text)
    assert why in {name for name, _, _ in one.evidence}
    assert one.total == pytest.approx(sum(amount for _, amount, _ in one.evidence))
    assert 0.5 <= one.probability < 1
    assert (one.occasion_id, one.person_id) == ("o-1", "p-anna")


def test_the_theme_counts_on_the_day_alone(town: Town) -> None:
    (one,) = found(town, "Quel dîner !", theme=0.9)
    assert [name for name, _, _ in one.evidence] == ["relay_base", "relay_theme", "relay_that_day"]


def test_the_theme_alone_is_not_enough_on_another_day(town: Town) -> None:
    later = EVENING + timedelta(days=2)
    assert found(town, "Quel dîner !", theme=0.9, published_at=later) == []


@pytest.mark.parametrize(
    ("changes", "is_proposed"),
    [
        ({"published_at": EVENING - timedelta(days=1)}, False),  # before the day
        ({"published_at": EVENING - timedelta(hours=19, minutes=30)}, True),  # 00:30 in the city
        ({"published_at": NIGHT_1}, True),
        ({"relevance": 0.3}, False),
        ({"by": "bea"}, False),
        ({"invitation": invited(state="chosen")}, False),
        ({"invitation": invited(state="declined")}, False),
        ({"invitation": invited(state="sent")}, True),
    ],
)
def test_whose_posts_and_of_which_days(
    town: Town, changes: dict[str, Any], is_proposed: bool
) -> None:
    assert bool(found(town, "Soirée aux Cardons", **changes)) is is_proposed


def test_without_a_day_the_invitation_counts(town: Town) -> None:
    occasion = Occasion("o-1", "project", "Fête du quai", None, "", ("music",), "meeting")
    guest = invited(sent_at=EVENING - timedelta(days=1), changed_at=NIGHT_1, state="came")
    (one,) = found(town, "À la fête du quai", invitation=guest, occasion=occasion)
    assert "relay_came" in {name for name, _, _ in one.evidence}
    assert "relay_that_day" not in {name for name, _, _ in one.evidence}


def test_of_several_the_surest_comes_first_and_the_rest_stays_out(town: Town) -> None:
    posts = found(town, "Rien à voir", "Au quai des Tanneurs", "Aux Cardons, quai des Tanneurs")
    assert [one.post_id[-1] for one in posts] == ["3", "2"]


def test_a_refused_post_is_not_proposed_again(town: Town) -> None:
    (one,) = found(town, "Aux Cardons")
    refused = {
        "relay_id": "r-1",
        "occasion_id": "o-1",
        "account": Account(platform="mastodon", author_id="anna@saone.example"),
        "post_id": one.post_id,
        "state": "refused",
        "changed_at": NIGHT_1,
    }
    town.load(NIGHT_2, members=[member("anna")], invitations=[invited()], relays=[refused])
    with open_warehouse(town.folder) as warehouse:
        assert propose_relays(warehouse, "Europe/Paris") == ()


def test_terms_are_those_of_decided_occasions_alone(town: Town) -> None:
    town.load()
    proposal = Occasion("opening:A1", "opening", "Chez Odile", "A1", "", (), "meeting")
    with open_warehouse(town.folder) as warehouse:
        write_terms(warehouse, [SHOP, proposal])
        rows = warehouse.execute("select occasion_id from occasion_terms").fetchall()
    assert rows == [("o-1",)]


@pytest.mark.parametrize(
    ("title", "weight"), [("Le Bar", 2.0), ("Aux Cardons", 4.0), ("Fête des jardins", 4.0)]
)
def test_a_name_of_everyday_words_says_less(title: str, weight: float) -> None:
    occasion = Occasion("o-1", "business", title, None, "", (), "meeting")
    assert terms_of(occasion).weight_phrase == weight


@pytest.mark.parametrize("address", ["", "Montréval", "71990 Montréval", "12 place"])
def test_an_address_without_a_street_says_nothing(address: str) -> None:
    occasion = Occasion("o-1", "business", "Odile", None, "", (), "meeting", address=address)
    assert terms_of(occasion).streets == ()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_asks_and_obliges_to_nothing(language: Language) -> None:
    letter = relay_text(CITY, "Aux Cardons", "https://saone.example/@anna/1", language=language)
    for needed in ("dpo@montreval.example", "STOP", "CNIL", "Aux Cardons", "@anna/1", "365"):
        assert needed in letter
    assert re.search(r"Répondez NON|Answer NO", letter)
    assert "$" not in letter
    for name in ("base", "name", "words", "handle", "street", "theme", "that_day", "came"):
        assert reason_sentence(f"relay_{name}", 1.0, "x", language=language)


def test_a_post_that_leaves_takes_its_proposal_along(town: Town) -> None:
    (one,) = found(town, "Aux Cardons")
    with open_warehouse(town.folder) as warehouse:
        warehouse.execute(
            "insert into relay_proposals values ('o-1', 1, 'p-anna', 'mastodon', ?, ?, 0.9, 2, [])",
            [one.post_id, one.author_id],
        )
    town.land(gone("post", one.post_id, observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.value("select count(*) from relay_proposals") == 0
