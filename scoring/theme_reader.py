"""Themes: the probability that a post bears on each theme of the city; several, or none.

A sum of log-odds for each theme, one contribution a word::

    L_t = base + Σ_i decay_i · weight_t(w_i)
    probability = 1 / (1 + e^(−L_t))

- `weight_t(w)`: of words, phrases, words glued into hashtags, and emoji in
  `scoring/themes/<t>.yaml`, or in the city file for a theme of its own (`scoring.lexicon`);
- the weightiest word counts whole, the next ones less and less (`decay`): ten words of cooking do
  not make a post ten times as sure.

>>> import numpy as np
>>> float(np.round(1 / (1 + np.exp(-(BASE + 3.4))), 2))
0.52
"""

from __future__ import annotations

__all__ = ["BASE", "ThemeReader"]

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cities.model import City
from cities.names import fold
from scoring.clue import Clue
from scoring.lexicon import terms_of
from scoring.post_text import PostText
from scoring.theme_heads.finder import Finder, Found
from scoring.theme_heads.wording import MOST_CHARACTERS, WRITTEN, wording

BASE = -3.3
DECAYS = (1.0, 0.75, 0.5, 0.35, 0.25)
MOST_WORDS_NAMED = 8


class ThemeReader:
    """Reads the themes of one city in posts."""

    def __init__(self, city: City) -> None:
        self.themes: tuple[str, ...] = tuple(city.themes)
        terms = terms_of(city)
        self._finder = Finder(terms, self.themes)
        said = repr((BASE, DECAYS, self.themes, terms))
        self.version = hashlib.sha256(said.encode()).hexdigest()[:16]

    def read(self, posts: Sequence[PostText]) -> npt.NDArray[np.float64]:
        """Log-odds, one row a post, one column a theme."""
        odds = np.full((len(posts), len(self.themes)), BASE)
        for row, post in enumerate(posts):
            for theme, clues in self._by_theme(post).items():
                odds[row, theme] += sum(share for share, _ in clues)
        return np.round(odds, 6)

    def evidence(self, post: PostText, theme: str) -> list[Clue]:
        """What weighed for and against, adding up to the log-odds that `read` gives."""
        number = self.themes.index(theme)
        clues = self._by_theme(post).get(number, [])
        named = [Clue("word", share, _as_written(post, found)) for share, found in clues]
        named.sort(key=lambda clue: (-abs(clue.contribution), clue.detail))
        rest = sum(clue.contribution for clue in named[MOST_WORDS_NAMED:])
        others = [Clue("words", rest)] if named[MOST_WORDS_NAMED:] else []
        return [Clue("base", BASE), *named[:MOST_WORDS_NAMED], *others]

    def _by_theme(self, post: PostText) -> dict[int, list[tuple[float, Found]]]:
        found: dict[int, list[Found]] = {}
        for one in self._finder.find(wording(post)):
            found.setdefault(one.theme, []).append(one)
        return {theme: _shares(ones) for theme, ones in found.items()}


def _shares(found: list[Found]) -> list[tuple[float, Found]]:
    found.sort(key=lambda f: (-abs(f.weight), f.term))
    return [(f.weight * decay, f) for f, decay in zip(found, DECAYS, strict=False)]


def _as_written(post: PostText, found: Found) -> str:
    """The words as the post has them; folded where they stand in a hashtag or a link only."""
    if found.start < 0:
        return found.term
    spans = [
        match.span()
        for match in WRITTEN.finditer(post.text[:MOST_CHARACTERS])
        for _ in fold(match.group().replace("_", " ")).split()
    ]
    if found.start + found.size > len(spans):
        return found.term
    start, end = spans[found.start][0], spans[found.start + found.size - 1][1]
    return re.sub(r"\s+", " ", post.text[start:end])
