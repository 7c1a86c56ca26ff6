"""Which communes a typed name can mean: exact, former, short, without its article, as a hashtag."""

from __future__ import annotations

__all__ = ["LONGEST", "Candidate", "communes_named", "communes_of_postcode"]

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cities.communes import ARTICLES, SAINTS, communes, folded_names
from cities.model import Commune
from cities.names import fold

FORMER = Path(__file__).parent / "data" / "former_communes.csv"
LONGEST = 8
LINKS = ("sur", "en", "les", "lez", "le", "la", "de", "du", "des", "d", "sous", "l", "aux", "saint")
# How much of a commune's population speaks for it, by the way that it is named.
EXACT, NO_ARTICLE, SHORT, OLD = 1.0, 0.3, 0.5, 0.3
LEAST_SHORT = 5_000
LEAST_FIRST_WORD = 20_000
LEAST_TAG = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that a name can mean; `weight` is its population, less when named loosely."""

    insee: str
    departement: str
    weight: float


@cache
def _by_name() -> dict[str, dict[str, Candidate]]:
    found: dict[str, dict[str, Candidate]] = {}
    listed = {item.commune.insee: item.commune for item in communes()}
    for item, folded in zip(communes(), folded_names(), strict=True):
        for form, share in _forms(folded, item.commune.population):
            _add(found, form, _candidate(item.commune, share))
    for name, insee in _former():
        for form, _ in _forms(fold(name), 0):
            _add(found, form, _candidate(listed[insee], OLD))
    return found


def _candidate(commune: Commune, share: float) -> Candidate:
    return Candidate(commune.insee, commune.departement, (1 + commune.population) * share)


def _add(found: dict[str, dict[str, Candidate]], form: str, candidate: Candidate) -> None:
    same = found.setdefault(form, {})
    if candidate.insee not in same or same[candidate.insee].weight < candidate.weight:
        same[candidate.insee] = candidate


def _former() -> Iterator[tuple[str, str]]:
    with FORMER.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["name"], row["insee"]


def _forms(folded: str, population: int) -> Iterator[tuple[str, float]]:
    """The forms under which people type a folded name, and how well each fits."""
    words = folded.split()
    for form, share in ((words, EXACT), *_shorter(words, population)):
        yield " ".join(form), share
        saints = ["st" if w == "saint" else "ste" if w == "sainte" else w for w in form]
        yield " ".join(saints), share
        if sum(map(len, form)) >= LEAST_TAG:
            yield "".join(form), share


def _shorter(words: list[str], population: int) -> Iterator[tuple[list[str], float]]:
    if len(words) > 1 and words[0] in ARTICLES:
        yield words[1:], NO_ARTICLE
    if population < LEAST_SHORT:
        return
    for end in range(1, len(words)):
        first = words[:end]
        if words[end] in LINKS and first[-1] not in (*ARTICLES, *SAINTS, *LINKS):
            yield first, SHORT
            if first[0] in ARTICLES and end > 1:
                yield first[1:], SHORT
            return
    if population >= LEAST_FIRST_WORD and len(words) == 2 and words[0] not in (*ARTICLES, *SAINTS):
        yield words[:1], SHORT


@cache
def communes_named(folded: str) -> tuple[Candidate, ...]:
    """Communes that a folded name can mean, the weightiest first."""
    found = _by_name().get(folded, {}).values()
    return tuple(sorted(found, key=lambda c: (-c.weight, c.insee)))


@cache
def _by_postcode() -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for item in communes():
        for postcode in item.commune.postcodes:
            found.setdefault(postcode, []).append(_candidate(item.commune, EXACT))
    return found


def communes_of_postcode(postcode: str) -> tuple[Candidate, ...]:
    """Communes that share a postcode, the most populous first."""
    return tuple(sorted(_by_postcode().get(postcode, ()), key=lambda c: (-c.weight, c.insee)))
