"""Reads the place that people type in their profile: a commune, a département, or unknown.

It answers only what the words say. « France », jokes, coordinates, a name that several communes
of like size bear, and two places at once are unknown, each with its reason. Beside another place
Paris is where many work: the département is then the other's, the commune stays unknown. A seat of
the State (« Sénat, Paris ») is where one works: its town is no home.

>>> read_declared_place("Aix-en-Provence, France").insee
'13001'
>>> read_declared_place("Brive").insee, read_declared_place("#paris15").insee
('19031', '75056')
>>> read_declared_place("quelque part, ailleurs").reason
'nowhere'
>>> read_declared_place("Sénat, Paris").reason, read_declared_place("Sénat / Gap").insee
('workplace', '05061')
"""

from __future__ import annotations

__all__ = ["DeclaredPlace", "Reason", "read_declared_place"]

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from cities.declared_words import Named, named_in
from cities.place_names import Candidate

Reason = Literal[
    "read", "nowhere", "coordinates", "ambiguous", "several", "too_large", "abroad", "workplace"
]

LONGEST_TEXT = 500
COORDINATES = re.compile(r"-?\d{1,3}[.,]\d{2,}\s*[,; /]\s*-?\d{1,3}[.,]\d{2,}|\d+\s*°\s*\d+")
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
FLAGS = {
    "FR": "France",
    "GP": "Guadeloupe",
    "MQ": "Martinique",
    "GF": "Guyane",
    "RE": "La Réunion",
    "YT": "Mayotte",
    "PM": "Saint-Pierre-et-Miquelon",
    "MF": "Saint-Martin",
    "PF": "Polynésie française",
    "NC": "Nouvelle-Calédonie",
    "WF": "Wallis et Futuna",
}
FIRST_LETTER = 0x1F1E6
PARIS = "75"
# The largest of several communes of a name is meant when it is so many times the next.
DOMINANCE = 3.0
# A commune that bears the name of a land (Vienne) is meant when the country follows it.
LEAST_BEFORE_COUNTRY = 10_000


@dataclass(frozen=True, slots=True)
class DeclaredPlace:
    """What a declared location says. `reason` is "read" when it gives at least a département.

    `communes`: INSEE codes of all communes that it may speak of, be it read or not.
    """

    insee: str | None
    departement: str | None
    reason: Reason
    communes: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Place:
    """A named place while it is narrowed: communes it can mean, départements it can be in."""

    departements: frozenset[str]
    candidates: tuple[Candidate, ...]


@lru_cache(maxsize=50_000)
def read_declared_place(text: str) -> DeclaredPlace:
    """The place that a profile's location field declares."""
    if COORDINATES.search(text):
        return DeclaredPlace(None, None, "coordinates")
    named = _without_seats(named_in(_with_flags(text[:LONGEST_TEXT])))
    lived = [_told_apart(n, named) for n in named if not n.is_past] or named
    places = _places(lived)
    if not places:
        return DeclaredPlace(None, None, _unread({n.kind for n in lived}))
    answer = _answer(places)
    if any(n.kind == "abroad" for n in lived):
        answer = DeclaredPlace(None, None, "several")
    meant = frozenset(c.insee for place in places for c in place.candidates)
    return replace(answer, communes=meant)


def _unread(kinds: set[str]) -> Reason:
    """Why nothing of France was read."""
    if "seat" in kinds:
        return "workplace"
    if kinds == {"world"}:
        return "too_large"
    return "abroad" if "abroad" in kinds else "nowhere"


def _without_seats(named: list[Named]) -> list[Named]:
    """Without the towns that stand for where one works: Paris beside « Sénat »."""
    seats = [n.departements for n in named if n.kind == "seat"]
    at_work = frozenset[str]().union(*seats)
    if not at_work:
        return named
    return [n for n in named if n.kind == "seat" or not _stands_in(n, at_work)]


def _stands_in(one: Named, departements: frozenset[str]) -> bool:
    first = {c.departement for c in one.candidates[:1]} or one.departements
    return one.kind in ("commune", "land", "number") and first <= departements


def _told_apart(one: Named, named: list[Named]) -> Named:
    """A land or foreign city that is rather a commune of another land: Vienne (Isère)."""
    if one.kind not in ("land", "abroad") or one.name == "paris":
        return one
    others = [n.departements for n in named if n is not one and n.kind in ("land", "number")]
    beside = frozenset[str]().union(*others) - one.departements
    found = tuple(c for c in one.candidates if c.departement in beside)
    if not found or (one.kind == "land" and any(n & one.departements for n in others)):
        return one
    return replace(one, kind="commune", departements=frozenset(), candidates=found)


def _with_flags(text: str) -> str:
    """The text with the flags of France and its lands as words, others as nothing."""

    def name(flag: re.Match[str]) -> str:
        letters = "".join(chr(ord(char) - FIRST_LETTER + ord("A")) for char in flag[0])
        return f", {FLAGS[letters]}, " if letters in FLAGS else " "

    return FLAG.sub(name, text)


def _places(named: list[Named]) -> list[_Place]:
    """The places named, each narrowed by the lands, numbers and other places beside it."""
    places = [_place(one, named) for one in named if one.kind in ("commune", "land", "number")]
    _narrow_all(places)
    for place in places:
        _settle(place)
    _narrow_all(places)
    return places


def _place(one: Named, named: list[Named]) -> _Place:
    in_france = any(n.name == "france" for n in named)
    lands = [n.departements for n in named if n.kind in ("land", "number")]
    is_town = one.kind == "commune" or one.name == "paris"
    if is_town or (one.kind == "land" and in_france and _is_town(one, lands)):
        return _Place(frozenset(c.departement for c in one.candidates), one.candidates)
    is_alone = one.kind == "number" and not any(n.kind == "commune" for n in named)
    return _Place(one.departements, one.candidates if is_alone else ())


def _narrow_all(places: list[_Place]) -> None:
    for place in places:
        for other in places:
            _narrow(place, other.departements)


def _is_town(named: Named, lands: list[frozenset[str]]) -> bool:
    return (
        len(lands) == 1
        and bool(named.candidates)
        and named.candidates[0].weight >= LEAST_BEFORE_COUNTRY
    )


def _narrow(place: _Place, around: frozenset[str]) -> None:
    shared = place.departements & around
    if shared:
        place.departements = shared
        place.candidates = tuple(c for c in place.candidates if c.departement in shared)


def _settle(place: _Place) -> None:
    """Of communes that share a name, the largest, when it is far larger."""
    first, *others = place.candidates or (None,)
    if first and all(first.weight >= DOMINANCE * other.weight for other in others):
        place.candidates = (first,)
        place.departements = frozenset({first.departement})


def _answer(places: list[_Place]) -> DeclaredPlace:
    towns = {p.candidates for p in places if p.candidates}
    single = [p.departements for p in places if len(p.departements) == 1]
    found = frozenset().union(*single) if single else frozenset[str]()
    if any(len(p.departements) > 1 and not p.departements & found for p in places):
        is_named = any(len(p.departements) > 1 and p.candidates for p in places)
        return DeclaredPlace(None, None, "ambiguous" if is_named else "too_large")
    beside = found - {PARIS} or found
    if len(beside) != 1:
        return DeclaredPlace(None, None, "several")
    is_one = len(found) == 1 and len(towns) == 1 and all(len(t) == 1 for t in towns)
    insee = next(iter(towns))[0].insee if is_one else None
    return DeclaredPlace(insee, next(iter(beside)), "read")
