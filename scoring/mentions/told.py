"""Signs of people and of times past near a name: given names, surnames, years long ago."""

from __future__ import annotations

__all__ = ["TOLD_SIGNS", "told_signs"]

from functools import cache

from scoring.mentions.names import is_first_name, name_of
from scoring.mentions.window import Window
from scoring.word_lists import word_list

TOLD_SIGNS = (
    "after_given", "before_given", "own_is_given", "before_surname", "given_near", "old_year",
    "is_quoted", "is_plural_after",
    "in_quotes", "capital_inside", "capitals_share",
)  # fmt: skip
OLDEST, LATEST, SHORTEST_YEAR = 400, 1950, 3
# A number before one of these is no year.
UNITS = frozenset((
    "m", "km", "metres", "kg", "g", "h", "euros", "eur", "personnes", "habitants", "places", "ans",
    "m2", "l", "ml", "cl", "pages", "people", "points", "pts", "rue", "avenue", "boulevard",
))  # fmt: skip
OPENED, CLOSED = '«“"‘', '»”"’'
TOWN = 2_000
GIVEN_NEAR, FEW_CAPITALS = 3, 0.45


@cache
def _given() -> frozenset[str]:
    return frozenset(word_list("first_names_recent")["names"])


def _is_given(folded: str) -> bool:
    return is_first_name(folded) or folded in _given()


def told_signs(window: Window) -> dict[str, float]:
    """The figures of `TOLD_SIGNS`."""
    left, right = window.left_words, window.right_words
    last, first = left[-1] if left else "", right[0] if right else ""
    around = (*left[-GIVEN_NEAR:], *right[:GIVEN_NEAR])
    marks = window.left[-1:], window.right[:1]
    return {
        "after_given": float(_is_given(last)),
        "before_given": float(_is_given(first)),
        "own_is_given": float(_is_given(window.own)),
        "before_surname": float(_is_surname(window)),
        "given_near": float(sum(map(_is_given, filter(None, around)))),
        "old_year": float(_is_past(left) or _is_past(right)),
        "is_quoted": float(
            bool(marks[0] and marks[1]) and marks[0][0] in OPENED and marks[1][0] in CLOSED
        ),
        "in_quotes": float(_in_quotes(window)),
        "capital_inside": float(_is_capital_inside(window)),
        "capitals_share": _capitals(window),
        "is_plural_after": float(first in ("sont", "ont", "etaient", "are", "were", "vont")),
    }


def _in_quotes(window: Window) -> bool:
    """Within quotation marks that open before the name and close after it: a title."""
    left, right = "".join(window.left), "".join(window.right)
    if left.rfind("«") > left.rfind("»") or left.rfind("“") > left.rfind("”"):
        return True
    return left.count('"') % 2 == 1 and '"' in right


def _capitals(window: Window) -> float:
    """The share of the words around that begin with a capital."""
    words = [word for word in (*window.left, *window.right) if word[:1].isalpha()]
    return sum(word[:1].isupper() for word in words) / len(words) if words else 0.0


def _is_capital_inside(window: Window) -> bool:
    """A capital within a sentence whose other words are mostly without: a name, no word."""
    name = window.name
    starts = not window.left or window.left[-1] in ".!?…:»«-–—"
    is_capital = name[:1].isupper() and not (name.isupper() and len(name) > 1)
    return is_capital and not starts and not window.mention.tag and _capitals(window) < FEW_CAPITALS


def _is_surname(window: Window) -> bool:
    """A word with a capital right after the name that is no town, no common word."""
    if not window.right or window.is_folded:
        return False
    word, folded = window.right[0], window.right_words[0]
    after = window.mention.text[window.mention.end : window.mention.end + 1]
    is_name = after == " " and word[:1].isupper() and not word.isupper() and len(word) > 1
    known = name_of(folded)
    return is_name and known.largest < TOWN and not known.is_word and not _is_given(folded)


def _is_past(words: tuple[str, ...]) -> bool:
    for at, word in enumerate(words):
        if word.isdigit() and len(word) in (SHORTEST_YEAR, SHORTEST_YEAR + 1):
            after = words[at + 1] if at + 1 < len(words) else ""
            if OLDEST <= int(word) < LATEST and word[0] != "0" and after not in UNITS:
                return True
    return False
