"""Which other places a text names, and how they lie to the city: near, far, abroad."""

from __future__ import annotations

__all__ = ["PLACE_SIGNS", "place_signs", "places_in"]

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import cos, radians, sqrt

from cities.communes import communes, folded_names
from cities.territories import countries, departements, regions, worlds
from scoring.mentions.knowledge import Knowledge, knowledge_of
from scoring.mentions.names import is_first_name, name_of

PLACE_SIGNS = (
    "towns_near",
    "towns_far",
    "towns_near_rival",
    "own_land",
    "rival_land",
    "other_land",
    "abroad",
    "world",
    "own_postcode",
    "other_postcode",
)
NEAR_KM, FAR_KM, KM_A_DEGREE = 30.0, 90.0, 111.0
MOST_WORDS, POSTCODE = 5, 5
SMALLEST, LEAST_LETTERS = 300, 4
# Départements and lands that are plain words too, without their capital.
WORDS = frozenset((
    "nord", "manche", "landes", "lot", "centre", "var", "orne", "cher", "oise", "eure", "tarn",
    "gers", "ain", "aube", "mars", "loire",
))  # fmt: skip
Point = tuple[float, float]


@cache
def _towns() -> Mapping[str, tuple[Point, ...]]:
    """Folded names that alone are read as a commune, to where their bearers lie."""
    found: dict[str, list[Point]] = {}
    for listed, folded in zip(communes(), folded_names(), strict=True):
        commune = listed.commune
        if commune.population < SMALLEST or commune.latitude is None or commune.longitude is None:
            continue
        if _is_plain(folded):
            found.setdefault(folded, []).append((commune.latitude, commune.longitude))
    return {name: tuple(points) for name, points in found.items()}


def _is_plain(folded: str) -> bool:
    name = name_of(folded)
    is_long = len(folded) >= LEAST_LETTERS
    is_other = name.is_word or name.is_english_word or is_first_name(folded)
    return is_long and not is_other and name.foreign <= name.largest and not _is_land(folded)


@cache
def _is_land(folded: str) -> bool:
    return folded in departements() or folded in regions() or folded in countries()


@cache
def _firsts() -> Mapping[str, int]:
    """First words of all that is looked for, to the most words that may follow."""
    found: dict[str, int] = {}
    for name in (*_towns(), *departements(), *regions(), *countries()):
        first, *rest = name.split() or [""]
        found[first] = max(found.get(first, 0), min(len(rest) + 1, MOST_WORDS))
    return found


def places_in(words: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Places named in folded words: from, to, name; the longest at each word.

    A département that is a plain word too (Nord, Lot) only after « dans » and an article, or alone
    at the end.
    """
    found, at, firsts = [], 0, _firsts()
    while at < len(words):
        size = firsts.get(words[at], 0)
        while size:
            name = words[at] if size == 1 else " ".join(words[at : at + size])
            is_place = name in _towns() or _is_land(name)
            if is_place and (name not in WORDS or _is_in(words, at)):
                found.append((at, at + size, name))
                break
            size -= 1
        at += max(size, 1)
    return tuple(found)


def _is_in(words: Sequence[str], at: int) -> bool:
    before = words[max(0, at - 2) : at]
    return "dans" in before or "departement" in before or at == len(words) - 1


def place_signs(words: Sequence[str], own: tuple[int, int], insee: str) -> dict[str, float]:
    """The figures of `PLACE_SIGNS` that are not zero; `own`: the words of the mention itself."""
    known = knowledge_of(insee)
    found: dict[str, float] = {}
    said = {name for start, end, name in places_in(words) if end <= own[0] or start >= own[1]}
    for name in said - {known.folded}:
        for sign in _role(name, known.insee):
            found[sign] = min(found.get(sign, 0.0) + 1, 3.0)
    for at, word in enumerate(words):
        if word.isdigit() and (len(word) == POSTCODE or at == own[1]):
            _read_number(found, word, known)
    return found


@lru_cache(maxsize=100_000)
def _role(name: str, insee: str) -> tuple[str, ...]:
    known = knowledge_of(insee)
    if _is_land(name):
        return _land_role(name, known)
    points = _towns().get(name, ())
    if known.place is None or not points:
        return ()
    distance = min(_km(known.place, point) for point in points)
    if distance <= NEAR_KM:
        return ("towns_near",)
    if any(_km(rival, point) <= NEAR_KM for rival in known.rivals for point in points):
        return ("towns_near_rival",)
    return ("towns_far",) if distance >= FAR_KM else ()


def _land_role(name: str, known: Knowledge) -> tuple[str, ...]:
    if name in known.lands:
        return ("own_land",)
    if name in worlds():
        return ("world",)
    code = departements().get(name)
    if code in known.rival_departements:
        return ("rival_land",)
    if name in countries():
        return ("abroad",)
    codes = regions().get(name, frozenset())
    return ("rival_land",) if codes & known.rival_departements else ("other_land",)


def _read_number(found: dict[str, float], word: str, known: Knowledge) -> None:
    """A postcode, or the number of a département right after the name."""
    numbers = departements().values()
    is_postcode = len(word) == POSTCODE and word[:2] in numbers
    if word in known.postcodes or word == known.departement:
        found["own_postcode"] = 1.0
    elif word in numbers or (is_postcode and word[:2] != known.departement[:2]):
        found["other_postcode"] = 1.0


def _km(one: Point, other: Point) -> float:
    high = (one[0] - other[0]) * KM_A_DEGREE
    wide = (one[1] - other[1]) * KM_A_DEGREE * cos(radians(one[0]))
    return sqrt(high * high + wide * wide)
