"""Numbers and places of the registers of businesses, none of which a real business bears."""

from __future__ import annotations

__all__ = [
    "DEPARTEMENT", "INSEE", "NEIGHBOURS", "POSTCODE", "address", "no_siren", "no_siret",
    "town_spelling",
]  # fmt: skip

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from demo.phrases import lines, read

DEPARTEMENT, POSTCODE, INSEE = "71", "71990", "71999"
_CITY_SPELLINGS = ("Montréval", "Montréval", "MONTREVAL", "Montreval")
_STREETS = ("rue", "place", "quai", "faubourg", "montée", "passage", "square", "chemin", "avenue")


class Town(NamedTuple):
    """A commune of the neighbourhood."""

    name: str
    postcode: str
    insee: str


# The first shares the city's postcode, as small communes do with a larger neighbour.
NEIGHBOURS = (
    Town("Lussey", POSTCODE, "71991"), Town("Corgeron", "71994", "71992"),
    Town("Chambrouge", "71995", "71993"), Town("Rontery", "71996", "71994"),
    Town("Marcilly-le-Bac", POSTCODE, "71995"),
)  # fmt: skip


def town_spelling(rng: Generator) -> str:
    """The city's name, as one of the registrars writes it."""
    return _CITY_SPELLINGS[int(rng.integers(len(_CITY_SPELLINGS)))]


def address(rng: Generator) -> str:
    """A number and a street of the city."""
    streets = [name for name in lines(read("places")["city"]) if name.startswith(_STREETS)]
    street = streets[int(rng.integers(len(streets)))]
    return f"{int(np.ceil(rng.gamma(2.0, 9.0)))} {street}"


def no_siren(number: int) -> str:
    """Nine digits that fail the check of a SIREN (Luhn), so that no real business bears them.

    >>> no_siren(1)
    '900079196'
    """
    stem = f"9{number * 7919 % 10**7:07d}"
    return stem + _wrong_digit(stem)


def no_siret(siren: str, place: int) -> str:
    """The SIREN, then five digits for its `place`-th establishment; fails Luhn's check too.

    >>> no_siret("900079196", 1)
    '90007919600012'
    """
    stem = f"{siren}{place:04d}"
    return stem + _wrong_digit(stem)


def _wrong_digit(stem: str) -> str:
    """The last digit that Luhn's check would ask for, plus one."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(f"{stem}0")))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return str((1 - total) % 10)
