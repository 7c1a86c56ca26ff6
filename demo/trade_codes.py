"""What each business does: codes in both nomenclatures, and what a trade of the demo is about.

`naf` is NAF rev. 2; `naf25` the code that replaces it on 2027-01-01. In the new one a class with
one subclass ends in Y, no longer in Z, and several classes of retail have moved.
"""

from __future__ import annotations

__all__ = ["OTHER_WORK", "Codes", "codes_of"]

from collections.abc import Mapping
from typing import NamedTuple

from demo.phrases import read
from demo.themes import THEMES


class Codes(NamedTuple):
    """Codes of a trade, and its themes, the main one first."""

    naf: str
    naf25: str
    themes: tuple[str, ...] = ()


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
    """The codes and themes of a trade of the material.

    >>> codes_of("bakery").naf, codes_of("bakery").themes
    ('10.71C', ('gastronomy',))
    """
    entry = read("trades")[trade]
    themes = tuple(theme for theme in entry["themes"] if theme in THEMES)
    return Codes(naf=entry["naf"], naf25=entry["naf25"], themes=themes)
