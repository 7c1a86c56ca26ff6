"""Names of communes to fill templates with, by what else they mean."""

from __future__ import annotations

__all__ = ["Pool", "names_like", "slots_for"]

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

import numpy as np

from cities.communes import communes, folded_names
from cities.model import Commune
from cities.names import fold
from cities.territories import DATA, countries, departements, regions
from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.names import is_first_name, name_of, short_name
from scoring.mentions.people import inhabitants_of
from scoring.word_lists import word_list

Pool = Literal["any", "word", "english", "first_name", "surname", "large", "land", "foreign",
               "longer", "rival", "people", "product"]  # fmt: skip
FIRST = (*word_list("first_names")["names"], *word_list("first_names_recent")["names"])
LAST_NAMES = (
    "Dubreuil", "Lefort", "Garnier", "Benali", "Rousselin", "Chabert", "Leduc", "Marchand",
    "Morvan", "Kerbrat", "Le Goff", "Delcourt", "Vasseur", "Lemoine", "Bertin", "Poulain",
    "Guérin", "Fabre", "Roussel", "Giraud", "Mercadal", "Etcheverry", "Schmitt", "Muller",
    "Haddad", "Traoré", "Diallo", "Nguyen", "Costa", "Fernandes", "Ricci", "Kowalski", "Petrov",
    "Johnson", "Miller", "Parker", "O'Brien", "Thompson", "Reed", "Murphy", "Lopez", "Santos",
    "Weber", "Hansen", "Cohen", "Barbier", "Charpentier", "Lacroix", "Maillard", "Perrot",
    "Tessier", "Vidal",
)  # fmt: skip
PLACES_ABROAD = (
    "Espagne", "Belgique", "Canada", "Italie", "Suisse", "Autriche", "Allemagne", "Québec",
    "Angleterre", "Irlande", "Écosse", "Portugal", "Grèce", "Brésil", "Argentine", "Chili",
    "Mexique", "Sénégal", "Maroc", "Tunisie", "Algérie", "Liban", "Roumanie", "Pologne",
    "Louisiane", "Californie", "Floride", "Catalogne", "Andalousie", "Toscane", "Wallonie",
    "Ontario", "Norvège", "Suède", "Australie", "Spain", "Canada", "Texas", "Italy", "Belgium",
    "Switzerland", "Ohio", "California", "Louisiana", "Ontario", "Ireland", "England", "Michigan",
    "Florida", "Germany", "Australia", "Brazil",
)  # fmt: skip
ANY = (0.35, 0.2, 0.45)
DRAWN_SHORT, DOMINANT, HALF = 0.35, 0.4, 0.5
LEAST, LARGE, TOWN = 400, 15_000, 3_000
KM_A_DEGREE, NEAR_KM, MOST_NEAR = 111.0, 20.0, 12
Draw = np.random.Generator


@cache
def _rows() -> tuple[tuple[Commune, str], ...]:
    listed = zip(communes(), folded_names(), strict=True)
    return tuple((one.commune, name) for one, name in listed if one.commune.population >= LEAST)


@cache
def _of(pool: str) -> tuple[tuple[str, ...], np.ndarray]:
    """Codes of the pool, and how often each is drawn: by the root of the population."""
    rows = [commune for commune, name in _rows() if _fits(pool, commune, name)]
    power = 0.25 if pool in ("word", "english") else 0.5
    weight = np.array([commune.population for commune in rows], dtype=float) ** power
    return tuple(commune.insee for commune in rows), weight / weight.sum()


def _fits(pool: str, commune: Commune, name: str) -> bool:
    known = name_of(name)
    is_largest = commune.population == known.largest
    tests = {
        "plain": commune.population >= TOWN // 2,
        "hard": is_largest and (known.is_word or known.is_english_word or is_first_name(name)),
        "word": known.is_word and is_largest and known.french_use < 6,
        "english": known.is_english_word and is_largest,
        "special": (name in departements() or name in regions() or known.bearers > 1)
        or known.foreign > 0.3 * known.largest,
        "first_name": is_first_name(name),
        "surname": " " not in name and commune.population < 60_000,
        "large": commune.population >= LARGE and "saint" not in name,
        "land": is_largest and (name in departements() or name in regions()) and name != "paris",
        "foreign": known.foreign > 0.3 * known.largest,
        "product": is_largest and name in word_list("not_places")["products"],
        "longer": (known.longer > 500 and is_largest) or bool(short_name(name)),
        "rival": known.bearers > 1,
        "people": commune.population >= TOWN and bool(inhabitants_of(name)),
    }
    is_land = name in departements() or name in regions() or name in countries()
    return bool(tests[pool]) and not (
        pool in ("plain", "hard") and (is_land or known.foreign > known.largest)
    )


