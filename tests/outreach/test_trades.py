"""Trades of the themes, and those that a city gives to its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from cities.themes import ALL_THEMES
from outreach.trades import activities, activity_for, own_trade, recognise, trades, trades_of
from tests.cities.test_themes import BOATING, LISTED, read


@pytest.mark.parametrize(
    ("activity", "trade"),
    [
        ("Librairie, papeterie", "bookshop"),
        ("Exploitation d'un cinéma", "museum"),
        ("Vente de jouets et de jeux de société", "toy_shop"),
        ("Micro-crèche", "child_care"),
        ("Toilettage canin", "pet_shop"),
        ("Cabinet vétérinaire", "vet"),
        ("Réparation de téléphones et d'ordinateurs", "computer_shop"),
        ("Espace de coworking", "maker_space"),
        ("Massages bien-être, sans finalité thérapeutique", "spa"),
        ("Ressourcerie associative", "second_hand"),
    ],
)
def test_the_newest_themes_have_shops(activity: str, trade: str) -> None:
    assert recognise(activity) == trade


def test_every_theme_has_a_trade_and_every_trade_known_activities() -> None:
    assert {theme for trade in trades().values() for theme in trade.themes} == set(ALL_THEMES)
    for trade in trades().values():
        assert set(trade.activities) <= set(activities())


def test_no_code_of_the_register_has_two_trades() -> None:
    codes = [code for trade in trades().values() for code in trade.naf]
    assert len(set(codes)) == len(codes)


def test_a_city_gives_its_theme_a_trade_of_words_and_known_ones(tmp_path: Path) -> None:
    text = BOATING.replace("[location de bateaux]", "[location de bateaux, cafe]")
    city = read(tmp_path, LISTED + text + '    naf: ["50.30Z"]\n')
    known = trades_of(city)
    name = own_trade("boating")
    assert known[name].label == {"fr": "Navigation", "en": "Boating"}
    assert known["cafe"].themes == (*trades()["cafe"].themes, "boating")
    assert recognise("Location de bateaux", known=known) == name
    assert recognise("Location de bateaux") == ""
    assert recognise("", naf="50.30Z", nomenclature="NAFRev2", known=known) == name
    assert activity_for(name, "opening:1") == "meeting"


def test_a_city_without_themes_of_its_own_has_the_known_trades(tmp_path: Path) -> None:
    assert trades_of(read(tmp_path, LISTED.replace("  - boating\n", ""))) == trades()
