"""Notices of the business register: the openings of the city, and what must not become one."""

from __future__ import annotations

__all__ = ["TRADE_THEMES", "Notices", "make_notices"]

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.random import Generator

from demo.phrases import lines, read
from demo.texts import TRADES, Composer
from demo.truth import TrueOpening
from demo.world import WorldOpening

# What each trade of the demo is about; a trade that is missing here is about none of the themes.
TRADE_THEMES: Mapping[str, tuple[str, ...]] = {
    "restaurant": ("gastronomy",), "fast food": ("gastronomy",), "food truck": ("gastronomy",),
    "café": ("gastronomy",), "wine bar": ("wine", "gastronomy"), "bakery": ("gastronomy",),
    "pastry shop": ("gastronomy",), "cheese shop": ("gastronomy",), "butcher": ("gastronomy",),
    "grocery": ("gastronomy",), "wine merchant": ("wine",), "brewery": ("gastronomy",),
    "florist": ("nature", "decoration"), "garden centre": ("nature",), "landscaping": ("nature",),
    "sports shop": ("sport",), "bike shop": ("sport",), "gym": ("sport",),
    "climbing gym": ("sport",), "boat hire": ("sport", "nature"), "photo studio": ("photography",),
    "music shop": ("music",), "record shop": ("music",), "music bar": ("music",),
    "clothes": ("fashion",), "vintage clothes": ("fashion",), "sewing workshop": ("fashion",),
    "jewellery": ("fashion",), "hairdresser": ("fashion",), "decoration": ("decoration",),
    "antiques": ("decoration",), "furniture workshop": ("decoration",), "painter": ("decoration",),
    "interior design": ("decoration",),
}  # fmt: skip
DEPARTEMENT, POSTCODE = "71", "71990"
CITY_SPELLINGS = ("Montréval", "Montréval", "MONTREVAL", "Montreval")
# The first shares the city's postcode, as small communes do with a larger neighbour.
NEIGHBOURS = (
    ("Lussey", POSTCODE), ("Corgeron", "71994"), ("Chambrouge", "71995"), ("Rontery", "71996"),
    ("Marcilly-le-Bac", POSTCODE),
)  # fmt: skip
_NEW_SHARE = 0.08  # of the openings, those published between the two nights
_STREETS = ("rue", "place", "quai", "faubourg", "montée", "passage", "square", "chemin", "avenue")

Kind = Literal["opening", "neighbour", "vente", "radiation"]


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices in order of publication, with what is true of each."""

    openings: tuple[WorldOpening, ...]
    truth: tuple[TrueOpening, ...]


def make_notices(
    composer: Composer, count: int, *, starts_on: date, ends_on: date, rng: Generator
) -> Notices:
    """Make `count` openings of the city between two days, and noise around them.

    On `ends_on` two or three of them appear (one at least): they are the news of night 2.
    """
    count_new = max(1, round(_NEW_SHARE * count))
    days = (ends_on - starts_on).days
    trades = rng.permutation(tuple(TRADES)).tolist()
    rows = []
    for at, kind in enumerate(_kinds(count)):
        is_new = at < count_new
        day = ends_on if is_new else starts_on + timedelta(days=int(rng.integers(days)))
        rows.append(_notice(composer, kind, trades[at % len(trades)], day=day, number=at, rng=rng))
    rows.sort(key=lambda row: (row[0].published_on, row[0].opening_id))
    return Notices(tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def _kinds(count: int) -> list[Kind]:
    noise: dict[Kind, int] = {
        "neighbour": max(2, round(0.7 * count)),
        "vente": max(1, round(0.25 * count)),
        "radiation": max(1, round(0.35 * count)),
    }
    kinds: list[Kind] = ["opening"] * count
    for kind, times in noise.items():
        kinds += [kind] * times
    return kinds


def _notice(
    composer: Composer, kind: Kind, trade: str, *, day: date, number: int, rng: Generator
) -> tuple[WorldOpening, TrueOpening]:
    town, postcode = CITY_SPELLINGS[int(rng.integers(len(CITY_SPELLINGS)))], POSTCODE
    if kind == "neighbour":
        town, postcode = NEIGHBOURS[number % len(NEIGHBOURS)]
    opening_id = f"A{day:%Y%m%d}{number:05d}"
    opened_on = day - timedelta(days=int(rng.integers(1, 45)))
    notice = WorldOpening(
        opening_id=opening_id,
        published_on=day,
        siren=_no_siren(number),
        name=composer.shop(trade=trade),
        activity=TRADES[trade],
        address=_address(rng),
        postcode=postcode,
        town=town,
        opened_on=None if kind != "opening" and rng.random() < 0.5 else opened_on,
        departement=DEPARTEMENT,
        family="creation" if kind in ("opening", "neighbour") else kind,
    )
    return notice, TrueOpening(
        opening_id=opening_id,
        is_opening_of_city=kind == "opening",
        trade=trade,
        themes=TRADE_THEMES.get(trade, ()),
    )


def _no_siren(number: int) -> str:
    """Nine digits that fail the check of a SIREN (Luhn), so that no real business bears them.

    >>> _no_siren(1)
    '900079196'
    """
    stem = f"9{number * 7919 % 10**7:07d}"
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(stem))
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{stem}{(1 - total) % 10}"


def _address(rng: Generator) -> str:
    streets = [name for name in lines(read("places")["city"]) if name.startswith(_STREETS)]
    street = streets[int(rng.integers(len(streets)))]
    return f"{int(np.ceil(rng.gamma(2.0, 9.0)))} {street}"
