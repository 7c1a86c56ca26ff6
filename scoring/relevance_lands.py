"""Lands and large towns whose names, in a post, tell where it is: near the city, or far from it."""

from __future__ import annotations

__all__ = ["far_places", "near_lands", "told_here", "told_there"]

from functools import cache

from cities.communes import communes
from cities.model import Commune
from cities.names import fold, name_forms
from cities.territories import departements, regions
from scoring.relevance_namesakes import short_names
from scoring.word_lists import word_list

LARGE_TOWN = 60_000
LEAST_LETTERS = 5
# Lands whose name is also a plain word once the capital is gone; Paris is named by everybody.
PLAIN_WORDS = frozenset(("nord", "manche", "landes", "lot", "centre", "centre val de loire", "var",
    "orne", "cher", "oise", "eure", "tarn", "gers", "ain", "aube", "aude", "loire", "provence c",
    "paris", "france", "ardennes", "vosges", "beauce", "perche", "forez", "velay", "somme",
    "creuse", "vienne", "mayenne", "savoies", "marne"))  # fmt: skip


def near_lands(commune: Commune) -> tuple[str, ...]:
    """Folded names of the département and of the regions of a commune, old and new."""
    own = {name for name, code in departements().items() if code == commune.departement}
    own |= {name for name, codes in regions().items() if commune.departement in codes}
    return _forms(own - {fold(commune.name)})


def far_places(commune: Commune, near: tuple[str, ...]) -> tuple[str, ...]:
    """Other départements, regions of which the commune is no part, large towns elsewhere.

    `near`: names of its surroundings, which are left out.
    """
    said_here = {*near, *near_lands(commune), *name_forms(commune.name)}
    said_here |= set(fold(commune.name).split())
    around = _region_of(commune.departement)
    names = {name for name, codes in regions().items() if not codes & around}
    names |= {name for name, code in departements().items() if code not in around}
    names |= {name for name, departement in _large_towns() if departement not in around}
    return tuple(form for form in _forms(names) if form not in said_here)


def told_here(commune: Commune) -> tuple[str, ...]:
    """What tells a commune from its namesakes: its postcodes, its name before its number, lands.

    >>> from cities.communes import find_commune
    >>> told_here(find_commune("93066"))[:3]
    ('93200', '93210', '93380')
    """
    return (*commune.postcodes, *_numbered(commune, commune.departement), *near_lands(commune))


def told_there(commune: Commune, namesakes: tuple[Commune, ...]) -> tuple[str, ...]:
    """The same of its namesakes in other départements, the city's own name before their number."""
    others = [other for other in namesakes if other.departement != commune.departement]
    own = set(told_here(commune))
    said = [
        form
        for other in others
        for form in (
            *other.postcodes, *_numbered(commune, other.departement), *near_lands(other),
        )
    ]  # fmt: skip
    return tuple(form for form in dict.fromkeys(said) if form not in own)


def _numbered(commune: Commune, departement: str) -> tuple[str, ...]:
    names = dict.fromkeys((*name_forms(commune.name)[:2], *short_names(commune)))
    return tuple(f"{name} {departement.lower()}" for name in names)


def _region_of(departement: str) -> frozenset[str]:
    """The départements of the same region of today: none of them is far."""
    found = [codes for codes in regions().values() if departement in codes]
    return max(found, key=len, default=frozenset({departement}))


def _forms(names: set[str]) -> tuple[str, ...]:
    """Names as said and as one word, for hashtags; in order."""
    told = {name for name in names if name not in PLAIN_WORDS and len(name) >= LEAST_LETTERS}
    return tuple(sorted(form for name in told for form in name_forms(name)))


@cache
def _large_towns() -> frozenset[tuple[str, str]]:
    """Large towns whose names mean nothing else, with their département."""
    words = {*word_list("common_names")["words"], *word_list("first_names")["names"]}
    listed = (item.commune for item in communes() if item.commune.population >= LARGE_TOWN)
    return frozenset(
        (folded, commune.departement)
        for commune in listed
        if (folded := fold(commune.name)) not in words and not folded.startswith("saint ")
    )
