"""What people type as their location is read as a commune, a département, or unknown."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.locations import SHARED, main
from cities import declared_places
from cities.communes import communes
from cities.declared_places import read_declared_place

COMMUNES = {
    "Aix-en-Provence": "13001",
    "aix en pce": "13001",
    "AIX-EN-PROVENCE 🇫🇷": "13001",
    "#AixEnProvence": "13001",
    "Paris 15": "75056",
    "Paris 16e": "75056",
    "75011 Paris": "75056",
    "Lyon 7ème": "69123",
    "Marseille 13008": "13055",
    "st etienne": "42218",
    "Brive": "19031",
    "Plessis-Robinson": "92060",
    "Vienne, France": "38544",
    "Vienne (Isère)": "38544",
    "Saint-Denis, La Réunion": "97411",
    "Saint-Denis (93)": "93066",
    "Sainte-Marie, Martinique": "97228",
    "Cherbourg-Octeville": "50129",
    "Montréal (32)": "32290",
    "Née à Brest, vit à Rennes": "35238",
    "12 boulevard Albert 1er à Antibes": "06004",
    "Marseille baby": "13055",
    "Sauve, France": "30311",
    "J'habite à Chevillon-sur-Huillard": "45092",
}
LANDS = {
    "Vienne": "86",
    "Hérault - 6ème circonscription": "34",
    "9ème circonscription du Nord": "59",
    "#56": "56",
    "Fécamp / Bolbec": "76",
    "Rennes - Paris": "35",
    "Hte Garonne": "31",
    "Tahiti": "987",
    "Réunion Island": "974",
    "Baie de Somme": "80",
    "Guadeloupe": "971",
    "La Guadeloupe 🇬🇵": "971",
}
UNKNOWN = {
    "": "nowhere",
    "quelque part": "nowhere",
    "Partout et nulle part": "nowhere",
    "France": "too_large",
    "🇫🇷": "too_large",
    "Bretagne": "too_large",
    "Le monde": "too_large",
    "Saint-Denis": "ambiguous",
    "Nantes & Bordeaux": "several",
    "Paris, Texas": "several",
    "New York": "abroad",
    "43.529,5.447": "coordinates",
    "Assemblée nationale, Paris": "workplace",
}


@pytest.mark.parametrize(("typed", "insee"), COMMUNES.items())
def test_a_commune_is_read(typed: str, insee: str) -> None:
    assert read_declared_place(typed).insee == insee


@pytest.mark.parametrize(("typed", "departement"), LANDS.items())
def test_a_land_is_no_commune(typed: str, departement: str) -> None:
    read = read_declared_place(typed)
    assert (read.insee, read.departement) == (None, departement)


@pytest.mark.parametrize(("typed", "reason"), UNKNOWN.items())
def test_what_cannot_be_known_is_unknown_with_its_reason(typed: str, reason: str) -> None:
    read = read_declared_place(typed)
    assert (read.insee, read.departement, read.reason) == (None, None, reason)


def test_nearly_every_commune_is_found_with_its_departement() -> None:
    listed = [item.commune for item in communes()[::41]]
    read = [(read_declared_place(f"{c.name} ({c.departement})").insee, c.insee) for c in listed]
    assert [pair for pair in read if pair[0] not in (None, pair[1])] == []
    assert sum(insee is not None for insee, _ in read) >= 0.99 * len(read)


@given(st.text(max_size=200))
def test_any_text_is_read(typed: str) -> None:
    read = read_declared_place(typed)
    assert (read.reason == "read") == (read.departement is not None)
    assert read.insee is None or read.departement is not None


def test_a_long_text_is_read() -> None:
    assert read_declared_place("Nantes " + "x " * 50_000).departement in (None, "44")


def test_the_benchmark_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--locations", str(SHARED)])
    found = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert float(found["right_of_all"]) >= 0.87
    assert float(found["right_of_resolved"]) >= 0.96
    assert float(found["resolved"]) >= 0.89


def test_the_examples_hold() -> None:
    assert doctest.testmod(declared_places).failed == 0
