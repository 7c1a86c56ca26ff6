"""Namesakes of a city: places that its name, or the short form of it, could mean instead."""

from __future__ import annotations

__all__ = ["NOT_SHORT", "elsewhere_of", "forms_of", "namesakes_around", "short_names"]

from cities.communes import communes, folded_names, namesakes_of, neighbours_of
from cities.model import Commune
from cities.names import fold, name_forms
from scoring.word_lists import word_list

# Articles and saints say nothing of which commune is meant.
NOT_SHORT = {"le", "la", "les", "l", "saint", "sainte", "st", "ste", "mont", "val", "sur"}
MIN_SHORT_NAME = 3
FAR_PLACES_OF = 3
MOST_NEAR = 500


def forms_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Folded forms of several names, each once."""
    return tuple(dict.fromkeys(form for name in names for form in name_forms(name)))


def short_names(commune: Commune) -> tuple[str, ...]:
    """The first word of a compound name, which other communes may share: Aix."""
    first, *rest = fold(commune.name).split()
    if not rest or first in NOT_SHORT or len(first) < MIN_SHORT_NAME:
        return ()
    return (first,)


def namesakes_around(
    commune: Commune, given: tuple[str, ...], forms: tuple[str, ...]
) -> tuple[str, ...]:
    """The namesakes given, and all communes whose longer name holds the city's, but those near."""
    said = [f" {form} " for form in (fold(commune.name), *short_names(commune))]
    near = set(neighbours_of(commune, limit=MOST_NEAR))
    longer = (
        listed.commune.name
        for listed, folded in zip(communes(), folded_names(), strict=True)
        if any(form in f" {folded} " for form in said) and listed.commune.name not in near
    )
    others = dict.fromkeys((*given, *longer))
    return tuple(other for other in others if not _is_within(fold(other), forms))


def _is_within(name: str, forms: tuple[str, ...]) -> bool:
    """Is the name said whenever one of the forms is? So is Aix, in Aix-en-Provence."""
    return any(f" {name} " in f" {form} " for form in forms)


def elsewhere_of(
    commune: Commune, neighbours: tuple[str, ...], namesakes: tuple[str, ...]
) -> tuple[str, ...]:
    """The largest towns around the largest namesakes (Chambéry, for Aix-en-Provence), and words."""
    largest = namesakes_of(commune, limit=FAR_PLACES_OF)
    towns = [form for other in largest for form in forms_of(neighbours_of(other, limit=3))]
    own = {*neighbours, *forms_of((commune.name,)), *short_names(commune)}
    far = (*towns, *_said_of_namesakes(commune, namesakes))
    return tuple(term for term in dict.fromkeys(far) if term not in own)


def _said_of_namesakes(commune: Commune, namesakes: tuple[str, ...]) -> tuple[str, ...]:
    """Words that fit a namesake by the end of its name, when the city's own name ends otherwise."""
    endings = word_list("epithets")
    own = fold(commune.name).split()
    ends = [fold(name).split()[-1] for name in namesakes]
    return tuple(w for end in ends if end not in own for w in endings.get(end, ()))
