"""What stands around a mention: the signs of its text, as named figures.

Each is readable with capitals and, where posts have none, without: `is_folded` says which.
"""

from __future__ import annotations

__all__ = ["SIGNS", "Mention", "signs_of"]

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10

from cities.names import fold
from cities.territories import countries, departements, regions
from scoring.mentions.knowledge import (
    NAME_SIGNS,
    is_first_name,
    name_of,
    name_signs,
    population_of,
)
from scoring.word_lists import word_list

WORD = re.compile(r"\[PERS\]|[^\W_]+|[^\w\s]|_")
PERSON = "[PERS]"
LARGE = 10_000
LINKS = ("de", "d", "du", "des", "di", "von", "van")
MOST = 170
CLASSES = tuple(sorted(word_list("around_places")))
SIGNS = (
    *NAME_SIGNS,
    *(f"before_{name}" for name in CLASSES),
    *(f"before2_{name}" for name in CLASSES),
    *(f"near_before_{name}" for name in CLASSES),
    *(f"after_{name}" for name in CLASSES),
    *(f"near_after_{name}" for name in CLASSES),
    *(f"anywhere_{name}" for name in CLASSES),
    "starts_sentence", "after_bracket", "after_comma", "after_colon", "after_hyphen",
    "after_apostrophe", "after_person", "after_first_name", "after_capital", "after_digit",
    "before_bracket", "before_comma", "before_stop", "before_hyphen", "before_apostrophe",
    "before_person", "before_capital", "before_digit", "before_first_name",
    "before_name_in_brackets", "is_lower", "is_upper", "is_folded", "is_whole_text",
    "previous_is_town", "next_is_town", "towns", "largest_town", "lands", "persons", "others_said",
    "before_known", "after_known", "before_use", "after_use", "longer_before", "longer_after",
    "capitals", "in_phrase", "club_before", "noble_before", "is_institution", "is_elided",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start:end` of a text, and the commune (INSEE code) that it may mean."""

    text: str
    start: int
    end: int
    insee: str


def signs_of(mention: Mention) -> tuple[float, ...]:
    """The figures of `SIGNS` for a mention, in their order."""
    left = WORD.findall(mention.text[max(0, mention.start - MOST) : mention.start])
    right = WORD.findall(mention.text[mention.end : mention.end + MOST])
    name = mention.text[mention.start : mention.end]
    found = dict(zip(NAME_SIGNS, name_signs(fold(name), population_of(mention.insee)), strict=True))
    is_folded = not any(char.isupper() for char in (mention.text).replace(PERSON, ""))
    _words_around(found, left, right)
    _marks_around(found, mention, left, right)
    _towns_around(found, name, left, right, is_folded=is_folded)
    found["is_folded"] = float(is_folded)
    found["is_lower"] = float(name.islower() and not is_folded)
    found["is_upper"] = float(name.isupper() and len(name) > 1)
    found["is_whole_text"] = float(not left and not right)
    return tuple(found.get(sign, 0.0) for sign in SIGNS)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return PERSON if word == PERSON else fold(word)


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in CLASSES:
        for word in word_list("around_places")[name]:
            found[word] = (*found.get(word, ()), name)
    return found


def _words_around(found: dict[str, float], left: list[str], right: list[str]) -> None:
    before = [word for word in map(_folded, left) if word]
    after = [word for word in map(_folded, right) if word]
    for sign, words in (
        ("before", before[-1:]),
        ("before2", before[-2:-1]),
        ("near_before", before[-4:-2]),
        ("after", after[:1]),
        ("near_after", after[1:4]),
        ("anywhere", before + after),
    ):
        for word in words:
            for name in _classes().get(word, ()):
                key = f"{sign}_{name}"
                found[key] = min(found.get(key, 0.0) + 1, 3.0)


def _marks_around(
    found: dict[str, float], mention: Mention, left: list[str], right: list[str]
) -> None:
    text = mention.text
    before = text[max(0, mention.start - 1) : mention.start]
    after = text[mention.end : mention.end + 1]
    last, first = (left[-1:] or [""])[0], (right[:1] or [""])[0]
    found["starts_sentence"] = float(not left or last in ".!?…»")
    found["after_bracket"] = float(last in "([" and last != "")
    found["after_comma"] = float(last in (",", ";", "/"))
    found["after_colon"] = float(last == ":")
    found["after_hyphen"] = float(before in "-–" and before != "")
    found["after_apostrophe"] = float(before in "'’" and before != "")
    found["after_person"] = float(last == PERSON)
    found["after_first_name"] = float(is_first_name(_folded(last)))
    found["after_capital"] = float(last[:1].isupper() and len(left) > 1 and last != PERSON)
    found["after_digit"] = float(last.isdigit())
    found["before_bracket"] = float(first == "(")
    found["before_comma"] = float(first in (",", ";", "/"))
    found["before_stop"] = float(not right or first in ".!?…:")
    found["before_hyphen"] = float(after in "-–" and after != "")
    found["before_apostrophe"] = float(after in "'’" and after != "")
    found["before_person"] = float(first == PERSON)
    found["before_capital"] = float(first[:1].isupper() and first != PERSON)
    found["before_digit"] = float(first.isdigit())
    found["before_first_name"] = float(is_first_name(_folded(first)))
    found["before_name_in_brackets"] = float(
        first == "(" and len(right) > 1 and _is_land(_folded(right[1]))
    )


def _is_land(folded: str) -> bool:
    return folded in departements() or folded in regions() or folded in countries()


def _is_town(word: str, *, is_folded: bool) -> int:
    """Population of the commune that the word names, 0 when it is none or rather a word."""
    if not is_folded and not word[:1].isupper():
        return 0
    known = name_of(_folded(word))
    if known.largest < LARGE or known.is_word:
        return 0
    return known.largest


def _towns_around(
    found: dict[str, float], name: str, left: list[str], right: list[str], *, is_folded: bool
) -> None:
    own = fold(name)
    others = [word for word in (*left, *right) if _folded(word) != own]
    sizes = [size for word in others if (size := _is_town(word, is_folded=is_folded))]
    before = [word for word in left if _folded(word)][-2:]
    after = [word for word in right if _folded(word)][:2]
    found["previous_is_town"] = float(any(_is_town(w, is_folded=is_folded) for w in before))
    found["next_is_town"] = float(any(_is_town(w, is_folded=is_folded) for w in after))
    found["towns"] = float(min(len(sizes), 6))
    found["largest_town"] = log10(1 + max(sizes, default=0))
    found["lands"] = float(min(sum(_is_land(_folded(word)) for word in others), 4))
    found["persons"] = float(min(others.count(PERSON), 4))
    found["others_said"] = float(min(len(left) + len(right) - len(others), 3))
    found["capitals"] = float(min(sum(w[:1].isupper() and len(w) > 1 for w in before + after), 4))
    _names_of_others(found, name, left, right)
    last, first = _folded((before or [""])[-1]), _folded((after or [""])[0])
    found["before_known"] = float(name_of(last).largest > 0)
    found["after_known"] = float(name_of(first).largest > 0)
    found["longer_before"] = float(name_of(f"{last} {own}").largest > 0)
    found["longer_after"] = float(name_of(f"{own} {first}").largest > 0)
    found["before_use"] = name_of(last).french_use
    found["after_use"] = name_of(first).french_use


def _names_of_others(found: dict[str, float], name: str, left: list[str], right: list[str]) -> None:
    """Signs of a person, a club or a phrase that the name is only a word of."""
    own = fold(name)
    words = [word for word in map(_folded, left[-8:]) if word][-3:]
    after = [word for word in map(_folded, right[:6]) if word][:2]
    around = f" {' '.join([*words, own, *after])} "
    last, before = (words or [""])[-1], ["", "", *words][-2 if words else -1]
    is_linked = last in LINKS
    club = before if is_linked else last
    found["in_phrase"] = float(any(f" {phrase} " in around for phrase in _phrases(own)))
    found["club_before"] = float(club in word_list("not_places")["clubs"])
    found["noble_before"] = float(is_linked and (before == PERSON or is_first_name(before)))
    found["is_institution"] = float(own in word_list("not_places")["institutions"])
    found["is_elided"] = float(last in ("d", "l"))


@cache
def _phrases(own: str) -> tuple[str, ...]:
    spaced = f" {own} "
    return tuple(p for p in word_list("not_places")["phrases"] if spaced in f" {p} ")
