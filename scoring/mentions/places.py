"""Which other places a text names, and how they lie to the city: near, far, abroad."""

from __future__ import annotations

__all__ = ["PLACE_SIGNS", "place_signs", "places_in"]

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from math import cos, log10, radians, sqrt

from cities.communes import communes, folded_names
from cities.territories import countries, departements, regions, worlds
from scoring.mentions.knowledge import Knowledge, knowledge_of, place_of
from scoring.mentions.names import is_first_name, name_of
from scoring.word_lists import word_list

# What a place right after the name makes of it: « X en Espagne », « X, près de Z »; and one that
# the phrase goes on to stand in: « rue de X à Y ».
ROLES = ("here", "there", "far", "abroad")
ROLE_OF = {
    "towns_near": "here", "own_land": "here", "towns_near_rival": "there", "rival_land": "there",
    "other_land": "there", "towns_far": "far", "abroad": "abroad",
}  # fmt: skip
LINKS = frozenset((
    "en", "au", "aux", "du", "de", "des", "d", "la", "le", "les", "l", "dans", "in", "near", "pres",
    "cote", "of", "sur", "departement", "region", "province", "par", "the",
))  # fmt: skip
BEFORE_TOWNS = ("a", "in", "au", "aux", "en")
FARTHEST_LINK, FARTHEST_AFTER = 4, 9
UNKNOWN_KM = 2.5
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
    *(f"completed_{role}" for role in ROLES),
    *(f"located_{role}" for role in ROLES),
    "nearest_town",
    "nearest_over_rival",
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
        place = place_of(listed.commune)
        if place and listed.commune.population >= SMALLEST and _is_plain(folded):
            found.setdefault(folded, []).append(place)
    return {name: tuple(points) for name, points in found.items()}


def _is_plain(folded: str) -> bool:
    name = name_of(folded)
    is_long = len(folded) >= LEAST_LETTERS
    is_other = name.is_word or name.is_english_word or is_first_name(folded)
    return is_long and not is_other and name.foreign <= name.largest and not _is_land(folded)


@cache
def _is_land(folded: str) -> bool:
    return folded in departements() or folded in regions() or folded in _abroad()


@cache
def _abroad() -> frozenset[str]:
    return countries() | frozenset(word_list("lands_abroad")["names"])


@cache
def _firsts() -> Mapping[str, int]:
    """First words of all that is looked for, to the most words that may follow."""
    found: dict[str, int] = {}
    for name in (*_towns(), *departements(), *regions(), *sorted(_abroad())):
        first, *rest = name.split() or [""]
        found[first] = max(found.get(first, 0), min(len(rest) + 1, MOST_WORDS))
    return found


def places_in(words: Sequence[str], own_end: int = -1) -> tuple[tuple[int, int, str], ...]:
    """Places named in folded words: from, to, name; the longest at each word.

    A département that is a plain word too (Nord, Lot) only after « dans » and an article, alone at
    the end, or where it completes the name that ends at `own_end`.
    """
    found, at, firsts = [], 0, _firsts()
    while at < len(words):
        size = firsts.get(words[at], 0)
        while size:
            name = words[at] if size == 1 else " ".join(words[at : at + size])
            is_place = name in _towns() or _is_land(name)
            if is_place and (name not in WORDS or _is_in(words, at, own_end)):
                found.append((at, at + size, name))
                break
            size -= 1
        at += max(size, 1)
    return tuple(found)


def _is_in(words: Sequence[str], at: int, own_end: int) -> bool:
    before = words[max(0, at - 2) : at]
    is_completing = 0 <= own_end <= at <= own_end + 2 and all(w in LINKS for w in words[own_end:at])
    return is_completing or "dans" in before or "departement" in before or at == len(words) - 1


def place_signs(words: Sequence[str], own: tuple[int, int], insee: str) -> dict[str, float]:
    """The figures of `PLACE_SIGNS` that are not zero; `own`: the words of the mention itself."""
    known = knowledge_of(insee)
    found: dict[str, float] = {}
    places = [
        place for place in places_in(words, own[1]) if place[1] <= own[0] or place[0] >= own[1]
    ]
    said = {name for _, _, name in places} - {known.folded}
    for name in said:
        for sign in _role(name, known.insee):
            found[sign] = min(found.get(sign, 0.0) + 1, 3.0)
    _complete(found, words, [place for place in places if place[2] in said], own, known.insee)
    _measure(found, said, known.insee)
    for at, word in enumerate(words):
        if word.isdigit() and (len(word) == POSTCODE or at == own[1]):
            _read_number(found, word, known)
    return found


def _complete(
    found: dict[str, float],
    words: Sequence[str],
    places: Sequence[tuple[int, int, str]],
    own: tuple[int, int],
    insee: str,
) -> None:
    after = [place for place in places if own[1] <= place[0] <= own[1] + FARTHEST_AFTER]
    for start, _, name in after:
        roles = {ROLE_OF[sign] for sign in _role(name, insee) if sign in ROLE_OF}
        between = words[own[1] : start]
        if len(between) <= FARTHEST_LINK and all(word in LINKS for word in between):
            found |= {f"completed_{role}": 1.0 for role in roles}
        if between and between[-1] in BEFORE_TOWNS:
            found |= {f"located_{role}": 1.0 for role in roles}


def _measure(found: dict[str, float], said: Collection[str], insee: str) -> None:
    """How near the nearest town said is, and how much nearer to the city than to a namesake."""
    pairs = [pair for name in said if (pair := _distances(name, insee))]
    found["nearest_town"] = min((own for own, _ in pairs), default=UNKNOWN_KM)
    if pairs:
        rival = min(other for _, other in pairs)
        found["nearest_over_rival"] = min(found["nearest_town"], UNKNOWN_KM) - min(
            rival, UNKNOWN_KM
        )


@lru_cache(maxsize=100_000)
def _distances(name: str, insee: str) -> tuple[float, float] | None:
    """log10 of the kilometres from a town said to the city, and to its nearest namesake."""
    known, points = knowledge_of(insee), _towns().get(name, ())
    if known.place is None or not points:
        return None
    near = min(_km(known.place, point) for point in points)
    far = min((_km(rival, point) for rival in known.rivals for point in points), default=1_000.0)
    return log10(1 + near), log10(1 + far)


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
    if name in countries() or (name in _abroad() and name not in regions()):
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
