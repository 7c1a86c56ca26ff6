"""The reader of themes: any post gets finite log-odds, and words that add up to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.reading import read_city
from scoring.post_text import PostText
from scoring.theme_reader import ThemeReader
from tests.scoring.small_city import CITY_FILE

READER = ThemeReader(read_city(CITY_FILE))
ODD = [
    "",
    "🎷🎶",
    "مرحبا بالعالم",
    "concert",
    "mot " * 25_000,
    "\u202eabc\u0000",
    "a\ud800b",
    "𝓒𝓸𝓷𝓬𝓮𝓻𝓽",
]


def adds_up(post: PostText) -> None:
    """Each theme's evidence adds up to its finite log-odds."""
    (odds,) = READER.read([post])
    assert np.isfinite(odds).all()
    for theme, log_odds in zip(READER.themes, odds, strict=True):
        clues = READER.evidence(post, theme)
        assert sum(clue.contribution for clue in clues) == pytest.approx(log_odds, abs=1e-6)


@pytest.mark.parametrize("text", ODD)
def test_odd_posts_are_read(text: str) -> None:
    adds_up(PostText(text, hashtags=("été",), links=("https://exemple.fr/fête?x=1", "??")))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.lists(st.text(max_size=20), max_size=3))
def test_any_post_is_read(text: str, tags: list[str]) -> None:
    adds_up(PostText(text, hashtags=tuple(tags)))


@pytest.mark.parametrize("text", ["", "مرحبا بالعالم", "@ada https://a.example/x"])
def test_a_post_without_a_known_word_bears_on_any_theme_once_in_thirty(text: str) -> None:
    (odds,) = READER.read([PostText(text)])
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(1 / 30, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Superbe concert de jazz hier soir au kiosque", "music"),
        ("On cherche des bénévoles pour la collecte alimentaire", "solidarity"),
        ("Our choir is rehearsing Mozart tonight", "music"),
        ("#streetphotography au petit matin 📷", "photography"),
    ],
)
def test_the_likeliest_theme_is_the_one_meant(text: str, theme: str) -> None:
    (odds,) = READER.read([PostText(text)])
    assert READER.themes[int(odds.argmax())] == theme
    assert odds.max() > 0


def test_a_saying_hides_the_words_in_it() -> None:
    said, meant = READER.read(
        [
            PostText("Ce n'est pas de la tarte, ce dossier"),
            PostText("De la tarte au citron, ce soir"),
        ]
    )
    gastronomy = READER.themes.index("gastronomy")
    assert said[gastronomy] < 0 < meant[gastronomy]


def test_evidence_names_words_as_written() -> None:
    clues = READER.evidence(PostText("Quel CONCERT à l'Opéra"), "music")
    assert "CONCERT" in {clue.detail for clue in clues}
    assert clues[0].name == "base"
