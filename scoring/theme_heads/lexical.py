"""What the lexicon says of a post, theme by theme.

The weightiest term counts whole, the next ones less and less: ten words of cooking do not make a
post ten times as sure. Terms that speak against count in the same order. A word said in passing in
a long text tells less: beyond `SHORT` words, all shares shrink with the root of the length.
"""

from __future__ import annotations

__all__ = ["DECAYS", "SHORT", "Lexicon", "Shares"]

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from scoring.lexicon import Term
from scoring.post_text import PostText
from scoring.theme_heads.finder import Finder, Found
from scoring.theme_heads.wording import wording

DECAYS = (1.0, 0.75, 0.5, 0.35, 0.25)
SHORT = 20
# Theme → what each term adds, and where it was found.
Shares = dict[int, list[tuple[float, Found]]]


class Lexicon:
    """The terms of some themes."""

    def __init__(self, terms: Iterable[Term], themes: Sequence[str]) -> None:
        self._finder = Finder(terms, themes)
        self._count = len(themes)

    def totals(self, posts: Sequence[PostText]) -> npt.NDArray[np.float64]:
        """The sum of the shares, one row a post, one column a theme."""
        return self.sums([self.shares(post) for post in posts])

    def sums(self, read: Sequence[Shares]) -> npt.NDArray[np.float64]:
        """The same of posts whose shares are known."""
        total = np.zeros((len(read), self._count))
        for row, of_post in enumerate(read):
            for theme, shares in of_post.items():
                total[row, theme] = sum(share for share, _ in shares)
        return total

    def shares(self, post: PostText) -> Shares:
        """Theme → what each term adds to it, the weightiest first."""
        found: dict[int, list[Found]] = {}
        words = wording(post)
        for one in self._finder.find(words):
            found.setdefault(one.theme, []).append(one)
        part = min(1.0, math.sqrt(SHORT / max(len(words.words), 1)))
        return {theme: _decayed(ones, part) for theme, ones in found.items()}


def _decayed(found: list[Found], part: float) -> list[tuple[float, Found]]:
    if len(found) > 1:
        found.sort(key=lambda one: (-abs(one.weight), one.term))
    return [(part * one.weight * decay, one) for one, decay in zip(found, DECAYS, strict=False)]
