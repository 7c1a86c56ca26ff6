"""Posts: examples that must hold, clues that add up, any post bears reading."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.people import inhabitants_of
from scoring.mentions.reader import MentionReader
from scoring.post_text import PostText

CODES = {
    "Nice": "06088",
    "Lens": "62498",
    "Orange": "84087",
    "Aix-en-Provence": "13001",
    "Nancy": "54395",
    "Sens": "89387",
    "Tours": "37261",
    "Laval": "53130",
}
OF_THE_CITY = [
    ("Orange", "Théâtre antique d'Orange"),
    ("Nice", "vivre à Nice"),
    ("Nice", "vivre a nice"),
    ("Nice", "it's so nice in Nice today"),
    ("Aix-en-Provence", "on est bien à Aix"),
    ("Aix-en-Provence", "#aixenprovence sous le soleil"),
    ("Aix-en-Provence", "Les Aixois sont râleurs"),
    ("Nancy", "une soirée à nancy"),
    ("Sens", "marché de Sens ce matin"),
    ("Tours", "balade à Tours avec les enfants"),
    ("Lens", "le marché de Lens ce samedi"),
]
OF_ANOTHER_THING = [
    ("Nice", "have a nice day"),
    ("Nice", "Have a nice day!"),
    ("Nice", "such a lovely dress #nice #love"),
    ("Nice", "Lens-Nice 2-1"),
    ("Lens", "Lens-Nice 2-1"),
    ("Lens", "mes lens de contact"),
    ("Orange", "un jus d'orange pressé"),
    ("Orange", "mon forfait Orange ne marche plus"),
    ("Aix-en-Provence", "vacances à aix-les-bains"),
    ("Aix-en-Provence", "Aix-la-Chapelle et sa cathédrale"),
    ("Nancy", "Nancy said hello"),
    ("Sens", "le sens de la vie"),
    ("Tours", "3 tours de piste"),
    ("Laval", "Laval, Québec"),
]


@cache
def reader(name: str) -> MentionReader:
    return MentionReader(knowledge_of(CODES[name]))


@pytest.mark.parametrize(("name", "text"), OF_THE_CITY)
def test_a_post_of_the_city_is_seen(name: str, text: str) -> None:
    assert reader(name).log_odds([PostText(text)])[0] > 0


@pytest.mark.parametrize(("name", "text"), OF_ANOTHER_THING)
def test_a_post_of_another_thing_is_not(name: str, text: str) -> None:
    assert reader(name).log_odds([PostText(text)])[0] < 0


def test_a_post_without_the_name_says_nothing() -> None:
    posts = [PostText("rien"), PostText(""), PostText("voir https://nice.fr et @nice")]
    assert np.isneginf(reader("Nice").log_odds(posts)).all()
    assert reader("Nice").log_odds([]).shape == (0,)


def test_clues_add_up_and_the_best_mention_is_the_post() -> None:
    post = PostText(
        "so nice #nice #love, vivre à Nice", language="fr", hashtags=("nice", "visitnice")
    )
    readings = reader("Nice").readings(post)
    assert len(readings) > 2
    assert readings[0].log_odds == pytest.approx(reader("Nice").log_odds([post])[0], abs=1e-6)
    for reading in readings:
        total = sum(clue.contribution for clue in reading.clues)
        assert total == pytest.approx(reading.log_odds, abs=1e-6)


def test_a_prior_moves_every_reading() -> None:
    post, known = PostText("vivre à Nice"), knowledge_of(CODES["Nice"])
    moved = MentionReader(known, prior=-1.5)
    assert moved.log_odds([post])[0] == pytest.approx(reader("Nice").log_odds([post])[0] - 1.5)
    assert moved.readings(post)[0].log_odds == pytest.approx(moved.log_odds([post])[0], abs=1e-6)


def test_hashtags_that_hold_the_name_are_mentions() -> None:
    readings = reader("Nice").readings(PostText("", hashtags=("VisitNice", "nicepic", "canicela")))
    assert sorted(reading.tag for reading in readings) == ["VisitNice", "nicepic"]


def test_people_are_called_after_their_commune() -> None:
    assert {"lensois", "lensoise"} <= set(inhabitants_of("lens"))
    assert not inhabitants_of("sens")
    assert not inhabitants_of("la rochelle")


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200), st.sampled_from(["fr", "en", "xx", None]), st.lists(st.text(max_size=12))
)
def test_any_post_gets_a_figure(text: str, language: str | None, tags: list[str]) -> None:
    post = PostText(f"{text} Aix {text}", language, tuple(tags))
    found = reader("Aix-en-Provence").log_odds([post, PostText(text)])
    assert not np.isnan(found).any()
    for reading in reader("Aix-en-Provence").readings(post):
        assert all(np.isfinite(clue.contribution) for clue in reading.clues)


@pytest.mark.parametrize("text", ["Nice " * 20_000, "😀" * 500 + "Nice", "نيس Nice ניס", "#" * 99])
def test_odd_posts_are_borne(text: str) -> None:
    assert not np.isnan(reader("Nice").log_odds([PostText(text)])).any()


def test_a_commune_of_a_few_inhabitants_and_an_unknown_code_are_borne() -> None:
    for code in ("55139", "00000"):
        assert MentionReader(knowledge_of(code)).log_odds([PostText("à Nice")]).shape == (1,)
