"""Preferences as pairs that teach: each once, of two different persons who both have a place.

>>> said = [Said("", "a", "b"), Said("", "a", "b"), Said("", "b", "c"), Said("", "c", "b")]
>>> found = pairs_of([*said, Said("", "d", "d"), Said("", "a", None)], ranked={"": {"a", "b", "c"}})
>>> found.used
(Said(theme='', preferred_id='a', other_id='b'),)
>>> (found.count_repeated, found.count_contrary, found.count_same, found.count_unranked)
(1, 2, 1, 1)
"""

from __future__ import annotations

__all__ = ["Pairs", "Said", "pairs_of"]

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One person would rather be asked than another; None where nobody is scored."""

    theme: str
    preferred_id: str | None
    other_id: str | None


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that teach, in a fixed order, and how many preferences do not, by cause."""

    count_said: int
    used: tuple[Said, ...]
    count_repeated: int
    count_contrary: int
    count_same: int
    count_unranked: int


def pairs_of(said: Sequence[Said], *, ranked: Mapping[str, Collection[str]]) -> Pairs:
    """The pairs that teach; `ranked`: who has a place, by theme.

    Where both ways round were said of a pair, neither counts: there is no telling which.
    """
    told = [one for one in said if one.preferred_id and one.preferred_id == one.other_id]
    placed = [
        one
        for one in said
        if one.preferred_id != one.other_id
        and {one.preferred_id, one.other_id} <= set(ranked.get(one.theme, ()))
    ]
    times = Counter(placed)
    contrary = [one for one in placed if Said(one.theme, one.other_id, one.preferred_id) in times]
    used = sorted(times.keys() - set(contrary))
    return Pairs(
        count_said=len(said),
        used=tuple(used),
        count_repeated=len(placed) - len(contrary) - len(used),
        count_contrary=len(contrary),
        count_same=len(told),
        count_unranked=len(said) - len(told) - len(placed),
    )
