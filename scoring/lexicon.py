"""The words that speak of each theme, and how strongly.

Those of a theme that Portevoix knows stand in `scoring/themes/<theme>.yaml`, in the form that a
city file gives to its own themes; the city file adds words to them or takes some away.
"""

from __future__ import annotations

__all__ = ["STRENGTHS", "THEMES", "Term", "terms_of", "terms_of_known"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from cities.data_files import read_yaml
from cities.model import City
from cities.names import fold
from cities.themes import ALL_THEMES, Words

THEMES = Path(__file__).parent / "themes"

# Log-odds of a theme for one word. Strong: the word alone makes the theme likely; medium: two
# of them do; weak: helps another word; against: takes back one strong word.
STRENGTHS = {"strong": 3.4, "medium": 1.7, "weak": 0.6, "against": -3.4}

# A city knows its own words: one that it adds as strong decides alone.
SAID_BY_CITY = 2.5


@dataclass(frozen=True, slots=True)
class Term:
    """One word, phrase or emoji of a theme; `is_prefix` when any ending fits.

    `language`: fr, en, or any. A phrase is also known as one word, as hashtags write it.
    """

    theme: str
    term: str
    language: str
    weight: float
    is_prefix: bool = False
    is_emoji: bool = False

    @property
    def is_phrase(self) -> bool:
        """Made of several words."""
        return " " in self.term


def terms_of(city: City) -> tuple[Term, ...]:
    """All terms of a city's themes: each once a theme and language, with its greatest weight."""
    return _each_once(term for theme in city.themes for term in _terms(city, theme))


@cache
def terms_of_known() -> tuple[Term, ...]:
    """All terms of the themes that Portevoix knows, as no city changes them."""
    return _each_once(
        term
        for theme in ALL_THEMES
        for found in (_read(theme),)
        for term in (*_words(theme, found["words"]), *_emoji(theme, found.get("emoji", {})))
    )


def _each_once(terms: Iterable[Term]) -> tuple[Term, ...]:
    best: dict[tuple[str, str, str, bool], Term] = {}
    for term in terms:
        key = (term.theme, term.term, term.language, term.is_prefix)
        if key not in best or best[key].weight < term.weight:
            best[key] = term
    return tuple(best[key] for key in sorted(best))


def _terms(city: City, theme: str) -> Iterator[Term]:
    if theme in city.own_themes:
        own = city.own_themes[theme]
        yield from _words(theme, _by_language(own.words))
        yield from _emoji(theme, own.emoji.model_dump())
        return
    known, changes = _read(theme), city.theme_words.get(theme)
    removed = {_form(word) for word in changes.remove} if changes else set()
    for term in _words(theme, known["words"]):
        if (term.term, term.is_prefix) not in removed:
            yield term
    # What a word means would still speak for the theme: a word taken away weighs against it.
    for word, is_prefix in sorted(removed):
        yield Term(theme, word, "any", STRENGTHS["against"], is_prefix)
    if changes:
        for term in _words(theme, _by_language(changes.add)):
            yield replace(term, weight=term.weight * SAID_BY_CITY)
    yield from _emoji(theme, known.get("emoji", {}))


def _by_language(words: Words) -> dict[str, dict[str, list[str]]]:
    given = words.model_dump()
    return {"fr": given.pop("fr"), "en": given.pop("en"), "any": given}


def _words(theme: str, words: dict[str, dict[str, list[str]]]) -> Iterator[Term]:
    for language, strengths in words.items():
        for strength, given in strengths.items():
            for word in given:
                folded, is_prefix = _form(word)
                for form in dict.fromkeys((folded, folded.replace(" ", ""))):
                    yield Term(theme, form, language, STRENGTHS[strength], is_prefix)


def _emoji(theme: str, emoji: dict[str, list[str]]) -> Iterator[Term]:
    for strength, given in emoji.items():
        for char in given:
            yield Term(theme, char, "any", STRENGTHS[strength], is_emoji=True)


def _form(word: str) -> tuple[str, bool]:
    return fold(word), word.endswith("*")


@cache
def _read(theme: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(THEMES / f"{theme}.yaml")
    return found
