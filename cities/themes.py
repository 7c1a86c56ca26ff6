"""Themes: the fourteen that Portevoix knows, and those that a city adds in its own file.

A theme is data: label, description, words, trades. Nothing else in the code names one. The city
file takes two blocks: `own_themes` (a theme of its own) and `theme_words` (words more or fewer of
a theme that Portevoix knows). Both are refused where they touch what no theme may: see
`cities.sensitive`.
"""

from __future__ import annotations

__all__ = [
    "ALL_THEMES",
    "Both",
    "EmojiStrengths",
    "OwnTheme",
    "Strengths",
    "ThemeId",
    "WordChanges",
    "Words",
    "label_of",
]

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from cities.data_files import read_yaml
from cities.names import fold
from cities.part import Part, Slug, Text

KNOWN = Path(__file__).parent / "data" / "themes.yaml"
# Words are looked up by their first letters: a shorter beginning would fit half the language.
SHORTEST_BEGINNING = 3


class Both(Part):
    """One text in both languages."""

    fr: Text
    en: Text


class About(Part):
    """What a theme is called, and what it is about."""

    label: Both
    description: Both


def _plain_word(word: str) -> str:
    letters = fold(word)
    if len(letters) < 2 or "*" in word[:-1]:
        raise ValueError("is no word; write two letters at least, and a star only at the end")
    if word.endswith("*") and len(letters) < SHORTEST_BEGINNING:
        raise ValueError("is too short for a star; write three letters at least before it")
    return word


def _one_emoji(text: str) -> str:
    plain = text.replace("\ufe0f", "")
    if len(plain) != 1 or plain.isalnum():
        raise ValueError("is not one plain emoji; write one such as ⛵")
    return plain


Word = Annotated[str, Field(max_length=60), AfterValidator(_plain_word)]
Emoji = Annotated[str, Field(max_length=4), AfterValidator(_one_emoji)]


class Strengths(Part):
    """Words by what they tell. A star at the end of a word stands for any ending.

    `strong`: the word alone makes the theme likely; `medium`: two of them do; `weak`: helps
    another word; `against`: speaks of something else (« restos du cœur », of no restaurant).
    """

    strong: tuple[Word, ...] = ()
    medium: tuple[Word, ...] = ()
    weak: tuple[Word, ...] = ()
    against: tuple[Word, ...] = ()


class Words(Strengths):
    """Words of any language, and those that only count in French or in English posts."""

    fr: Strengths = Strengths()
    en: Strengths = Strengths()


class EmojiStrengths(Part):
    """Emoji by what they tell."""

    strong: tuple[Emoji, ...] = ()
    medium: tuple[Emoji, ...] = ()


class OwnTheme(About):
    """A theme that a city adds.

    `trades`: trades of `outreach/trades.yaml` by name (`restaurant`), or words with which a
    business register says an activity (« location de bateaux »); `naf`: codes of NAF rev. 2.
    """

    words: Words
    emoji: EmojiStrengths = EmojiStrengths()
    trades: tuple[Text, ...] = ()
    naf: tuple[Annotated[str, Field(pattern=r"^[0-9]{2}\.[0-9]{2}[A-Z]$")], ...] = ()


class WordChanges(Part):
    """Words that a city adds to a known theme, or takes from it (written as its file has them)."""

    add: Words = Words()
    remove: tuple[Word, ...] = ()


@cache
def _known() -> dict[str, About]:
    found = read_yaml(KNOWN)
    return {theme: About.model_validate(about) for theme, about in found.items()}


ALL_THEMES = tuple(_known())


def label_of(theme: str) -> Both | None:
    """The label of a theme that Portevoix knows; None of any other."""
    return _known()[theme].label if theme in _known() else None


def _is_known(theme: str) -> str:
    if theme not in ALL_THEMES:
        raise ValueError(f"is not a known theme; choose among {', '.join(ALL_THEMES)}")
    return theme


ThemeId = Annotated[Slug, AfterValidator(_is_known)]
