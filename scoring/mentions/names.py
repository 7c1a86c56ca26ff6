"""What a folded name can mean before any text is read: a commune, a word, a person, a land."""

from __future__ import annotations

__all__ = [
    "LANGUAGES",
    "TABLE",
    "Name",
    "full_name",
    "is_first_name",
    "listed_names",
    "name_of",
    "population_of",
    "short_name",
]

import csv
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from cities.communes import ARTICLES, communes, folded_names
from scoring.word_lists import word_list

TABLE = Path(__file__).parent.parent / "models" / "commune_names.csv"
# First words that say nothing of which commune is meant.
NOT_SHORT = frozenset((*ARTICLES, "saint", "sainte", "st", "ste", "mont", "val", "sur", "de", "en"))
MIN_SHORT = 3
CONTRACTED = ("au", "du", "aux", "des")
LANGUAGES = ("fr", "en", "es", "pt", "it", "de", "sv", "da", "nl")


@dataclass(frozen=True, slots=True)
class Name:
    """What a folded name can mean. Frequencies are on the Zipf scale; sizes are populations.

    `largest`, `total`, `bearers`: of the communes of exactly this name; `longer`: the largest
    commune whose name begins with it, `longer_total` all of them; `foreign`: a place abroad.
    """

    largest: int = 0
    total: int = 0
    bearers: int = 0
    longer: int = 0
    longer_total: int = 0
    foreign: int = 0
    uses: tuple[float, ...] = (0.0,) * len(LANGUAGES)
    is_word: bool = False
    is_english_word: bool = False

    @property
    def french_use(self) -> float:
        """How often French uses the word."""
        return self.uses[0]

    @property
    def english_use(self) -> float:
        """How often English uses the word."""
        return self.uses[1]

    @property
    def foreign_use(self) -> float:
        """How often that of the other languages uses it that does so most."""
        return max(self.uses[2:])


def short_name(folded: str) -> str:
    """The first word by which a longer name is known, or nothing.

    >>> short_name("aix en provence"), short_name("le mans"), short_name("nice")
    ('aix', '', '')
    """
    first, *rest = folded.split() or [""]
    return "" if not rest or first in NOT_SHORT or len(first) < MIN_SHORT else first


def full_name(said: str, name: str) -> str:
    """A folded name as it stands on the list, when what was said is a way of writing it.

    >>> full_name("du mans", "le mans"), full_name("stdenis", "saint denis")
    ('le mans', 'saint denis')
    >>> full_name("aix", "aix en provence")
    'aix'
    """
    if said == name or not name:
        return said
    first, _, rest = said.partition(" ")
    article, _, own = name.partition(" ")
    if first in CONTRACTED and rest == own and article in ARTICLES:
        return name
    return name if _joined(said) == _joined(name) else said


@lru_cache(maxsize=20_000)
def _joined(name: str) -> str:
    words = ("st" + word[5:] if word in ("saint", "sainte") else word for word in name.split())
    joined = "".join(words)
    return f"st{joined[5:]}" if joined.startswith("saint") else joined


@cache
def _known() -> dict[str, Name]:
    counts: dict[str, list[int]] = {}
    for listed, folded in zip(communes(), folded_names(), strict=True):
        population = listed.commune.population
        _count(counts.setdefault(folded, [0, 0, 0, 0, 0]), 0, population)
        counts[folded][4] += 1
        words = folded.split()
        for end in range(1, len(words)):
            _count(counts.setdefault(" ".join(words[:end]), [0, 0, 0, 0, 0]), 2, population)
    found = {
        folded: Name(largest=own, total=total, bearers=bearers, longer=longer, longer_total=longers)
        for folded, (own, total, longer, longers, bearers) in counts.items()
    }
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["name"]] = _told(row, found.get(row["name"], Name()))
    return found


def _count(count: list[int], at: int, population: int) -> None:
    count[at] = max(count[at], population)
    count[at + 1] += population


def _told(row: dict[str, str], name: Name) -> Name:
    return replace(
        name,
        foreign=int(row["foreign"] or 0),
        uses=tuple(float(row[f"zipf_{code}"] or 0) for code in LANGUAGES),
        is_word=row["is_word"] == "1",
        is_english_word=row["is_english_word"] == "1",
    )


UNKNOWN = Name()


def listed_names() -> tuple[str, ...]:
    """All folded names of which something is known."""
    return tuple(_known())


def name_of(folded: str) -> Name:
    """What is known of a folded name; of an unknown one, nothing."""
    return _known().get(folded, UNKNOWN)


@cache
def _populations() -> dict[str, int]:
    return {listed.commune.insee: listed.commune.population for listed in communes()}


def population_of(insee: str) -> int:
    """Inhabitants of a commune, 0 when it is not on the list."""
    return _populations().get(insee, 0)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(word_list("first_names")["names"])


def is_first_name(folded: str) -> bool:
    """Is the folded word a common first name?"""
    return folded in _first_names()
