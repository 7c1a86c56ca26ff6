"""What the lexicon says of a post, theme by theme.

The weightiest term counts whole, the next ones less and less: ten words of cooking do not make a
post ten times as sure. Terms that speak against count in the same order.
"""

from __future__ import annotations

__all__ = ["DECAYS", "Lexicon"]

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from scoring.lexicon import Term
from scoring.post_text import PostText
from scoring.theme_heads.finder import Finder, Found
from scoring.theme_heads.wording import wording

DECAYS = (1.0, 0.75, 0.5, 0.35, 0.25)


class Lexicon:
    """The terms of some themes."""

    def __init__(self, terms: Iterable[Term], themes: Sequence[str]) -> None:
        self._finder = Finder(terms, themes)
        self._count = len(themes)

    def totals(self, posts: Sequence[PostText]) -> npt.NDArray[np.float64]:
        """The sum of the shares, one row a post, one column a theme."""
        total = np.zeros((len(posts), self._count))
        for row, post in enumerate(posts):
            for theme, shares in self.shares(post).items():
                total[row, theme] = sum(share for share, _ in shares)
        return total

    def shares(self, post: PostText) -> dict[int, list[tuple[float, Found]]]:
        """Theme → what each term adds to it, the weightiest first."""
        found: dict[int, list[Found]] = {}
        for one in self._finder.find(wording(post)):
            found.setdefault(one.theme, []).append(one)
        return {theme: _decayed(ones) for theme, ones in found.items()}


def _decayed(found: list[Found]) -> list[tuple[float, Found]]:
    if len(found) > 1:
        found.sort(key=lambda one: (-abs(one.weight), one.term))
    return [(one.weight * decay, one) for one, decay in zip(found, DECAYS, strict=False)]
