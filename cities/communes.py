"""The official list of communes: names, namesakes, populations, postcodes, places on the map."""

from __future__ import annotations

__all__ = [
    "ListedCommune",
    "communes",
    "communes_around",
    "find_commune",
    "folded_names",
    "namesakes_of",
    "neighbours_of",
]

import csv
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from cities.errors import UnknownCityError
from cities.model import Commune
from cities.names import fold

LIST = Path(__file__).parent / "data" / "communes.csv"
EARTH_RADIUS_KM = 6371.0
KM_A_DEGREE = 111.0
ARTICLES = ("le", "la", "les", "l")
SAINTS = {"saint": "saint", "st": "saint", "sainte": "sainte", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class ListedCommune:
    """One commune of the list; `same_name` counts the communes of exactly this name."""

    commune: Commune
    same_name: int


@cache
def communes() -> tuple[ListedCommune, ...]:
    """All 34,969 communes, in order of INSEE code."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        return tuple(_listed(row) for row in csv.DictReader(lines))


def _listed(row: dict[str, str]) -> ListedCommune:
    # model_construct: the list is ours and checked by a test; validation would cost 0.4 s a start.
    commune = Commune.model_construct(
        insee=row["insee"],
        name=row["name"],
        departement=row["departement"],
        region=row["region"],
        population=int(row["population"] or 0),
        postcodes=tuple(row["postcodes"].split()),
        latitude=float(row["lat"]) if row["lat"] else None,
        longitude=float(row["lon"]) if row["lon"] else None,
    )
    return ListedCommune(commune, int(row["same_name"]))


@cache
def folded_names() -> tuple[str, ...]:
    """The folded name of each commune, in the order of `communes()`: folding them costs 0.4 s."""
    return tuple(fold(listed.commune.name) for listed in communes())


def find_commune(name: str) -> Commune:
    """The commune of that name or INSEE code.

    Raises `UnknownCityError` when there is none, or several: the sentence lists their codes.
    """
    wanted = fold(name)
    found = [
        listed.commune
        for listed, folded in zip(communes(), folded_names(), strict=True)
        if listed.commune.insee == name.upper() or folded == wanted
    ]
    if not found:
        raise UnknownCityError(f"{name}: no commune bears this name; give its INSEE code instead")
    if len(found) > 1:
        codes = ", ".join(f"{c.insee} (département {c.departement})" for c in found[:12])
        raise UnknownCityError(f"{name}: several communes bear this name; give one of {codes}")
    return found[0]


def namesakes_of(commune: Commune, *, limit: int = 12) -> tuple[Commune, ...]:
    """Communes that posts could mean instead: of the same name, or of the same first word.

    Articles and saints are no first word: Le Mans is not Le Havre. Largest first, those of exactly
    this name before all. Aix-en-Provence gives Aix-les-Bains, Aix-Noulette, …
    """
    first = _first_word(fold(commune.name))
    others = [
        listed.commune
        for listed, folded in zip(communes(), folded_names(), strict=True)
        if first[1] in folded
        and listed.commune.insee != commune.insee
        and _first_word(folded) == first
    ]
    others.sort(key=lambda c: (c.name != commune.name, -c.population, c.insee))
    return tuple(others[:limit])


def _first_word(folded: str) -> tuple[str, str]:
    """The word by which a name is known, with the saint before it: `("saint", "denis")`."""
    words = folded.split()
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    saint = SAINTS.get(words[0], "") if len(words) > 1 else ""
    return saint, words[1] if saint else words[0]


def neighbours_of(commune: Commune, *, within_km: float = 20, limit: int = 12) -> tuple[str, ...]:
    """Names of the largest communes around, without the commune itself."""
    near = communes_around(commune, within_km=within_km)
    ordered = sorted(near, key=lambda c: (-c.population, c.insee))
    return tuple(c.name for c in ordered[:limit])


def communes_around(commune: Commune, *, within_km: float) -> tuple[Commune, ...]:
    """The communes around, without the commune itself; none when it has no place on the map."""
    # Most communes lie too far north or south to need the whole formula.
    degrees = within_km / KM_A_DEGREE * 1.01
    return tuple(
        listed.commune
        for listed in communes()
        if listed.commune.insee != commune.insee
        and abs((listed.commune.latitude or 0) - (commune.latitude or 0)) <= degrees
        and _distance_km(commune, listed.commune) <= within_km
    )


def _distance_km(one: Commune, other: Commune) -> float:
    """Great-circle distance (haversine); infinite where a place is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return float("inf")
    lat1, lon1 = radians(one.latitude or 0), radians(one.longitude or 0)
    lat2, lon2 = radians(other.latitude or 0), radians(other.longitude or 0)
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))
