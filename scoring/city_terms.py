"""The words by which posts speak of one city, or of another place of the same name.

Made of the city file; what the file leaves empty is derived from the official communes list, so
that a city whose file was just made, or that has none, works too.
"""

from __future__ import annotations

__all__ = ["CityTerms", "city_terms", "names_from_list"]

from dataclasses import dataclass

from cities.communes import folded_names, namesakes_of, neighbours_of
from cities.model import City, Commune, Names
from cities.names import fold, hashtag, name_forms
from scoring.word_lists import word_list

# Articles and saints say nothing of which commune is meant.
NOT_SHORT = {"le", "la", "les", "l", "saint", "sainte", "st", "ste", "mont", "val", "sur"}
LINKS = {"de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "a", "en"}
MIN_SHORT_NAME = 3
MIN_TAG_NAME = 6
FAR_PLACES_OF = 3


@dataclass(frozen=True, slots=True)
class CityTerms:
    """Folded words, each a tuple of forms.

    `names`: the full name and its aliases; `short_names`: the first word of a compound name,
    which other communes may share; `tags`: hashtags; `tag_stems`: forms that a longer hashtag may
    hold (`#visitmontreval`), and `namesake_tags` those of the namesakes; `everyday` and
    `monuments`: local places by kind; `elsewhere`: towns near the namesakes, and words that fit
    them by the end of their name. `is_common_word`: the name is also a plain word, a first name,
    or that of several communes.
    """

    names: tuple[str, ...]
    short_names: tuple[str, ...]
    tags: tuple[str, ...]
    tag_stems: tuple[str, ...]
    namesake_tags: tuple[str, ...]
    inhabitants: tuple[str, ...]
    everyday: tuple[str, ...]
    monuments: tuple[str, ...]
    neighbours: tuple[str, ...]
    namesakes: tuple[str, ...]
    elsewhere: tuple[str, ...]
    is_common_word: bool


def names_from_list(commune: Commune) -> Names:
    """The names block of a city that has none: what the communes list tells."""
    own = fold(commune.name)
    return Names(
        hashtags=(hashtag(commune.name),),
        namesakes=tuple(c.name for c in namesakes_of(commune) if fold(c.name) != own),
        neighbours=neighbours_of(commune),
    )


def city_terms(city: City) -> CityTerms:
    """All terms of a city, those of its file first."""
    listed = names_from_list(city.commune)
    names = city.names
    forms = _forms((city.commune.name, *names.aliases))
    neighbours = _forms(names.neighbours or listed.neighbours)
    places = [form for place in names.places for form in _place_forms(place)]
    monuments = word_list("places")["monuments"]
    return CityTerms(
        names=forms,
        short_names=_short_names(city.commune),
        tags=tuple(sorted({hashtag(tag) for tag in names.hashtags} | {hashtag(city.commune.name)})),
        tag_stems=_stems(forms),
        namesake_tags=_stems(_forms(_namesake_names(city))),
        inhabitants=_forms(names.inhabitants),
        everyday=tuple(p for p in places if p.split()[0] not in monuments),
        monuments=tuple(p for p in places if p.split()[0] in monuments),
        neighbours=neighbours,
        namesakes=_forms(_namesake_names(city)),
        elsewhere=_elsewhere(city, neighbours),
        is_common_word=_is_common_word(city.commune),
    )


def _forms(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for name in names for form in name_forms(name)))


def _stems(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form for form in forms if " " not in form and len(form) >= MIN_TAG_NAME)


def _place_forms(place: str) -> tuple[str, ...]:
    """A place in full, and without its first word where two words that say something are left."""
    folded = fold(place)
    rest = folded.split()[1:]
    while rest and rest[0] in LINKS:
        rest = rest[1:]
    short = (" ".join(rest),) if len(rest) > 1 else ()
    return tuple(dict.fromkeys((folded, folded.replace(" ", ""), *short)))


def _short_names(commune: Commune) -> tuple[str, ...]:
    first, *rest = fold(commune.name).split()
    if not rest or first in NOT_SHORT or len(first) < MIN_SHORT_NAME:
        return ()
    return (first,)


def _elsewhere(city: City, neighbours: tuple[str, ...]) -> tuple[str, ...]:
    """The largest towns around the largest namesakes (Chambéry, for Aix-en-Provence), and words."""
    commune = city.commune
    namesakes = namesakes_of(commune, limit=FAR_PLACES_OF)
    towns = [form for other in namesakes for form in _forms(neighbours_of(other, limit=3))]
    own = {*neighbours, *_forms((commune.name,)), *_short_names(commune)}
    far = (*towns, *_said_of_namesakes(city))
    return tuple(term for term in dict.fromkeys(far) if term not in own)


def _said_of_namesakes(city: City) -> tuple[str, ...]:
    """Words that fit a namesake by the end of its name, when the city's own name ends otherwise."""
    endings = word_list("epithets")
    own = fold(city.commune.name).split()
    ends = [fold(name).split()[-1] for name in _namesake_names(city)]
    return tuple(w for end in ends if end not in own for w in endings.get(end, ()))


def _namesake_names(city: City) -> tuple[str, ...]:
    return city.names.namesakes or names_from_list(city.commune).namesakes


def _is_common_word(commune: Commune) -> bool:
    """The name is a plain word, a first name, or that of a département or of several communes."""
    name = fold(commune.name)
    if name in word_list("common_names")["words"] or name in word_list("first_names")["names"]:
        return True
    return folded_names().count(name) > 1
