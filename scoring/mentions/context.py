"""The words around a mention, by where they stand: what the classes of words do not tell.

A feature is a place and a word: `-1=a`, `-2=vivre a`, `+1=2`, `~plage` (within some words). Towns
and first names stand as one word each; so what is learnt of one city holds for another.
"""

from __future__ import annotations

__all__ = ["context_of"]

from collections.abc import Sequence
from functools import lru_cache

from cities.territories import worlds
from scoring.mentions.marks import is_land
from scoring.mentions.names import is_first_name, name_of
from scoring.mentions.window import PERSON, Window

NEAR, TOWN = 8, 8_000
END = "<>"


def context_of(window: Window) -> tuple[str, ...]:
    """The features of a mention, each once, in order."""
    left = _read(window.left, window.left_words)[-NEAR:]
    right = _read(window.right, window.right_words)[:NEAR]
    one, two = [END, END, *left][-1], [END, END, *left][-2]
    first, second = [*right, END, END][:2]
    known = name_of(window.own)
    kind = "w" if known.is_word or known.is_english_word or is_first_name(window.own) else "n"
    found = [
        f"-1={one}",
        f"-2={two} {one}",
        f"+1={first}",
        f"+2={first} {second}",
        f"-1+1={one} {first}",
        f"-1{kind}={one}",
        f"+1{kind}={first}",
        *(f"~{word}" for word in left + right if len(word) > 1),
    ]
    return tuple(dict.fromkeys(found))


def _read(written: Sequence[str], folded: Sequence[str]) -> list[str]:
    return [_word(as_written, word) for as_written, word in zip(written, folded, strict=True)]


@lru_cache(maxsize=50_000)
def _word(written: str, folded: str) -> str:
    if written == PERSON or is_first_name(folded):
        return "<PERSON>"
    if not folded:
        return written if written.isascii() else "<MARK>"
    if folded.isdigit():
        return "0" * min(len(folded), 4)
    known = name_of(folded)
    if known.largest >= TOWN and not known.is_word and not known.is_english_word:
        return "<TOWN>"
    return "<LAND>" if is_land(folded) and folded not in worlds() else folded
