"""The rows of the hard test of relevance: which post speaks of which commune.

Rows come from three files of `data/`: `relevance_hard_communes` (who is tested),
`relevance_hard_posts` (written for one name each, with what the name means there) and
`relevance_hard_contexts` (posts about any city, with slots: `{city}`, `{à}` “à Nice, au Havre”,
`{de}` “de Nice, d'Albi, du Havre”, `{tag}`, `{dept}`, `{dep}`).

A commune's `contexts` says which general contexts its name bears: `all`; `named`, where it is not a
hashtag alone; `cased`, in its own letters and after “à”, for a name that lower case turns into a
plain word; `with_departement`, for a name that alone says nothing (Vienne, Venise, Saint-Denis).
"""

from __future__ import annotations

__all__ = ["CITY", "Place", "Row", "at", "hard_rows", "of"]

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cities.names import fold, hashtag

DATA = Path(__file__).parent / "data"
CITY = "city"
CONTEXTS_A_PLACE = 3
JOINED = {"Le ": ("au ", "du "), "Les ": ("aux ", "des ")}
VOWELS = "aeiouy"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the test; `short` is the first part of its name, when people say only that."""

    insee: str
    name: str
    short: str | None
    departement: str
    departement_name: str
    contexts: str


@dataclass(frozen=True, slots=True)
class Row:
    """A post for a city; `sense` is what the city's name means in it."""

    place: Place
    sense: str
    text: str

    @property
    def is_city(self) -> bool:
        """Does the post speak of the city?"""
        return self.sense == CITY


@cache
def hard_rows() -> tuple[Row, ...]:
    """All rows, commune after commune: first the written posts, then the general contexts."""
    places = [Place(**line) for line in _lines("communes")]
    written: dict[str, list[Row]] = {place.insee: [] for place in places}
    by_insee = {place.insee: place for place in places}
    for line in _lines("posts"):
        place = by_insee[line["insee"]]
        written[place.insee].append(Row(place, line["sense"], line["text"]))
    contexts = [line["text"] for line in _lines("contexts")]
    rows: list[Row] = []
    for number, place in enumerate(places):
        rows += [*written[place.insee], *_in_contexts(place, contexts, number)]
    return tuple(rows)


def _lines(part: str) -> list[dict[str, Any]]:
    text = (DATA / f"relevance_hard_{part}.ndjson").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _in_contexts(place: Place, contexts: Sequence[str], number: int) -> Iterator[Row]:
    """Contexts in rotation, so that each serves many names and each name other ones."""
    fit = [context for context in contexts if _fits(place, context)]
    first = number * CONTEXTS_A_PLACE
    for turn in range(first, first + CONTEXTS_A_PLACE):
        text = _filled(fit[turn % len(fit)], place)
        style = STYLES[turn % len(STYLES)] if place.contexts != "cased" else str
        yield Row(place, CITY, style(text))


def _fits(place: Place, context: str) -> bool:
    names_departement = "{dep" in context
    if place.contexts == "with_departement":
        return names_departement
    if place.contexts == "cased":
        return names_departement or "{à}" in context
    is_bare = place.contexts == "named" and "{tag}" in context
    return not names_departement and not is_bare


def _filled(context: str, place: Place) -> str:
    slots = {
        "{city}": place.name,
        "{à}": at(place.name),
        "{de}": of(place.name),
        "{tag}": f"#{hashtag(place.name)}",
        "{dept}": place.departement_name,
        "{dep}": place.departement,
    }
    for slot, value in slots.items():
        context = context.replace(slot, value)
    return context


def at(name: str) -> str:
    """In the place, in French.

    >>> at("Nice"), at("Le Havre"), at("La Rochelle")
    ('à Nice', 'au Havre', 'à La Rochelle')
    """
    for article, (joined, _) in JOINED.items():
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"à {name}"


def of(name: str) -> str:
    """Of the place, in French.

    >>> of("Nice"), of("Évian-les-Bains"), of("Le Havre")
    ('de Nice', "d'Évian-les-Bains", 'du Havre')
    """
    for article, (_, joined) in JOINED.items():
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d'{name}" if fold(name)[0] in VOWELS else f"de {name}"


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))


STYLES: tuple[Callable[[str], str], ...] = (str, str.lower, str, _bare)
