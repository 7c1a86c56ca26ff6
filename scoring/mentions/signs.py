"""What stands around a mention: the signs of its text, as named figures.

Each is readable with capitals and, where posts have none, without: `is_folded` says which.
"""

from __future__ import annotations

__all__ = ["SIGNS", "signs_of", "signs_that_tell"]

from collections.abc import Mapping
from functools import cache

from scoring.mentions.heads import HEAD_SIGNS, head_signs
from scoring.mentions.knowledge import NAME_SIGNS, name_signs
from scoring.mentions.language import LANGUAGE_SIGNS, language_signs
from scoring.mentions.marks import MARK_SIGNS, mark_signs
from scoring.mentions.names import name_of
from scoring.mentions.others import OTHER_SIGNS, other_signs
from scoring.mentions.places import PLACE_SIGNS, place_signs
from scoring.mentions.told import TOLD_SIGNS, told_signs
from scoring.mentions.window import Mention, Window, window_of
from scoring.word_lists import word_list

CLASSES = tuple(sorted(word_list("around_places")))
SIDES = ("before", "before2", "near_before", "after", "near_after", "anywhere")
SIGNS = (
    *NAME_SIGNS,
    *LANGUAGE_SIGNS,
    *PLACE_SIGNS,
    *(f"{side}_{name}" for side in SIDES for name in CLASSES),
    *MARK_SIGNS,
    *OTHER_SIGNS,
    *HEAD_SIGNS,
    *TOLD_SIGNS,
)
AT = {sign: at for at, sign in enumerate(SIGNS)}
MOST_COUNTED = 3.0
Signs = dict[str, float]


def signs_of(mention: Mention, window: Window | None = None) -> tuple[float, ...]:
    """The figures of `SIGNS` for a mention, in their order."""
    row = [0.0] * len(SIGNS)
    for at, figure in signs_that_tell(mention, window or window_of(mention)).items():
        row[at] = figure
    return tuple(row)


def signs_that_tell(mention: Mention, window: Window) -> dict[int, float]:
    """The figures that are not zero, by their place in `SIGNS`; most are."""
    before = [word for word in window.left_words if word]
    after = [word for word in window.right_words if word]
    own = window.own.split()
    words = [*before, *own, *after]
    found: Signs = dict(zip(NAME_SIGNS, name_signs(window.own, mention.insee), strict=True))
    found.update(language_signs(name_of(window.own), before + after, mention.language))
    found.update(place_signs(words, (len(before), len(before) + len(own)), mention.insee))
    _words_around(found, before, after)
    found.update(mark_signs(window))
    found.update(other_signs(window, before, after))
    found.update(head_signs(window.left_words, window.right_words))
    found.update(told_signs(window))
    return {AT[sign]: figure for sign, figure in found.items() if figure}


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in CLASSES:
        for word in word_list("around_places")[name]:
            found[word] = (*found.get(word, ()), name)
    return found


def _words_around(found: Signs, before: list[str], after: list[str]) -> None:
    classes = _classes()
    for side, words in (
        ("before", before[-1:]),
        ("before2", before[-2:-1]),
        ("near_before", before[-4:-2]),
        ("after", after[:1]),
        ("near_after", after[1:4]),
        ("anywhere", before + after),
    ):
        for word in words:
            for name in classes.get(word, ()):
                key = f"{side}_{name}"
                found[key] = min(found.get(key, 0.0) + 1, MOST_COUNTED)
