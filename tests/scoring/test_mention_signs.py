"""Signs around a name: the noun that it hangs on, what completes it, people, years long ago."""

from __future__ import annotations

import math

import pytest

from scoring.mentions.heads import head_signs
from scoring.mentions.signs import SIGNS, signs_of
from scoring.mentions.window import Mention

CODES = {
    "Valence": "26362",
    "Nice": "06088",
    "Bras": "83021",
    "Nancy": "54395",
    "Lanester": "56098",
}


@pytest.mark.parametrize(
    ("left", "sign"),
    [
        ("le savon noir de", "head_product"),
        ("la foire au jambon de", "head_event"),
        ("le theatre antique d", "head_town"),
        ("le traite de", "head_history"),
        ("elle resilie un forfait de", "head_brand"),
        ("une sauce", "bare_product"),
    ],
)
def test_the_noun_that_a_name_hangs_on_is_found(left: str, sign: str) -> None:
    assert head_signs(left.split(), ())[sign] == 1


def test_a_mark_ends_the_phrase() -> None:
    assert "head_product" not in head_signs(["savon", "", "pres", "de"], ())
    assert not any(sign.startswith("head_p") for sign in head_signs((), ()))


def figures(name: str, text: str) -> dict[str, float]:
    at = text.index(name)
    found = signs_of(Mention(text, at, at + len(name), CODES[name]))
    return dict(zip(SIGNS, found, strict=True))


@pytest.mark.parametrize(
    ("name", "text", "sign"),
    [
        ("Valence", "Vacances à Valence, en Espagne", "completed_abroad"),
        ("Nancy", "Un pont à Nancy, Kentucky", "completed_abroad"),
        ("Bras", "La fête de Bras, Var, dimanche", "completed_here"),
        ("Nancy", "rue de Nancy à Grenoble", "located_far"),
        ("Nancy", "Nancy Kowalska chante", "before_surname"),
        ("Nice", "Le traité signé à Nice en 1763", "old_year"),
        ("Nice", "On lit « Les nuits de Nice »", "in_quotes"),
        ("Bras", "on arrive à Bras ce soir", "capital_inside"),
        ("Nice", "Nice, mon vieux chien", "apposed_against"),
    ],
)
def test_a_sign_is_seen(name: str, text: str, sign: str) -> None:
    assert figures(name, text)[sign] == 1


@pytest.mark.parametrize(
    ("name", "text", "sign"),
    [
        ("Nice", "à Nice, 1500 habitants", "old_year"),
        ("Nice", "« Salut » dit-on à Nice « ici »", "in_quotes"),
        ("Nancy", "Nancy Metz", "before_surname"),
    ],
)
def test_what_is_no_sign_is_not(name: str, text: str, sign: str) -> None:
    assert figures(name, text)[sign] == 0


def test_a_commune_without_a_place_on_the_map_is_borne() -> None:
    found, near = figures("Lanester", "De Nantes à Lanester"), figures("Nice", "Nice, Lanester")
    assert all(math.isfinite(figure) for figure in (*found.values(), *near.values()))
