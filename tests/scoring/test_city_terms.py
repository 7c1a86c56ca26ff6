"""The words of a city, from its file or from the communes list alone."""

from __future__ import annotations

import pytest

from cities.communes import find_commune
from cities.model import City
from cities.reading import read_city
from cities.sources import BodaccSource
from scoring.city_terms import city_terms, names_from_list
from tests.scoring.small_city import CITY_FILE


def bare_city(name: str) -> City:
    """A city of which only the commune is known."""
    commune = find_commune(name)
    register = BodaccSource(source_id="bodacc", platform="bodacc")
    return City(
        city_id="bare", commune=commune, names=names_from_list(commune), sources=(register,)
    )


def test_namesakes_and_neighbours_come_from_the_list() -> None:
    terms = city_terms(bare_city("Aix-en-Provence"))
    assert "aix les bains" in terms.namesakes
    assert "chambery" in terms.elsewhere
    assert "thermes" in terms.elsewhere
    assert terms.short_names == ("aix",)
    assert "aixenprovence" in terms.tags


@pytest.mark.parametrize(("name", "is_common"), [("Nice", True), ("Aix-en-Provence", False)])
def test_a_name_that_is_a_word_is_known_as_such(name: str, is_common: bool) -> None:
    assert city_terms(bare_city(name)).is_common_word is is_common


def test_a_place_is_known_without_its_first_word() -> None:
    terms = city_terms(read_city(CITY_FILE))
    assert "marche aux fleurs" in terms.everyday
    assert "tour de l horloge" in terms.monuments
    assert "l horloge" not in terms.monuments


def test_a_saint_or_an_article_is_no_short_name() -> None:
    assert city_terms(bare_city("Saint-Étienne")).short_names == ()


def test_the_city_itself_is_never_elsewhere() -> None:
    terms = city_terms(bare_city("Aix-en-Provence"))
    assert not set(terms.elsewhere) & {*terms.names, *terms.neighbours, *terms.short_names}
