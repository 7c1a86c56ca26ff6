"""One named contribution to a score."""

from __future__ import annotations

__all__ = ["Clue"]

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """A contribution on the score's scale; `detail` is what was read (a word, a count).

    The SQL macro `clue()` makes the same.
    """

    name: str
    contribution: float
    detail: str = ""
