"""The themes as data: `scoring/themes/<theme>.yaml`, words that speak of each, and how strongly."""

from __future__ import annotations

__all__ = ["STRENGTHS", "THEMES", "Term", "read_theme", "terms_of"]

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cities.names import fold

THEMES = Path(__file__).parent / "themes"

# Log-odds of a theme for one word. Strong: the word alone makes the theme likely; medium: two
# of them do; weak: helps another word.
STRENGTHS = {"strong": 3.4, "medium": 1.7, "weak": 0.6}


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


@cache
def read_theme(theme: str) -> dict[str, Any]:
    """The file of one theme, as it stands."""
    found: dict[str, Any] = yaml.safe_load((THEMES / f"{theme}.yaml").read_text(encoding="utf-8"))
    return found


def terms_of(themes: tuple[str, ...]) -> tuple[Term, ...]:
    """All terms of these themes: each once a theme and language, with its greatest weight."""
    best: dict[tuple[str, str, str, bool], Term] = {}
    for theme in themes:
        for term in (*_words(theme), *_emoji(theme)):
            key = (term.theme, term.term, term.language, term.is_prefix)
            if key not in best or best[key].weight < term.weight:
                best[key] = term
    return tuple(best[key] for key in sorted(best))


def _words(theme: str) -> list[Term]:
    terms = []
    for language, strengths in read_theme(theme)["words"].items():
        for strength, words in strengths.items():
            for word in words:
                folded, is_prefix = fold(word), word.endswith("*")
                for form in dict.fromkeys((folded, folded.replace(" ", ""))):
                    terms.append(Term(theme, form, language, STRENGTHS[strength], is_prefix))
    return terms


def _emoji(theme: str) -> list[Term]:
    return [
        Term(theme, emoji, "any", STRENGTHS[strength], is_emoji=True)
        for strength, emojis in read_theme(theme).get("emoji", {}).items()
        for emoji in emojis
    ]
