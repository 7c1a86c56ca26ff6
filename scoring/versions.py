"""The version of each scorer of posts: a fingerprint of all that its results depend on, but posts.

Another version of one means that posts are read anew for that one alone: other words of a theme
leave relevance as it is. `days` are the sums of an author's day, made of the results of the others.
"""

from __future__ import annotations

__all__ = ["Versions", "versions_of"]

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from cities.model import City
from scoring.city_terms import CityTerms

HERE = Path(__file__).parent
DIGITS = 12
# What each scorer is made of; the reader of themes fingerprints its own words and model.
RULES = {
    "relevance": (
        "macros.sql", "fresh_texts.sql", "relevance*", "city_terms.py", "mentions/*.py",
        "models/mentions.npz", "models/commune_names.csv", "words/*.yaml",
    ),
    "themes": ("macros.sql", "theme_texts.sql", "post_themes.*"),
    "days": (
        "macros.sql", "days.py", "day_posts.sql", "author_days.sql", "author_theme_days.sql",
        "words/residents.yaml",
    ),
}  # fmt: skip
# Word lists that only the scores of authors read, and the sums of days.
NOT_OF_RELEVANCE = (
    "account_types.yaml",
    "first_names_recent.yaml",
    "homes.yaml",
    "residents.yaml",
)


@dataclass(frozen=True, slots=True)
class Versions:
    """One fingerprint a scorer."""

    relevance: str
    themes: str
    days: str


def versions_of(city: City, terms: CityTerms, reader: str) -> Versions:
    """The versions of a night of this city, given that of its reader of themes.

    >>> from cities.reading import read_city
    >>> from scoring.city_terms import city_terms
    >>> city = read_city(Path("cities/examples/montreval.yaml"))
    >>> len(versions_of(city, city_terms(city), "0f").themes)
    12
    """
    return Versions(
        relevance=_fingerprint("relevance", (city.commune, terms)),
        themes=_fingerprint("themes", reader),
        days=_fingerprint("days", (city.timezone, terms)),
    )


def _fingerprint(scorer: str, said: object) -> str:
    return sha256(f"{_rules(scorer)} {said!r}".encode()).hexdigest()[:DIGITS]


@cache
def _rules(scorer: str) -> str:
    digest = sha256()
    for pattern in RULES[scorer]:
        for path in sorted(HERE.glob(pattern)):
            if scorer != "relevance" or path.name not in NOT_OF_RELEVANCE:
                digest.update(path.read_bytes())
    return digest.hexdigest()
