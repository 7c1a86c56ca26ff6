"""What a profile declares of a home, against one city: one word for each field and presentation.

`HomeReader.place` reads the location field, or what stands after a pin or « habite à » in a bio:

- `city`: the city and no other place. `city_and_other`: with another place. `perhaps`: a name
  that it shares with other communes. `land`: its département or region, no commune.
- `near`: a commune at most 30 km away, or of the same département when distances are not known.
- `elsewhere`: another commune or département, a namesake, abroad. `past`: the city, formerly.
- `""`: nothing that says where: « France », jokes, coordinates, two places that are not the city.

`HomeReader.bio` reads a presentation: the same words for what stands after a pin, else

- `inhabitant`: names the city's inhabitants. `past`: « ex-Aixoise », « née à Aix », « j'ai quitté
  Aix ». `works`: « travaille à Aix ». `part`: « Aix le week-end ». `named`: names the city.

The official list is read by `cities.declared_places`; the city's own names, neighbours and
namesakes of its file are sought besides, so that a city that is not on the list is read too.
"""

from __future__ import annotations

__all__ = ["Home", "HomeReader"]

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cities.communes import communes_around
from cities.declared_places import DeclaredPlace, read_declared_place
from cities.model import Commune
from cities.names import fold
from scoring.city_terms import CityTerms
from scoring.patterns import any_of
from scoring.word_lists import word_list

NEAR_KM = 30.0
LONGEST_BIO = 2_000
# Who moved writes « Lyon → Aix »: the last is where they live now.
ARROWS = re.compile(r"\s*(?:→|➡️?|->|=>|⟶|➔)\s*")
PIN = re.compile(
    r"(?:📍|🏠|🏡|🏘|🗺|\b(?:(?:j['’ ]?|qui )?habit(?:e|ons|ant|ante)|vi[st]|vivant|vivons"
    r"|bas[ée]e?s?|install[ée]e?s?|r[ée]side|living|lives?|based)"
    r"\s+(?:à|a|au|aux|en|in|near|près de|sur|dans)\s)\ufe0f?\s*([^\n|·•📍🏠🏡!?;]{2,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Home:
    """What a presentation says of a home, and the words that say it."""

    kind: str
    words: str = ""


NOWHERE = Home("")


class HomeReader:
    """Reads declared homes for one city."""

    def __init__(self, terms: CityTerms, commune: Commune) -> None:
        """Make the patterns of the city's names."""
        words = word_list("homes")
        names = _inside((*terms.names, *terms.tag_stems))
        people = _inside((*terms.inhabitants, *terms.demonyms))
        self._commune = commune
        self._near = frozenset(c.insee for c in communes_around(commune, within_km=NEAR_KM))
        others = (n for n in terms.namesakes if not _is_within(n, terms.names))
        self._namesakes = re.compile(any_of(others))
        self._neighbours = re.compile(any_of(terms.neighbours))
        self._city = re.compile(rf"\b(?:{names})\b")
        self._people = re.compile(rf"\b(?:{people})\b")
        who = rf"(?:{names}|{people})"
        self._past = _around(words["past_before"], words["past_after"], who)
        self._part = _around(words["part_before"], words["part_after"], names)
        self._works = _around(words["works_before"], words["works_after"], names)
        self._patterns = (
            ("past", self._past),
            ("works", self._works),
            ("part", self._part),
            ("inhabitant", self._people),
            ("named", self._city),
        )
        self.place = lru_cache(maxsize=100_000)(self._place)
        self.bio = lru_cache(maxsize=100_000)(self._bio)

    def _place(self, text: str) -> str:
        now = ARROWS.split(text)[-1] or text
        rest = self._namesakes.sub(" ", fold(now))
        read = read_declared_place(now)
        if self._city.search(rest):
            return self._of_named(rest, read)
        if self._commune.insee in read.communes:
            return self._of_listed(rest, read)
        if self._people.search(rest):
            return "past" if self._past.search(rest) else "city"
        return self._of_others(now, rest, read)

    def _of_named(self, rest: str, read: DeclaredPlace) -> str:
        if self._past.search(rest):
            return "past"
        if self._works.search(rest) or self._part.search(rest):
            return "city_and_other"
        is_far = read.departement not in (None, self._commune.departement)
        if is_far and not read.communes:
            # A namesake is told by its département; alone, the name may be that of a land: Vienne.
            return "elsewhere" if self._city.sub(" ", rest).strip() else "perhaps"
        is_beside = self._commune.insee in read.communes and read.insee is None
        is_other = is_far or is_beside or read.reason in ("several", "abroad")
        return "city_and_other" if is_other else "city"

    def _of_listed(self, rest: str, read: DeclaredPlace) -> str:
        if self._past.search(rest):
            return "past"
        if read.insee == self._commune.insee:
            return "city"
        return "perhaps" if read.reason == "ambiguous" else "city_and_other"

    def _of_others(self, now: str, rest: str, read: DeclaredPlace) -> str:
        if self._namesakes.search(fold(now)):
            return "elsewhere"
        if self._neighbours.search(rest) or read.insee in self._near:
            return "near"
        if read.departement == self._commune.departement:
            is_far = read.insee is not None and bool(self._near)
            return "elsewhere" if is_far else "near" if read.insee else "land"
        return "elsewhere" if read.reason in ("read", "abroad") else ""

    def _bio(self, text: str) -> Home:
        pinned = PIN.search(text[:LONGEST_BIO])
        place = pinned[1].strip() if pinned else ""
        kind = self.place(place) if place else ""
        if kind:
            return Home(kind, place)
        folded = fold(text[:LONGEST_BIO])
        rest = self._namesakes.sub(" ", folded)
        for kind, pattern in self._patterns:
            found = pattern.search(rest)
            if found:
                return Home(kind, found[0])
        other = self._namesakes.search(folded)
        return Home("elsewhere", other[0]) if other else NOWHERE


def _is_within(name: str, own: Iterable[str]) -> bool:
    """Is the name said whenever the city's is? So is Aix, in Aix-en-Provence."""
    return any(f" {name} " in f" {form} " for form in own)


def _inside(terms: Iterable[str]) -> str:
    return any_of(terms).removeprefix(r"\b(?:").removesuffix(r")\b")


def _around(before: Iterable[str], after: Iterable[str], name: str) -> re.Pattern[str]:
    """Words before the name, or after it, with two small words between at most."""
    first, last = _inside(before), _inside(after)
    between = r"(?: [a-z]{1,4}){0,2} "
    return re.compile(rf"\b(?:(?:{first}){between}(?:{name})|(?:{name}){between}(?:{last}))\b")
