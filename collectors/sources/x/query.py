"""The city's names as queries of X's recent search, each within the length that X accepts."""

from __future__ import annotations

__all__ = ["LONGEST_QUERY", "queries_of"]

from collections.abc import Iterable, Iterator

from cities.model import City
from cities.names import fold, name_forms

LONGEST_QUERY = 512
# Exclusions stand in every query; what does not fit is left to the score of relevance.
LONGEST_TAIL = 250
NO_RESHARES = "-is:retweet"


def queries_of(city: City, language: str | None = None) -> tuple[str, ...]:
    """The fewest queries that ask for every name, hashtag, demonym and place of the city.

    Posts that name a namesake are excluded, unless the city's own name holds that name too.
    """
    tail = _tail(city, language)
    room = LONGEST_QUERY - len(tail) - len("() ")
    groups: list[list[str]] = [[]]
    for term in dict.fromkeys(_terms(city)):
        if groups[-1] and len(" OR ".join((*groups[-1], term))) > room:
            groups.append([])
        groups[-1].append(term)
    return tuple(f"({' OR '.join(group)}) {tail}" for group in groups)


def _terms(city: City) -> Iterator[str]:
    own = (city.commune.name, *city.names.aliases)
    for name in own:
        yield _term(name)
        # X reads accents and hyphens away by itself; st for saint, or one word, it does not.
        yield from (_term(form) for form in name_forms(name) if form != fold(name))
    yield from (f"#{tag}" for tag in city.names.hashtags)
    yield from map(_term, (*city.names.inhabitants, *city.names.places))


def _term(name: str) -> str:
    plain = name.replace('"', " ").strip()
    return plain if plain.isalnum() and plain not in ("OR", "AND") else f'"{plain}"'


def _tail(city: City, language: str | None) -> str:
    tail = f"{NO_RESHARES} lang:{language}" if language else NO_RESHARES
    for namesake in _excluded(city, city.names.namesakes):
        longer = f"-{_term(namesake)} {tail}"
        if len(longer) <= LONGEST_TAIL:
            tail = longer
    return tail


def _excluded(city: City, namesakes: Iterable[str]) -> Iterator[str]:
    own = [f" {fold(name)} " for name in (city.commune.name, *city.names.aliases)]
    for namesake in namesakes:
        if fold(namesake) and not any(f" {fold(namesake)} " in name for name in own):
            yield namesake
