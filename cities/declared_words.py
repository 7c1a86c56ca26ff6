"""Cuts a declared location into what it names: communes, lands, numbers, words left over."""

from __future__ import annotations

__all__ = ["Named", "named_in"]

import re
from dataclasses import dataclass

from cities.names import fold
from cities.place_names import LONGEST, Candidate, communes_named, communes_of_postcode
from cities.territories import (
    abbreviations,
    countries,
    departements,
    place_words,
    regions,
    seats,
    worlds,
)

PARTS = re.compile(r"[,;/|()\[\]·•–—\n\t:+]+|\s-+\s|\s-|-\s|->|→")
GLUED = re.compile(r"^([a-z]{3,})(\d{1,5})(?:e|er|eme)?$")
ORDINAL = re.compile(r"^(\d{1,2})(?:e|er|eme|nd|th)$")
POSTCODE = re.compile(r"^\d{5}$")
CODE = re.compile(r"^(?:0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[678])$")
CIRCO = re.compile(r"^(?:circo|circonscription)(\d\d)\d\d$")
WITH_DISTRICTS = {"paris": "75056", "lyon": "69123", "marseille": "13055"}
DIRECTIONS = ("nord", "centre")
AT = ("a", "at", "in")
# In a part with words that name nothing, a smaller commune's name is rather one of the words.
LEAST_AMONG_WORDS = 10_000
LEAST_BESIDE_TOWN, LEAST_TOWN = 1_000, 20_000


@dataclass(frozen=True, slots=True)
class Named:
    """One thing named. `kind`: commune | land | number | world | abroad | seat.

    `departements`: those it can be in (a land's, a number's); `candidates`: communes it can mean;
    a name of both, as Vienne, has both. `is_past`: where one no longer lives. A seat is where
    the State works: the Senate.
    """

    kind: str
    name: str
    departements: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()
    is_past: bool = False


def named_in(text: str) -> list[Named]:
    """What a declared location names, in its order."""
    found: list[Named] = []
    for part in PARTS.split(text.replace("&", " et ")):
        found += _in_part([w for word in fold(part).split() for w in _in_full(word)])
    return found


def _in_full(word: str) -> tuple[str, ...]:
    """`paris15` is two words; so is `nice06`; `hte` is `haute`."""
    if word in abbreviations():
        return tuple(abbreviations()[word].split())
    glued = GLUED.match(word)
    if glued and not CIRCO.match(word) and communes_named(glued[1]):
        return glued[1], glued[2]
    return (word,)


def _in_part(words: list[str]) -> list[Named]:
    found: list[tuple[int, int, Named]] = []
    left_over = 0
    at = 0
    while at < len(words):
        length, named = _longest(words, at)
        if named is None:
            left_over += _says_something(words, at)
        else:
            found.append((at, length, named))
        at += length
    kept = [n for _, length, n in found if _fits(words, length, n, left_over)]
    there = [n for start, _, n in found if n in kept and start and words[start - 1] in AT]
    kept = [n for n in kept if not _is_swamped(n, kept)]
    if left_over and there:  # « 12 boulevard Albert 1er à Antibes »
        kept = [n for n in kept if n in there or n.kind != "commune"]
    return kept


def _longest(words: list[str], at: int) -> tuple[int, Named | None]:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        is_past = any(
            word in place_words("once")
            for word in (*words[max(0, at - 2) : at], *words[at + length :][:3])
        )
        if name in DIRECTIONS and not _is_land(words, at):
            continue
        named = _named(name, is_past=is_past)
        if named:
            return length + _districts(words, at + length, named), named
    return 1, _number(words, at)


def _is_land(words: list[str], at: int) -> bool:
    """Is « nord » the département: alone, or last after « du »?"""
    return at == len(words) - 1 and (at == 0 or words[at - 1] in ("du", "le"))


def _named(name: str, *, is_past: bool) -> Named | None:
    found = communes_named(name)
    if name in seats():
        return Named("seat", name, seats()[name])
    if name in worlds():
        return Named("world", name)
    if name in countries():
        return Named("abroad", name, frozenset(), found)
    if name in place_words("fillers") and name not in DIRECTIONS:
        return None
    land = _land(name)
    if land:
        return Named("land", name, land, found, is_past)
    is_name = bool(found) and len(name) > 1 and name not in place_words("not_alone")
    return Named("commune", name, frozenset(), found, is_past) if is_name else None


def _land(name: str) -> frozenset[str]:
    """Départements of a département or a region, as people write it; none when it is neither."""
    plain = name.removeprefix("la ").replace("st ", "saint ")
    forms = (name, plain, f"la {plain}")
    return frozenset(departements()[n] for n in forms if n in departements()) or regions().get(
        name, frozenset()
    )


def _districts(words: list[str], at: int, named: Named) -> int:
    """How many words after Paris, Lyon or Marseille say a district of it."""
    if named.name not in WITH_DISTRICTS or at >= len(words):
        return 0
    word = words[at]
    is_district = bool(ORDINAL.match(word)) or (word.isdigit() and 0 < int(word) <= 20)
    return int(is_district)


def _number(words: list[str], at: int) -> Named | None:
    word = words[at]
    circo = CIRCO.match(word)
    if circo:
        return Named("number", word, frozenset({circo[1]}))
    if POSTCODE.match(word):
        found = communes_of_postcode(word)
        if found:
            return Named("number", word, frozenset(c.departement for c in found), found)
    is_last = at == len(words) - 1
    if is_last and CODE.match(word):
        corsica = {"2a": "2A", "2b": "2B"}
        return Named("number", word, frozenset({corsica.get(word, word)}))
    return None


def _says_something(words: list[str], at: int) -> bool:
    word = words[at]
    return not (word in place_words("fillers") or word.isdigit() or ORDINAL.match(word))


def _fits(words: list[str], length: int, named: Named, left_over: int) -> bool:
    if named.kind != "commune":
        return True
    if len(named.name) < 3 and length < len(words):
        return False
    return not left_over or length > 1 or named.candidates[0].weight >= LEAST_AMONG_WORDS


def _is_swamped(named: Named, around: list[Named]) -> bool:
    """Is it a hamlet's name beside a town's, as Baby in « Marseille baby »?"""
    return (
        named.kind == "commune"
        and " " not in named.name
        and named.candidates[0].weight < LEAST_BESIDE_TOWN
        and any(n.kind == "commune" and n.candidates[0].weight >= LEAST_TOWN for n in around)
    )
