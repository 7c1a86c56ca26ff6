"""Residency: declared homes, and who works, rests, stays for a while or once lived in the city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.communes import find_commune
from cities.folder import CityFolder
from cities.model import Names
from cities.reading import read_city
from scoring.city_terms import city_terms
from scoring.residency_declared import BIOS, PLACES
from scoring.residency_places import HomeReader
from scoring.run import score
from tests.scoring.small_city import CITY_FILE, NIGHT_1, Row, author, insert, post
from warehouse.connection import open_warehouse

PLACES_OF_AIX = {
    "Aix-en-Provence": "city",
    "aix en provence 🌞": "city",
    "Lyon → Aix-en-Provence": "city",
    "Aix-en-Provence / Berlin": "city_and_other",
    "Aix & Lyon": "city_and_other",
    "Aix-en-Provence - Paris": "city_and_other",
    "Bouches-du-Rhône": "land",
    "Gardanne": "near",
    "Aix-les-Bains": "elsewhere",
    "Rennes": "elsewhere",
    "Québec": "elsewhere",
    "Arles": "elsewhere",
    "Née à Aix-en-Provence": "past",
    "ex-Aixoise": "past",
    "Aixois": "city",
    "France": "",
    "quelque part": "",
    "Nantes ou Lille": "",
}
BIOS_OF_AIX = {
    "Photos et cafés 📍 Aix-en-Provence": "city",
    "📍Nantes · j'aime Aix-en-Provence": "elsewhere",
    "Je vis à Rennes. Chats.": "elsewhere",
    "Basée à Gardanne": "near",
    "Aixoise, maman de deux enfants": "inhabitant",
    "Ancienne Aixoise exilée dans le Nord": "past",
    "J'ai quitté Aix-en-Provence en mai": "past",
    "Je travaille à Aix-en-Provence": "works",
    "Aix-en-Provence le week-end": "part",
    "Tout sur Aix-en-Provence": "named",
    "Curiste à Aix-les-Bains": "elsewhere",
    "Vit dans ses livres": "",
    "": "",
}
PLACES_OF_MONTREVAL = {
    "Montréval (71)": "city",
    "Montréval, Bourgogne": "city",
    "Montréval (38)": "elsewhere",
    "Montréval-les-Bains": "elsewhere",
    "Montréval / Lyon": "city_and_other",
    "Mâcon": "near",
}


NAMES = Names(hashtags=("aixenprovence",), inhabitants=("Aixois", "Aixoise"))


@cache
def aix() -> HomeReader:
    commune = find_commune("Aix-en-Provence")
    city = read_city(CITY_FILE).model_copy(update={"commune": commune, "names": NAMES})
    return HomeReader(city_terms(city), commune)


@pytest.mark.parametrize(("typed", "kind"), PLACES_OF_AIX.items())
def test_a_declared_place_is_set_against_the_city(typed: str, kind: str) -> None:
    assert aix().place(typed) == kind


@pytest.mark.parametrize(("bio", "kind"), BIOS_OF_AIX.items())
def test_a_presentation_says_where_one_lives_or_lived(bio: str, kind: str) -> None:
    assert aix().bio(bio).kind == kind


@pytest.mark.parametrize(("typed", "kind"), PLACES_OF_MONTREVAL.items())
def test_a_city_that_is_on_no_list_is_read_too(typed: str, kind: str) -> None:
    city = read_city(CITY_FILE)
    assert HomeReader(city_terms(city), city.commune).place(typed) == kind


def test_a_name_that_is_also_a_land_is_perhaps_the_city() -> None:
    commune = find_commune("Vienne")
    names = Names(hashtags=("vienne",))
    city = read_city(CITY_FILE).model_copy(update={"commune": commune, "names": names})
    reader = HomeReader(city_terms(city), commune)
    kinds = [reader.place(typed) for typed in ("Vienne", "Vienne (38)", "Vienne (86)", "Isère")]
    assert kinds == ["perhaps", "city", "elsewhere", "land"]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert aix().place(text) in {"", *PLACES}
    assert aix().bio(f"📍 {text} aix en provence").kind in {"", *BIOS}


def _posts(name: str, days: Iterator[int], *, hour: int) -> Iterator[Row]:
    for number, day in enumerate(days):
        moment = NIGHT_1 - timedelta(days=day, hours=-hour, minutes=7)
        yield post(name, number, f"Belle journée {number} #montreval", published_at=moment)


def _days(*, weekdays: tuple[int, ...], of: range) -> Iterator[int]:
    return (day for day in of if (NIGHT_1 - timedelta(days=day)).weekday() in weekdays)


def values(folder: CityFolder) -> dict[str, float]:
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            "select split_part(author_id, '@', 1), value from author_scores"
            " where score = 'residency'"
        ).fetchall()
    return dict(rows)


LIVES = {
    "lives": _posts("lives", _days(weekdays=(0, 2, 5, 6), of=range(1, 75, 2)), hour=18),
    "works": _posts("works", _days(weekdays=(0, 1, 2, 3), of=range(1, 75, 2)), hour=11),
    "rests": _posts("rests", _days(weekdays=(5, 6), of=range(1, 75)), hour=11),
    "left": _posts("left", _days(weekdays=(0, 2, 5, 6), of=range(45, 119, 2)), hour=18),
}


def test_rhythm_tells_who_works_rests_or_left_from_who_lives_there(
    small_city: CityFolder,
) -> None:
    with open_warehouse(small_city) as connection:
        insert(connection, "authors", [author(name) for name in LIVES])
        for rows in LIVES.values():
            insert(connection, "posts", rows)
    score(small_city, NIGHT_1)
    found = values(small_city)
    assert max(LIVES, key=lambda name: found[name]) == "lives"
    assert found["lives"] > 0.5
    assert all(found[name] < found["lives"] - 0.1 for name in ("works", "rests", "left"))
