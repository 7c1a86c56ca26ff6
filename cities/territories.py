"""What is larger than a commune: départements, regions of today and of before 2016, countries."""

from __future__ import annotations

__all__ = [
    "abbreviations",
    "countries",
    "departements",
    "place_words",
    "regions",
    "seats",
    "worlds",
]

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cities.data_files import read_yaml
from cities.names import fold

DATA = Path(__file__).parent / "data"


@cache
def departements() -> dict[str, str]:
    """Folded name → code, of the 101 départements and the overseas communities."""
    with (DATA / "departements.csv").open(encoding="utf-8", newline="") as lines:
        return {fold(row["name"]): row["code"] for row in csv.DictReader(lines)}


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = read_yaml(DATA / "territories.yaml")
    return read


@cache
def regions() -> dict[str, frozenset[str]]:
    """Folded name → codes of its départements; today's regions, the former ones, some lands."""
    return {fold(name): frozenset(map(str, codes)) for name, codes in _read()["regions"].items()}


@cache
def countries() -> frozenset[str]:
    """Folded names of countries, planets and cities abroad, in French and English."""
    return frozenset(fold(str(name)) for name in _read()["elsewhere"]["names"]) | worlds()


@cache
def worlds() -> frozenset[str]:
    """Folded names of what is no place to live in: France, Europe, the world."""
    return frozenset(fold(str(name)) for name in _read()["elsewhere"]["world"])


@cache
def place_words(kind: str) -> frozenset[str]:
    """Folded words around a declared place: `fillers`, `not_alone` or `once`."""
    return frozenset(map(str, _read()[kind]))


@cache
def abbreviations() -> Mapping[str, str]:
    """Folded short form of a word in the name of a place → the words in full."""
    return {fold(short): fold(full) for short, full in _read()["abbreviations"].items()}


@cache
def seats() -> Mapping[str, frozenset[str]]:
    """Folded name of a place where the State works → codes of the départements it stands in."""
    return {
        fold(str(name)): frozenset({str(code)})
        for code, names in _read()["seats"].items()
        for name in names
    }
