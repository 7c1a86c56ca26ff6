"""What no theme may touch: what article 9 of the GDPR forbids to infer of people.

A theme tells of each resident how much they speak of it. A theme about a faith, a party or an
illness would so be a file of believers, voters or patients. Words and their exceptions are data:
`cities/data/sensitive.yaml`, which also says where the line runs.
"""

from __future__ import annotations

__all__ = ["KINDS", "refusal", "touched"]

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from pathlib import Path

from cities.data_files import read_yaml
from cities.names import fold

# What is shorter is refused for its form (`cities.themes`).
SHORTEST_BEGINNING = 3
LIST = Path(__file__).parent / "data" / "sensitive.yaml"
KINDS = {
    "religion": "religion or belief",
    "opinions": "political or philosophical opinions",
    "health": "health",
    "sexuality": "sexual life or orientation",
    "origin": "origin",
    "unions": "trade unions",
}


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The list, ready: what is innocent is set aside before what is not is looked for."""

    innocent: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]
    words: dict[str, tuple[str, ...]]
    emoji: dict[str, str]


def refusal(text: str, *, theme: str) -> str:
    """Why a text may not stand in a theme, as one sentence with its mend; empty when it may.

    >>> refusal("messe de minuit", theme="choirs")
    'theme choirs: « messe » touches religion or belief, which no theme may (GDPR, article 9); \
remove it, or choose another subject'
    >>> refusal("église romane", theme="heritage")
    ''
    """
    found = touched(text)
    if found:
        kind, word = found
        return (
            f"theme {theme}: « {word} » touches {KINDS[kind]}, which no theme may (GDPR, article "
            "9); remove it, or choose another subject"
        )
    reached = _reached(text)
    if reached:
        kind, word = reached
        return (
            f"theme {theme}: « {text} » would also find « {word} » ({KINDS[kind]}), which no theme "
            "may (GDPR, article 9); write the words in full, without a star"
        )
    return ""


def touched(text: str) -> tuple[str, str] | None:
    """The kind that a text touches, and the word by which; None when it touches none."""
    known = _sensitive()
    for char in text:
        if char in known.emoji:
            return known.emoji[char], char
    left = known.innocent.sub(" . ", fold(text))
    for kind, pattern in known.patterns.items():
        found = pattern.search(left)
        if found:
            return kind, found[0]
    return None


def _reached(text: str) -> tuple[str, str] | None:
    """What a word with a star would find beside what it says: relig* finds religion."""
    beginning = fold(text)
    if not text.endswith("*") or len(beginning) < SHORTEST_BEGINNING:
        return None
    for kind, words in _sensitive().words.items():
        for word in words:
            if word.startswith(beginning):
                return kind, word
    return None


@cache
def _sensitive() -> Sensitive:
    data = read_yaml(LIST)
    kinds = {kind: tuple(chain.from_iterable(data[kind]["words"])) for kind in KINDS}
    return Sensitive(
        innocent=_any_of(_spread(data["innocent"])),
        patterns={kind: _any_of(words) for kind, words in kinds.items()},
        words={kind: tuple(w.rstrip("*") for w in words) for kind, words in kinds.items()},
        emoji={char: kind for kind in KINDS for char in data[kind].get("emoji", "")},
    )


def _spread(entries: Iterable[list[str] | list[list[str]]]) -> list[str]:
    """Phrases as they stand; of an entry of lists, each way to join one of each."""
    phrases: list[str] = []
    for entry in entries:
        lists = [part for part in entry if isinstance(part, list)]
        phrases += map(" ".join, product(*lists)) if lists else map(str, entry)
    return phrases


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as whole words, in one word too, as hashtags write them."""
    forms: set[str] = set()
    for word in words:
        folded, ending = fold(word), "[a-z0-9]*" if word.endswith("*") else ""
        forms |= {folded + ending, folded.replace(" ", "") + ending}
    return re.compile(rf"\b(?:{'|'.join(sorted(forms, key=lambda f: (-len(f), f)))})\b")
