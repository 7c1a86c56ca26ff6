"""The patterns by which the sets of relevance find the words of a city in folded text."""

from __future__ import annotations

__all__ = ["patterns_of", "plain_tags"]

from functools import lru_cache

from cities.names import fold
from scoring.city_terms import CityTerms
from scoring.patterns import any_of
from scoring.word_lists import word_list

BEFORE_A_PLACE = (
    r"(?:a|vers|depuis|pres de|autour de|cote de|centre de|centre ville de|coeur de|ville de|mairie"
    r" de|rues de|marche de|gare de|quartier de|habitants de|in|at|near|around|from|to) "
)


@lru_cache(maxsize=4)
def patterns_of(terms: CityTerms) -> dict[str, str]:
    """The patterns of `relevance_found.sql`, by name."""
    said = (*terms.names, *terms.short_names)
    clubs = word_list("relevance")["clubs"]
    club = any_of(clubs).replace(r"\b", "")
    return {
        "names": any_of(terms.names),
        "short_names": any_of(terms.short_names),
        "names_in_place": any_of(said, before=BEFORE_A_PLACE),
        "tag_stems": any_of(terms.tag_stems).replace(r"\b", ""),
        "namesake_tags": any_of(terms.namesake_tags).replace(r"\b", ""),
        "club_tags": _glued(clubs, said),
        "clubs": any_of((*said, *terms.inhabitants, *terms.demonyms), before=f"{club} "),
        "inhabitants": any_of(terms.inhabitants),
        "demonyms": any_of(terms.demonyms),
        "places": any_of((*terms.everyday, *terms.monuments)),
        "neighbours": any_of(terms.neighbours),
        "namesakes": any_of(terms.namesakes),
        "elsewhere": any_of(terms.elsewhere),
        "told_here": any_of(terms.told_here),
        "told_there": any_of(terms.told_there),
        "near_lands": any_of(terms.near_lands),
        "far_places": any_of(terms.far_places),
    }


def plain_tags(terms: CityTerms) -> list[str]:
    """Hashtags that say no more than a name of one word does: Nice, Aix."""
    said = map(fold, (terms.name, *terms.short_names))
    return [word for word in said if " " not in word]


def _glued(first: tuple[str, ...], then: tuple[str, ...]) -> str:
    """A pattern for one hashtag made of two of the words, as #teamrclens."""
    one, other = (any_of(w.replace(" ", "") for w in words) for words in (first, then))
    return f"^(?:team)?{one}{other}$".replace(r"\b", "")
