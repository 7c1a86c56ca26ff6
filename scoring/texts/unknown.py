"""What an unknown word is taken for: a plural, a stretched or mistyped word, a compound, a cousin.

Tried in this order, the first that finds known words wins:
1. letters typed three times or more are typed once or twice (« troooop »);
2. an ending less or more (plurals, feminines, French, English and Spanish verbs);
3. several known words in one (`aixenprovence`), parted where the words are the commonest;
4. one letter lost, added, changed or swapped with the next (five letters at least);
5. the commonest words that begin alike (six letters, and two thirds of the word), for half.
Known failures: an unknown name may be taken for a word that looks like it.
"""

from __future__ import annotations

__all__ = ["Unknown"]

import bisect
import math
import re
import string
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

STRETCHED = re.compile(r"(.)\1{2,}")
FRENCH_ENDINGS = ("s", "es", "x", "e", "er", "r", "ment", "z", "nt")
ENGLISH_ENDINGS = ("ed", "ing", "ly")
SPANISH_ENDINGS = ("a", "o", "as", "os")
ENDINGS = (*FRENCH_ENDINGS, *ENGLISH_ENDINGS, *SPANISH_ENDINGS)
FRENCH_SMALL = ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un")
ENGLISH_SMALL = ("the", "of", "in", "on", "at", "to", "my", "we", "i", "it", "is", "for", "and")
SPANISH_SMALL = ("el", "los", "las", "del", "con", "por", "una", "que", "mi", "tu", "al", "y")
SMALL_WORDS = frozenset((*FRENCH_SMALL, *ENGLISH_SMALL, *SPANISH_SMALL))
COUSINS = 3
COUSIN_WEIGHT = 0.5
LONGEST_PART = 16


class Unknown:
    """Finds the known words that stand for one that is not known.

    `zipf`: of each word, ten times the logarithm of how often it comes in a billion words.
    """

    def __init__(self, rows: Mapping[str, int], zipf: NDArray[np.uint8]) -> None:
        self._rows = rows
        self._zipf = zipf
        self._sorted = sorted(rows)
        self._small = SMALL_WORDS & rows.keys()

    def rows(self, word: str, *, is_hashtag: bool = False) -> dict[int, float]:
        """Rows of the known words that stand for an unknown one, with their weights."""
        if len(word) < 4 or not word.isascii() or not word.isalpha():
            return {}
        found = self._stretched(word) or self._other_ending(word)
        if found:
            return {self._rows[found]: 1.0}
        parts = self._parted(word, least=3 if is_hashtag else 4)
        if parts:
            return {self._rows[part]: 1.0 for part in parts}
        typed = self._mistyped(word)
        return {self._rows[typed]: 1.0} if typed else self._cousins(word)

    def _stretched(self, word: str) -> str | None:
        if not STRETCHED.search(word):
            return None
        forms = (STRETCHED.sub(kept, word) for kept in (r"\1\1", r"\1"))
        return self._commonest(form for form in forms if form in self._rows)

    def _other_ending(self, word: str) -> str | None:
        shorter = [word[: -len(end)] for end in ENDINGS if word.endswith(end)]
        longer = [word + end for end in ENDINGS]
        forms = [form for form in (*shorter, *longer) if len(form) > 3]
        return self._commonest(form for form in forms if form in self._rows)

    def _parted(self, word: str, *, least: int) -> list[str]:
        """The cut into known words with the greatest product of frequencies."""
        if len(word) < 2 * least:
            return []
        best: list[tuple[float, list[str]]] = [(0.0, [])]
        for end in range(1, len(word) + 1):
            cuts = [(-math.inf, [""])]
            for start in range(max(0, end - LONGEST_PART), end):
                part = word[start:end]
                if best[start][0] > -math.inf and self._is_part(part, least):
                    frequency = float(self._zipf[self._rows[part]]) / 10 - 9.0
                    cuts.append((best[start][0] + frequency, [*best[start][1], part]))
            best.append(max(cuts))
        parts = best[-1][1]
        return parts if best[-1][0] > -math.inf and len(parts) > 1 else []

    def _is_part(self, part: str, least: int) -> bool:
        return part in SMALL_WORDS & self._rows.keys() or (
            len(part) >= least and part in self._rows
        )

    def _mistyped(self, word: str) -> str | None:
        if not 5 <= len(word) <= 20:
            return None
        return self._commonest(form for form in _one_letter_off(word) if form in self._rows)

    def _cousins(self, word: str) -> dict[int, float]:
        for length in range(len(word) - 1, max(6, math.ceil(len(word) * 2 / 3)) - 1, -1):
            head = word[:length]
            first = bisect.bisect_left(self._sorted, head)
            last = bisect.bisect_right(self._sorted, head + "\x7f")
            alike = sorted((self._rows[word] for word in self._sorted[first:last]), key=self._rank)
            if alike:
                kept = alike[:COUSINS]
                return dict.fromkeys(kept, COUSIN_WEIGHT / len(kept))
        return {}

    def _rank(self, row: int) -> tuple[int, int]:
        return -int(self._zipf[row]), row

    def _commonest(self, words: Iterator[str]) -> str | None:
        return min(words, key=lambda word: self._rank(self._rows[word]), default=None)


def _one_letter_off(word: str) -> Iterator[str]:
    """Words one letter away: lost, swapped, changed, added; the first letter stays."""
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
