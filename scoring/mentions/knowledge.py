"""What is known of a commune's name before any text is read: what else it means, and how often."""

from __future__ import annotations

__all__ = ["NAME_SIGNS", "Name", "is_first_name", "name_of", "name_signs", "population_of"]

import csv
from dataclasses import dataclass, replace
from functools import cache
from math import log10
from pathlib import Path

from cities.communes import ARTICLES, communes, folded_names
from cities.territories import countries, departements, regions
from scoring.word_lists import word_list

TABLE = Path(__file__).parent.parent / "models" / "commune_names.csv"
NAME_SIGNS = (
    "population",
    "namesakes",
    "is_departement",
    "is_region",
    "is_country",
    "foreign_city",
    "french_use",
    "english_use",
    "is_word",
    "is_first_name",
    "short_for",
    "letters",
    "words",
    "use_over_size",
    "use_over_world",
    "foreign_over_size",
    "begins_with_article",
    "begins_with_saint",
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a folded name can mean. Frequencies are on the Zipf scale; sizes are populations."""

    largest: int = 0
    bearers: int = 0
    longer: int = 0
    foreign: int = 0
    french_use: float = 0
    english_use: float = 0
    is_word: bool = False


@cache
def _known() -> dict[str, Name]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = {row["name"]: row for row in csv.DictReader(lines)}
    largest: dict[str, int] = {}
    bearers: dict[str, int] = {}
    longer: dict[str, int] = {}
    for listed, folded in zip(communes(), folded_names(), strict=True):
        population = listed.commune.population
        largest[folded] = max(largest.get(folded, 0), population)
        bearers[folded] = bearers.get(folded, 0) + 1
        words = folded.split()
        for end in range(1, len(words)):
            first = " ".join(words[:end])
            longer[first] = max(longer.get(first, 0), population)
    return {
        folded: _told(
            rows.get(folded, {}),
            Name(largest=size, bearers=bearers[folded], longer=longer.get(folded, 0)),
        )
        for folded, size in largest.items()
    }


def _told(row: dict[str, str], name: Name) -> Name:
    if not row:
        return name
    return replace(
        name,
        foreign=int(row["foreign"] or 0),
        french_use=float(row["zipf_fr"] or 0),
        english_use=float(row["zipf_en"] or 0),
        is_word=row["is_word"] == "1",
    )


def name_of(folded: str) -> Name:
    """What is known of a folded name; of an unknown one, nothing."""
    return _known().get(folded, Name())


@cache
def _populations() -> dict[str, int]:
    return {listed.commune.insee: listed.commune.population for listed in communes()}


def population_of(insee: str) -> int:
    """Inhabitants of a commune, 0 when it is not on the list."""
    return _populations().get(insee, 0)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(word_list("first_names")["names"])


def is_first_name(folded: str) -> bool:
    """Is the folded word a common first name?"""
    return folded in _first_names()


@cache
def name_signs(folded: str, population: int) -> tuple[float, ...]:
    """The figures of `NAME_SIGNS` for a name, and the city that it would be."""
    name = name_of(folded)
    size, foreign = log10(1 + population), log10(1 + name.foreign)
    words = folded.split() or [""]
    return (
        size,
        log10(max(name.bearers, 1)),
        float(folded in departements()),
        float(folded in regions()),
        float(folded in countries()),
        foreign,
        name.french_use,
        name.english_use,
        float(name.is_word),
        float(any(is_first_name(word) for word in words[:1])),
        log10((1 + name.longer) / (1 + population)) if name.longer else -3.0,
        float(len(folded)),
        float(len(words)),
        name.french_use - size,
        name.french_use - name.english_use,
        foreign - size,
        float(words[0] in ARTICLES),
        float(words[0] in ("saint", "sainte")),
    )