def names_like(pool: Pool, draw: Draw) -> tuple[str, str]:
    """A commune of a pool: its code, and its name or, at times, its well-known short form."""
    chosen = str(draw.choice(("hard", "special", "plain"), p=ANY)) if pool == "any" else pool
    codes, weights = _of(chosen)
    insee = codes[draw.choice(len(codes), p=weights)]
    known = knowledge_of(insee)
    name = known.name
    is_known_by_it = known.short and known.population > DOMINANT * name_of(known.short).longer_total
    if pool in ("any", "club") and is_known_by_it and draw.random() < DRAWN_SHORT:
        name = name[: len(known.short)]
    return insee, name


def slots_for(insee: str, name: str, pool: Pool, draw: Draw) -> dict[str, str] | None:
    """What fills the slots of a template, for a commune; nothing when a slot can't be filled."""
    known = knowledge_of(insee)
    near = _near(insee)
    slots = {
        "X": name,
        "Y": knowledge_of(_of("large")[0][draw.integers(len(_of("large")[0]))]).name,
        "Z": str(draw.choice(near)) if near else "la mer",
        "D": _departement(known.departement),
        "P": str(draw.choice(PLACES_ABROAD)),
        "F": FIRST[draw.integers(len(FIRST))].capitalize(),
        "L": str(draw.choice(LAST_NAMES)),
        "N": str(draw.integers(2, 30)),
        "C": str(draw.integers(800, 1946)),
        "K": _number(known.departement, known.postcodes, draw),
        "J": _number(code := str(draw.choice(_codes())), (), draw),
        "I": "", "R": "", "V": "",
    }  # fmt: skip
    slots["O"] = _departement(code)
    if pool == "people":
        slots["I"] = str(draw.choice(inhabitants_of(known.folded)))
    if pool in ("longer", "rival"):
        return _of_others(slots, _commune(insee), pool, draw)
    return slots


def _number(departement: str, postcodes: Sequence[str], draw: Draw) -> str:
    """A département's number, or a postcode."""
    return str(draw.choice(postcodes)) if postcodes and draw.random() < HALF else departement


def _of_others(
    slots: dict[str, str], commune: Commune, pool: Pool, draw: Draw
) -> dict[str, str] | None:
    own = fold(commune.name)
    said = {own, short_name(own)} - {""}
    others = _longer(own) if pool == "longer" else _bearers(own)
    others = [one for one in others if one.insee != commune.insee]
    if not others:
        return None
    other = others[draw.choice(len(others))]
    first = next(
        (name for name in sorted(said, key=len) if fold(other.name).startswith(f"{name} ")), own
    )
    near = _near(other.insee)
    slots["V"] = str(draw.choice(near)) if near else "la mer"
    slots["O"] = _departement(other.departement)
    slots["J"] = _number(other.departement, other.postcodes, draw)
    if pool == "longer":
        slots["R"] = other.name
        slots["X"] = other.name[: len(first)]
    return None if slots["O"] == slots["D"] else slots


@cache
def _by_word() -> Mapping[str, list[Commune]]:
    found: dict[str, list[Commune]] = {}
    for commune, name in _rows():
        found.setdefault(name.split()[0], []).append(commune)
    return found


@cache
def _longer(own: str) -> list[Commune]:
    """Communes whose name begins with this one, or with its short form, and goes on."""
    starts = tuple(f"{name} " for name in {own, short_name(own)} - {""})
    near = _by_word().get(own.split(maxsplit=1)[0], [])
    return [one for one in near if fold(one.name).startswith(starts)]


@cache
def _bearers(own: str) -> list[Commune]:
    return [one for one in _by_word().get(own.split(maxsplit=1)[0], []) if fold(one.name) == own]


@cache
def _near(insee: str) -> tuple[str, ...]:
    """Names of the largest communes within some 20 km."""
    places, own = _places(), _commune(insee)
    high = (places[:, 0] - (own.latitude or 0)) * KM_A_DEGREE
    wide = (
        (places[:, 1] - (own.longitude or 0)) * KM_A_DEGREE * np.cos(np.radians(own.latitude or 0))
    )
    near = [_rows()[at][0] for at in np.flatnonzero(high**2 + wide**2 < NEAR_KM**2)]
    near.sort(key=lambda one: -one.population)
    return tuple(one.name for one in near if one.insee != insee)[:MOST_NEAR]


@cache
def _places() -> np.ndarray:
    return np.array([(one.latitude or 0, one.longitude or 0) for one, _ in _rows()])


@cache
def _communes() -> Mapping[str, Commune]:
    return {commune.insee: commune for commune, _ in _rows()}


def _commune(insee: str) -> Commune:
    return _communes()[insee]


@cache
def _codes() -> tuple[str, ...]:
    return tuple(sorted(set(departements().values())))


@cache
def _departement(code: str) -> str:
    with (DATA / "departements.csv").open(encoding="utf-8", newline="") as lines:
        return next((r["name"] for r in csv.DictReader(lines) if r["code"] == code), code)
