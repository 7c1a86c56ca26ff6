"""Marks, capitals and numbers on both sides of a mention."""

from __future__ import annotations

__all__ = ["MARK_SIGNS", "is_land", "mark_signs"]

import re
from functools import cache

from cities.names import hashtag
from cities.territories import countries, departements, regions
from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.names import is_first_name
from scoring.mentions.window import MOST, PERSON, Mention, Window

MARK_SIGNS = (
    "starts_sentence", "after_bracket", "after_comma", "after_colon", "after_hyphen",
    "after_apostrophe", "after_person", "after_first_name", "after_capital", "after_digit",
    "before_bracket", "before_comma", "before_stop", "before_hyphen", "before_apostrophe",
    "before_person", "before_capital", "before_digit", "before_first_name",
    "before_name_in_brackets", "is_lower", "is_upper", "is_folded", "is_whole_text",
    "is_tag", "tag_is_name", "tags", "score_near", "ends_text", "is_contracted",
    "after_mark_of_tag",
    "letters_around",
)  # fmt: skip
SCORE = re.compile(r"(?<![\d/.:])\b\d{1,2} ?(?:[-–—]|a|à) ?\d{1,2}\b(?![\d/:.%€h])")
SCORE_NEAR = 30
MOST_TAGS = 6


def is_land(folded: str) -> bool:
    """Is the folded name that of a département, a region or a country?"""
    return folded in _lands()


@cache
def _lands() -> frozenset[str]:
    return frozenset((*departements(), *regions(), *countries()))


def mark_signs(window: Window) -> dict[str, float]:
    """The figures of `MARK_SIGNS`."""
    return {**_left(window), **_right(window), **_shape(window)}


def _left(window: Window) -> dict[str, float]:
    left, mention = window.left, window.mention
    last = left[-1] if left else ""
    before = mention.text[max(0, mention.start - 1) : mention.start]
    return {
        "starts_sentence": float(not left or last in ".!?…»"),
        "after_bracket": float(last in ("(", "[")),
        "after_comma": float(last in (",", ";", "/")),
        "after_colon": float(last == ":"),
        "after_hyphen": float(before in ("-", "–")),
        "after_apostrophe": float(before in ("'", "’")),
        "after_person": float(last == PERSON),
        "after_first_name": float(bool(left) and is_first_name(window.left_words[-1])),
        "after_capital": float(last[:1].isupper() and len(left) > 1 and last != PERSON),
        "after_digit": float(last.isdigit()),
        "after_mark_of_tag": float(last in ("#", "@")),
    }


def _right(window: Window) -> dict[str, float]:
    right, words, mention = window.right, window.right_words, window.mention
    first = right[0] if right else ""
    after = mention.text[mention.end : mention.end + 1]
    is_opened = first == "(" and len(right) > 1
    return {
        "before_bracket": float(first == "("),
        "before_comma": float(first in (",", ";", "/")),
        "before_stop": float(not right or first in ".!?…:"),
        "before_hyphen": float(after in ("-", "–")),
        "before_apostrophe": float(after in ("'", "’")),
        "before_person": float(first == PERSON),
        "before_capital": float(first[:1].isupper() and first != PERSON),
        "before_digit": float(first.isdigit()),
        "before_first_name": float(bool(right) and is_first_name(words[0])),
        "before_name_in_brackets": float(is_opened and is_land(words[1])),
        "ends_text": float(not right),
    }


def _letters(mention: Mention) -> int:
    """How much text there is around, up to what is read of it: posts are short."""
    return min(mention.start, MOST) + min(max(len(mention.text) - mention.end, 0), MOST)


def _shape(window: Window) -> dict[str, float]:
    mention, name = window.mention, window.name
    around = mention.text[max(0, mention.start - SCORE_NEAR) : mention.end + SCORE_NEAR]
    known = knowledge_of(mention.insee)
    tags = window.left.count("#") + window.right.count("#")
    return {
        "is_folded": float(window.is_folded),
        "is_contracted": float(window.is_contracted),
        "is_lower": float(name.islower() and not window.is_folded),
        "is_upper": float(name.isupper() and len(name) > 1),
        "is_whole_text": float(not window.left and not window.right),
        "is_tag": float(bool(mention.tag)),
        "tag_is_name": float(bool(mention.tag) and hashtag(mention.tag) == hashtag(known.name)),
        "tags": float(min(tags, MOST_TAGS)),
        "letters_around": float(_letters(mention)),
        "score_near": float(SCORE.search(around) is not None),
    }
