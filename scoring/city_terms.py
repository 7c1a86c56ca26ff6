"""The words by which posts speak of one city, or of another place of the same name.

Made of the city file; what the file leaves empty is derived from the official communes list, so
that a city whose file was just made, or that has none, works too.
"""

from __future__ import annotations

__all__ = ["CityTerms", "city_terms", "names_from_list", "terms_of"]

from dataclasses import dataclass

from cities.communes import communes, folded_names, namesakes_of, neighbours_of
from cities.model import City, Commune, Names
from cities.names import fold, hashtag
from scoring.relevance_demonyms import demonyms_of
from scoring.relevance_lands import far_places, near_lands, told_here, told_there
from scoring.relevance_namesakes import (
    NOT_SHORT,
    elsewhere_of,
    forms_of,
    namesakes_around,
    short_names,
)
from scoring.word_lists import word_list

LINKS = {"de", "du", "des", "d", "la", "le", "les", "l", "aux", "au", "a", "en"}
JOINTS = {"le": ("au", "du"), "les": ("aux", "des")}
MIN_TAG_NAME = 6


@dataclass(frozen=True, slots=True)
class CityTerms:
    """Folded words, each a tuple of forms.

    `insee` and `name` as on the official list; `is_listed`: the commune truly is on it. `names`:
    the full name and its aliases; `short_names`: the first word of a compound name, which other
    communes may share; `tags`: hashtags; `tag_stems`: forms that a longer hashtag may hold
    (`#visitmontreval`), and `namesake_tags` those of the namesakes; `demonyms`: forms made by
    rule; `everyday` and `monuments`: local places by kind; `elsewhere`: towns near the namesakes,
    and words that fit them by the end of their name; `near_lands` and `far_places`: départements,
    regions and large towns; `told_here`, `told_there`: what tells the city and its namesakes apart
    (postcodes, a département beside the name). `is_common_word`: the name is also a plain word, a
    first name, or that of several communes; `is_full_name_clear`: several words that nothing else
    bears.
    """

    insee: str
    name: str
    is_listed: bool
    names: tuple[str, ...]
    short_names: tuple[str, ...]
    tags: tuple[str, ...]
    tag_stems: tuple[str, ...]
    namesake_tags: tuple[str, ...]
    inhabitants: tuple[str, ...]
    demonyms: tuple[str, ...]
    everyday: tuple[str, ...]
    monuments: tuple[str, ...]
    neighbours: tuple[str, ...]
    namesakes: tuple[str, ...]
    elsewhere: tuple[str, ...]
    near_lands: tuple[str, ...]
    told_here: tuple[str, ...]
    told_there: tuple[str, ...]
    far_places: tuple[str, ...]
    is_common_word: bool
    is_full_name_clear: bool


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
    return terms_of(city.commune, city.names)


def terms_of(commune: Commune, names: Names) -> CityTerms:
    """All terms of a commune, those given first."""
    listed = names_from_list(commune)
    forms = (*forms_of((commune.name, *names.aliases)), *_joined(fold(commune.name)))
    neighbours = forms_of(names.neighbours or listed.neighbours)
    namesakes = namesakes_around(commune, names.namesakes or listed.namesakes, forms)
    places = [form for place in names.places for form in _place_forms(place)]
    monuments = word_list("places")["monuments"]
    inhabitants = forms_of(names.inhabitants)
    return CityTerms(
        insee=commune.insee,
        name=commune.name,
        is_listed=any(listed.commune.insee == commune.insee for listed in communes()),
        names=forms,
        short_names=short_names(commune),
        tags=tuple(sorted(_tags(commune, names))),
        tag_stems=_stems(forms),
        namesake_tags=_stems(forms_of(namesakes)),
        inhabitants=inhabitants,
        demonyms=tuple(form for form in demonyms_of(commune.name) if form not in inhabitants),
        everyday=tuple(p for p in places if p.split()[0] not in monuments),
        monuments=tuple(p for p in places if p.split()[0] in monuments),
        neighbours=neighbours,
        namesakes=forms_of(namesakes),
        elsewhere=elsewhere_of(commune, neighbours, namesakes),
        near_lands=near_lands(commune),
        told_here=told_here(commune),
        told_there=told_there(commune, namesakes_of(commune)),
        far_places=far_places(commune, neighbours),
        is_common_word=_is_common_word(commune),
        is_full_name_clear=_is_full_name_clear(commune),
    )


def _tags(commune: Commune, names: Names) -> set[str]:
    """The hashtags given, the name in one word, and with the département's number (#nice06)."""
    own = hashtag(commune.name)
    return {own, f"{own}{commune.departement.lower()}", *map(hashtag, names.hashtags)}


def _joined(folded: str) -> tuple[str, ...]:
    """A name whose article melts into the word before it: au Havre, des Ulis."""
    article, _, rest = folded.partition(" ")
    return tuple(f"{joint} {rest}" for joint in JOINTS.get(article, ()) if rest)


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


def _is_common_word(commune: Commune) -> bool:
    """The name is a plain word, a first name, or that of a département or of several communes."""
    name = fold(commune.name)
    if name in word_list("common_names")["words"] or name in word_list("first_names")["names"]:
        return True
    return folded_names().count(name) > 1


def _is_full_name_clear(commune: Commune) -> bool:
    """Aix-en-Provence, not Le Mans nor Saint-Denis."""
    name = fold(commune.name)
    said = [word for word in name.split() if word not in NOT_SHORT]
    return len(said) > 1 and folded_names().count(name) <= 1
