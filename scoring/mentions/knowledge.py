"""What is known of a city before any text is read: its names, its place, what else they mean."""

from __future__ import annotations

__all__ = ["NAME_SIGNS", "Knowledge", "knowledge_of", "name_signs", "place_of"]

from dataclasses import dataclass
from functools import cache, lru_cache
from math import isfinite, log10

from cities.communes import ARTICLES, communes, folded_names
from cities.model import Commune
from cities.territories import countries, departements, regions
from scoring.mentions.names import is_first_name, name_of, population_of, short_name

NAME_SIGNS = (
    "population",
    "namesakes",
    "is_departement",
    "is_region",
    "is_country",
    "foreign_city",
    "french_use",
    "english_use",
    "foreign_use",
    "is_word",
    "is_english_word",
    "is_first_name",
    "short_for",
    "letters",
    "words",
    "use_over_size",
    "use_over_world",
    "foreign_over_size",
    "begins_with_article",
    "begins_with_saint",
    "is_short",
    "share",
)
NAMESAKES = 12


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the official list tells of one city.

    `lands`: folded names of its département and regions; `rivals`: where the largest communes lie
    that its name, or the short form of it, could mean instead, as (latitude, longitude).
    """

    insee: str
    name: str
    folded: str
    short: str
    population: int
    departement: str
    postcodes: tuple[str, ...]
    lands: frozenset[str]
    place: tuple[float, float] | None
    rivals: tuple[tuple[float, float], ...]
    rival_departements: frozenset[str]


@cache
def _listed() -> dict[str, tuple[Commune, str]]:
    return {
        listed.commune.insee: (listed.commune, folded)
        for listed, folded in zip(communes(), folded_names(), strict=True)
    }


@cache
def _by_first_word() -> dict[str, list[str]]:
    """First words, and whole names, to INSEE codes, the largest commune first."""
    found: dict[str, list[str]] = {}
    largest_first = sorted(
        _listed().values(), key=lambda item: (-item[0].population, item[0].insee)
    )
    for commune, folded in largest_first:
        for name in {folded, short_name(folded)} - {""}:
            found.setdefault(name, []).append(commune.insee)
    return found


@lru_cache(maxsize=10_000)
def knowledge_of(insee: str) -> Knowledge:
    """What is known of the commune of that code; of a code that is none, nothing."""
    if insee not in _listed():
        return Knowledge(insee, "", "", "", 0, "", (), frozenset(), None, (), frozenset())
    commune, folded = _listed()[insee]
    short = short_name(folded)
    others = [
        _listed()[code][0]
        for name in dict.fromkeys((folded, short))
        for code in _by_first_word().get(name, ())[: NAMESAKES + 1]
        if code != insee
    ]
    return Knowledge(
        insee=insee,
        name=commune.name,
        folded=folded,
        short=short,
        population=commune.population,
        departement=commune.departement,
        postcodes=commune.postcodes,
        lands=_lands(commune.departement),
        place=place_of(commune),
        rivals=tuple(place for other in others if (place := place_of(other))),
        rival_departements=frozenset(c.departement for c in others) - {commune.departement},
    )


def place_of(commune: Commune) -> tuple[float, float] | None:
    """Latitude and longitude; the list does not know them of a few communes."""
    if commune.latitude is None or commune.longitude is None:
        return None
    place = commune.latitude, commune.longitude
    return place if all(map(isfinite, place)) else None


@cache
def _lands(departement: str) -> frozenset[str]:
    own = {name for name, code in departements().items() if code == departement}
    return frozenset(own | {name for name, codes in regions().items() if departement in codes})


@lru_cache(maxsize=20_000)
def name_signs(said: str, insee: str) -> tuple[float, ...]:
    """The figures of `NAME_SIGNS` for a folded name as said, and the city that it would be."""
    name, known, population = name_of(said), knowledge_of(insee), population_of(insee)
    size, foreign = log10(1 + population), log10(1 + name.foreign)
    words = said.split() or [""]
    is_short = bool(known.short) and said == known.short
    rivals = name.longer_total + name.total if is_short else name.total
    return (
        size,
        log10(max(name.bearers, 1)),
        float(said in departements()),
        float(said in regions()),
        float(said in countries()),
        foreign,
        name.french_use,
        name.english_use,
        name.foreign_use,
        float(name.is_word),
        float(name.is_english_word),
        float(is_first_name(words[0])),
        log10((1 + name.longer) / (1 + population)) if name.longer else -3.0,
        float(len(said)),
        float(len(words)),
        name.french_use - size,
        name.french_use - name.english_use,
        foreign - size,
        float(words[0] in ARTICLES),
        float(words[0] in ("saint", "sainte")),
        float(is_short),
        min(population / rivals, 1.0) if rivals else 1.0,
    )
