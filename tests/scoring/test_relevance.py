"""Relevance of any commune of the official list: names as people write them, and what misleads."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.communes import communes, find_commune
from scoring.city_terms import names_from_list, terms_of
from scoring.post_text import PostText
from scoring.relevance_names import NameReader
from scoring.relevance_reader import RelevanceReader

AIX, NICE, LENS, SAINT_DENIS, LE_HAVRE = "13001", "06088", "62498", "93066", "76351"
ODD = (
    "",
    " ",
    "🎸🎶🍷",
    "نيس جميلة",
    "x" * 100_000,
    "nice " * 20_000,
    "\x00#nice\x00",
    "'; --",
    "#",
    "#️⃣",
)


def read(insee: str, *texts: str, language: str | None = None) -> list[float]:
    posts = [PostText(text, language) for text in texts]
    return [float(found) for found in RelevanceReader.of_commune(insee).read(posts)]


def names_in(insee: str, text: str) -> list[str]:
    commune = find_commune(insee)
    reader = NameReader(terms_of(commune, names_from_list(commune)))
    found = reader.mentions(PostText(text))
    return [mention.text[mention.start : mention.end] for mention in found]


@pytest.mark.parametrize(
    ("insee", "text", "name"),
    [
        (AIX, "Vu à Aix-en-Provence", "Aix-en-Provence"),
        (AIX, "VU A AIX EN PROVENCE", "AIX EN PROVENCE"),
        (AIX, "marché d’aix", "aix"),
        (AIX, "le calisson aixenprovence", "aixenprovence"),
        (AIX, "à #Aix ce soir", "Aix"),
        (SAINT_DENIS, "la basilique de St Denis", "St Denis"),
        (SAINT_DENIS, "marche de saint denis", "saint denis"),
        (LE_HAVRE, "je pars au Havre", "Le Havre"),
        ("50502", "Vu à Saint-Lô", "Saint-Lô"),
    ],
)
def test_a_name_is_found_as_people_write_it(insee: str, text: str, name: str) -> None:
    assert names_in(insee, text) == [name]


@pytest.mark.parametrize(
    ("insee", "text"),
    [
        (AIX, "Cure à Aix-les-Bains"),
        (AIX, "Vue sur l'Île-d'Aix"),
        (AIX, "#aixlesbains"),
        (NICE, "Venice, et un délice"),
        (LENS, "les lenses"),
    ],
)
def test_a_longer_word_or_another_place_is_no_mention(insee: str, text: str) -> None:
    assert names_in(insee, text) == []


@pytest.mark.parametrize(
    ("insee", "for_it", "against_it"),
    [
        (NICE, "On se retrouve à Nice samedi", "have a nice day everyone"),
        (NICE, "Ma ville, #nice06", "#nice #love #instagood"),
        (LENS, "Braderie de Lens dimanche", "#rclens"),
        (AIX, "Soleil à Aix-en-Provence", "Soleil à Aix-les-Bains"),
        (AIX, "#aixenprovence au soleil", "#aixlesbains au soleil"),
        (AIX, "Les Aixois sont là", "Les Chambériens sont là"),
        (SAINT_DENIS, "Marché de Saint-Denis (93)", "Marché de Saint-Denis (974)"),
        (LE_HAVRE, "je pars au Havre demain", "un havre de paix"),
    ],
)
def test_clear_words_weigh_for_and_misleading_ones_against(
    insee: str, for_it: str, against_it: str
) -> None:
    one, other = read(insee, for_it, against_it)
    assert one >= 0.5
    assert one > other


def test_evidence_adds_up_to_the_probability_in_any_order() -> None:
    reader = RelevanceReader.of_commune(NICE)
    posts = [PostText(text) for text in ("Vu à Nice", *ODD, "#nice06 et les niçois", "nice")]
    found = reader.read(posts)
    for probability, clues in zip(found, reader.explain(posts), strict=True):
        total = math.fsum(clue.contribution for clue in clues)
        assert probability == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-9)
    assert reader.read(posts[::-1]).tolist() == found[::-1].tolist()


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text() | st.text("nice #àé-'’\n"), min_size=10, max_size=30))
def test_any_text_has_a_probability(texts: Sequence[str]) -> None:
    assert all(0 < found < 1 for found in read(NICE, *texts))


def test_a_commune_of_two_hundred_inhabitants_is_read() -> None:
    small = next(item.commune for item in communes() if item.commune.population == 200)
    named, other, empty = read(
        small.insee, f"Fête à {small.name} ({small.departement})", "Fête", ""
    )
    assert 0 < other < 1
    assert named > other
    assert other == empty


def test_no_posts_give_no_probabilities() -> None:
    assert read(AIX) == []
