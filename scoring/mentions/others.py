"""Signs of what else the name is a word of: a longer name, a person, a club, a phrase."""

from __future__ import annotations

__all__ = ["OTHER_SIGNS", "other_signs"]

from collections.abc import Mapping, Sequence
from functools import cache
from math import log10

from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.marks import is_land
from scoring.mentions.names import Name, is_first_name, listed_names, name_of
from scoring.mentions.window import PERSON, Window, folded_word
from scoring.word_lists import word_list

OTHER_SIGNS = (
    "previous_is_town", "next_is_town", "towns", "largest_town", "lands", "persons", "others_said",
    "before_known", "after_known", "before_use", "after_use", "longer_before", "longer_after",
    "longer_size", "against_town", "capitals", "in_phrase", "club_before", "noble_before",
    "is_institution", "is_elided", "is_product", "is_club_town",
)  # fmt: skip
LARGE, LARGE_RIVAL = 10_000, 5_000
LINKS = ("de", "d", "du", "des", "di", "von", "van")
AGAINST = ("-", "–", "—", "/", "vs", "contre", "v")
LONGEST = 5


def other_signs(window: Window, before: Sequence[str], after: Sequence[str]) -> dict[str, float]:
    """The figures of `OTHER_SIGNS`; `before` and `after`: the folded words without marks."""
    last, first = before[-1] if before else "", after[0] if after else ""
    found = _towns(window)
    found.update(_phrases_around(window.own, before, after))
    found["before_known"] = float(name_of(last).largest > 0)
    found["after_known"] = float(name_of(first).largest > 0)
    found["before_use"] = name_of(last).french_use
    found["after_use"] = name_of(first).french_use
    found["longer_before"] = float(name_of(f"{last} {window.own}").largest > 0)
    found["longer_size"] = log10(1 + _longer_size(window.own, after, window.mention.insee))
    found["longer_after"] = float(found["longer_size"] > 0)
    found["against_town"] = float(
        _is_against(window.left[-2:]) or _is_against(window.right[:2][::-1])
    )
    return found


def _longer_size(own: str, after: Sequence[str], insee: str) -> int:
    """The size of the place whose longer name begins with the words said, 0 when there is none."""
    name, size = own, 0
    city = knowledge_of(insee).folded
    for word in after[:LONGEST]:
        name = f"{name} {word}"
        known = name_of(name)
        if name != city and max(known.largest, known.foreign):
            size = max(size, known.largest, known.foreign)
    return size


def _is_against(words: Sequence[str]) -> bool:
    """A town, then a mark or word of a match, then the name (or the same, mirrored)."""
    if len(words) < 2 or (folded_word(words[1]) not in AGAINST and words[1] not in AGAINST):
        return False
    return name_of(folded_word(words[0])).largest >= LARGE_RIVAL


@cache
def _large_towns() -> Mapping[str, int]:
    """Folded names that are rather a commune than a word, to its population."""
    known = ((name, name_of(name)) for name in listed_names())
    return {name: one.largest for name, one in known if _is_large(one)}


def _is_large(known: Name) -> bool:
    return known.largest >= LARGE and not known.is_word


def _towns(window: Window) -> dict[str, float]:
    towns, own = _large_towns(), window.own
    left = list(zip(window.left, window.left_words, strict=True))
    right = list(zip(window.right, window.right_words, strict=True))
    others = [pair for pair in (*left, *right) if pair[1] != own]
    said = [f for w, f in others if f in towns and (window.is_folded or w[:1].isupper())]
    before = [pair for pair in left if pair[1]][-2:]
    after = [pair for pair in right if pair[1]][:2]
    near = [w for w, _ in before + after]
    return {
        "previous_is_town": float(any(f in said for _, f in before)),
        "next_is_town": float(any(f in said for _, f in after)),
        "towns": float(min(len(said), 6)),
        "largest_town": log10(1 + max(map(towns.__getitem__, said), default=0)),
        "lands": float(min(sum(is_land(f) for _, f in others if f), 4)),
        "persons": float(min(sum(w == PERSON for w, _ in others), 4)),
        "others_said": float(min(len(left) + len(right) - len(others), 3)),
        "capitals": float(min(sum(w[:1].isupper() and len(w) > 1 for w in near), 4)),
    }


def _phrases_around(own: str, before: Sequence[str], after: Sequence[str]) -> dict[str, float]:
    words = before[-3:]
    around = f" {' '.join([*words, own, *after[:2]])} "
    last, second = (["", "", *words])[-1], (["", "", *words])[-2]
    is_linked = last in LINKS
    club = second if is_linked else last
    return {
        "in_phrase": float(any(f" {phrase} " in around for phrase in _phrases(own))),
        "club_before": float(club in word_list("not_places")["clubs"]),
        "noble_before": float(is_linked and (second == PERSON or is_first_name(second))),
        "is_institution": float(own in word_list("not_places")["institutions"]),
        "is_elided": float(last in ("d", "l")),
        "is_product": float(own in word_list("not_places")["products"]),
        "is_club_town": float(own in word_list("not_places")["club_towns"]),
    }


@cache
def _phrases(own: str) -> tuple[str, ...]:
    spaced = f" {own} "
    return tuple(p for p in word_list("not_places")["phrases"] if spaced in f" {p} ")
