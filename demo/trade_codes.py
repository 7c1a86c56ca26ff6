"""Each trade of the openings: what it is about, and its codes in both nomenclatures.

`naf` is NAF rev. 2; `naf25` the code that replaces it on 2027-01-01. In the new one a class with
one subclass ends in Y, no longer in Z, and several classes of retail have moved.
"""

from __future__ import annotations

__all__ = ["OTHER_WORK", "TRADE_CODES", "Codes", "codes_of"]

from collections.abc import Mapping
from typing import NamedTuple

from demo.phrases import read
from demo.themes import THEMES


class Codes(NamedTuple):
    """Codes of a trade, and its themes, the main one first."""

    naf: str
    naf25: str
    themes: tuple[str, ...] = ()


TRADE_CODES: Mapping[str, Codes] = {
    "restaurant": Codes("56.10A", "56.11G", ("gastronomy",)),
    "fast food": Codes("56.10C", "56.11J", ("gastronomy",)),
    "food truck": Codes("56.10C", "56.12Y", ("gastronomy",)),
    "café": Codes("56.30Z", "56.30Y", ("gastronomy",)),
    "wine bar": Codes("56.30Z", "56.30Y", ("wine", "gastronomy")),
    "bakery": Codes("10.71C", "10.71H", ("gastronomy",)),
    "pastry shop": Codes("10.71D", "10.71J", ("gastronomy",)),
    "cheese shop": Codes("47.29Z", "47.27Y", ("gastronomy",)),
    "butcher": Codes("47.22Z", "47.22Y", ("gastronomy",)),
    "grocery": Codes("47.11B", "47.11H", ("gastronomy",)),
    "wine merchant": Codes("47.25Z", "47.25Y", ("wine",)),
    "brewery": Codes("11.05Z", "11.05Y", ("gastronomy",)),
    "florist": Codes("47.76Z", "47.76G", ("nature", "decoration")),
    "garden centre": Codes("47.76Z", "47.76G", ("nature",)),
    "landscaping": Codes("81.30Z", "81.30Y", ("nature",)),
    "sports shop": Codes("47.64Z", "47.63Y", ("sport",)),
    "bike shop": Codes("47.64Z", "47.63Y", ("sport",)),
    "gym": Codes("93.13Z", "93.13Y", ("sport", "wellbeing")),
    "climbing gym": Codes("93.11Z", "93.11Y", ("sport",)),
    "boat hire": Codes("77.21Z", "77.21Y", ("sport", "nature")),
    "photo studio": Codes("74.20Z", "74.20Y", ("photography",)),
    "bookshop": Codes("47.61Z", "47.61Y", ("culture",)),
    "music shop": Codes("47.59B", "47.69Y", ("music",)),
    "record shop": Codes("47.63Z", "47.69Y", ("music",)),
    "music bar": Codes("56.30Z", "56.30Y", ("music",)),
    "clothes": Codes("47.71Z", "47.71Y", ("fashion",)),
    "vintage clothes": Codes("47.79Z", "47.79Y", ("fashion",)),
    "sewing workshop": Codes("14.13Z", "14.21Y", ("fashion",)),
    "jewellery": Codes("47.77Z", "47.77Y", ("fashion",)),
    "hairdresser": Codes("96.02A", "96.21Y", ("fashion", "wellbeing")),
    "decoration": Codes("47.59B", "47.55Y", ("decoration",)),
    "antiques": Codes("47.79Z", "47.79Y", ("decoration", "culture")),
    "furniture workshop": Codes("31.09B", "31.00Y", ("decoration",)),
    "painter": Codes("43.34Z", "43.34Y", ("decoration",)),
    "interior design": Codes("74.10Z", "74.13Y", ("decoration",)),
    "garage": Codes("45.20A", "95.31G"),
    "guest house": Codes("55.20Z", "55.20Y"),
    "toy shop": Codes("47.65Z", "47.64Y", ("family",)),
}
# What sole traders do at home, and companies without a shop: activity → codes.
OTHER_WORK: Mapping[str, Codes] = {
    "Conseil en systèmes et logiciels informatiques": Codes("62.02A", "62.20G"),
    "Conseil pour les affaires et autres conseils de gestion": Codes("70.22Z", "70.20Y"),
    "Vente à distance sur catalogue spécialisé": Codes("47.91B", "47.79Y"),
    "Autres services personnels, ménage à domicile": Codes("96.09Z", "96.99Y"),
    "Livraison de repas à domicile à vélo": Codes("53.20Z", "53.20Y"),
    "Location de terrains et d'autres biens immobiliers": Codes("68.20B", "68.20H"),
    "Activités des sociétés holding": Codes("64.20Z", "64.21Y"),
    "Travaux de maçonnerie générale": Codes("43.99C", "43.91Y"),
    "Cours particuliers et soutien scolaire": Codes("85.59B", "85.59Y"),
}


def codes_of(trade: str) -> Codes:
    """The codes of a trade of the material; those that it states itself come first.

    >>> codes_of("bakery").naf, codes_of("bakery").naf25
    ('10.71C', '10.71H')
    """
    known, stated = TRADE_CODES.get(trade, Codes("47.78C", "47.78Y")), read("trades").get(trade, {})
    themes = stated.get("themes", known.themes)
    return Codes(
        naf=stated.get("naf", known.naf),
        naf25=stated.get("naf25", known.naf25),
        themes=tuple(theme for theme in themes if theme in THEMES),
    )
