"""Trades, activities, invitation lists and letters."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.model import TeamRules
from cities.reading import read_city
from outreach.invitations import LISTS_EACH, propose_invitations
from outreach.occasions import Occasion
from outreach.sentences import reason_sentence
from outreach.texts import INVITATION_FIELDS, invitation_text
from outreach.trades import Language, activities, activity_for, recognise, trades
from tests.constants import ROOT
from tests.outreach.people import people

CITY = read_city(ROOT / "cities" / "examples" / "montreval.yaml")
LANGUAGES: tuple[Language, ...] = ("fr", "en")
ASKS_FOR_A_POST = re.compile(
    r"publiez|postez|partagez|taguez|mentionnez-nous|please (post|share|tag)|hashtag", re.IGNORECASE
)


def occasion(number: int, trade: str = "restaurant") -> Occasion:
    """An invented opening of that trade."""
    themes = trades()[trade].themes if trade else ()
    return Occasion(
        f"opening:{number}", "opening", f"Maison {number}", str(number), trade, themes, "meeting"
    )


@pytest.mark.parametrize(
    ("activity", "trade"),
    [
        ("Restauration traditionnelle sur place et à emporter", "restaurant"),
        ("Commerce de détail de fleurs, compositions florales", "florist"),
        ("Vente au détail d'articles de sport", "sports_shop"),
        ("Caviste, vente de vins et spiritueux", "wine_merchant"),
        ("Prêt-à-porter féminin", "clothes_shop"),
        ("Holding, prise de participations", ""),
        ("Vingt ans de conseil en gestion", ""),
        ("", ""),
    ],
)
def test_the_register_says_the_trade_in_words(activity: str, trade: str) -> None:
    assert recognise(activity) == trade


def test_naf_wins_over_words_each_in_its_own_nomenclature() -> None:
    assert recognise("Fleuriste", naf="47.64Z", nomenclature="NAFRev2") == "sports_shop"
    assert recognise("Fleuriste", naf="47.64Z", nomenclature="NAF2025") == "toy_shop"
    assert recognise("Fleuriste", naf="47.64Z", nomenclature="NAF2008") == "florist"
    assert recognise("Fleuriste", naf="64.20Z", nomenclature="NAFRev2") == ""


@given(st.text(max_size=300))
def test_no_activity_breaks_the_reading(activity: str) -> None:
    assert recognise(activity) in {"", *trades()}


def test_each_theme_of_the_city_has_a_trade_and_each_trade_both_languages() -> None:
    assert {theme for trade in trades().values() for theme in trade.themes} >= set(CITY.themes)
    for trade in trades().values():
        assert set(trade.label) == set(LANGUAGES)
        assert trade.activities
    for activity in activities().values():
        assert set(activity.title) == set(activity.text) == set(LANGUAGES)


def test_an_occasion_keeps_its_activity() -> None:
    chosen = {activity_for("restaurant", f"opening:{number}") for number in range(40)}
    assert chosen == set(trades()["restaurant"].activities)
    assert activity_for("restaurant", "opening:1") == activity_for("restaurant", "opening:1")


def test_reasons_add_up_and_nobody_is_everywhere() -> None:
    candidates = people(60)
    occasions = [occasion(number) for number in range(12)]
    rules = TeamRules(invitations_each=6)
    proposed = propose_invitations(candidates, occasions, rules)
    assert proposed
    for item in proposed:
        assert item.score == pytest.approx(sum(amount for _, amount, _ in item.reasons))
    counts = [sum(p.person_id == person for p in proposed) for person in candidates.person_ids]
    assert max(counts) <= LISTS_EACH
    per_occasion = [sum(p.occasion_id == o.occasion_id for p in proposed) for o in occasions]
    assert max(per_occasion) <= 6
    rested = dict(zip(candidates.person_ids, candidates.rested_days, strict=True))
    assert all(rested[item.person_id] >= rules.cool_down_days for item in proposed)


def test_nobody_is_proposed_where_no_trade_is_recognised() -> None:
    assert propose_invitations(people(60), [occasion(1, "")], TeamRules()) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("activity_id", sorted(activities()))
def test_a_letter_informs_and_asks_for_no_post(language: Language, activity_id: str) -> None:
    given_occasion = Occasion("opening:1", "opening", "Chez Odile", "1", "", (), activity_id)
    letter = invitation_text(CITY, given_occasion, language=language)
    assert not ASKS_FOR_A_POST.search(letter)
    assert ("Aucune publication n'est attendue" in letter) or ("No post is expected" in letter)
    for needed in ("dpo@montreval.example", "STOP", "CNIL", "Chez Odile", "365"):
        assert needed in letter


def test_no_field_of_an_invitation_speaks_of_posting() -> None:
    names = [*INVITATION_FIELDS, *(field.name for field in fields(Occasion))]
    assert not any(re.search(r"post|publication|tag|share", name) for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence(language: Language) -> None:
    for item in propose_invitations(people(60), [occasion(1)], TeamRules()):
        for code, amount, detail in item.reasons:
            assert reason_sentence(code, amount, detail, language=language) != code
