"""Themes: the probability that a post bears on each theme of the city; several, or none.

A sum of log-odds for each theme, one share a word::

    L_t = base_t + direction_t · e + Σ_u trust_tu · min(1, √(20/n)) · Σ_i decay_i · weight_u(w_i)
    probability = 1 / (1 + e^(−L_t))

- `e`: the post as a unit vector, a sum of its words' vectors (`scoring.texts.vectors`), so that
  words that no list has count by what they mean; `direction_t`, `base_t`, `trust_tu` are learnt
  and calibrated (`scoring.theme_heads.heads`, `models/theme_heads.md`);
- `weight_t(w)`: words, phrases, words glued into hashtags, sites of links and emoji of
  `scoring/themes/<t>.yaml`, or of the city file for a theme of its own (`scoring.lexicon`); the
  weightiest counts whole, the next ones less and less, and all less in a text of n > 20 words: ten
  words of cooking do not make a post ten times as sure. A saying that means something else weighs
  against, and hides its words.

A post without a word that is known bears on any theme once in thirty. Known failures: irony, words
in a sense that no saying of the lexicon tells apart, photos without words, other languages than
French, English and their cousins.
"""

from __future__ import annotations

__all__ = ["ThemeReader", "reader_of"]

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from cities.model import City
from cities.names import fold
from scoring.clue import Clue
from scoring.lexicon import Term, terms_of
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors
from scoring.theme_heads.finder import Found
from scoring.theme_heads.heads import Head, Heads, direction_of
from scoring.theme_heads.lexical import DECAYS, SHORT, Lexicon, Shares
from scoring.theme_heads.wording import MOST_CHARACTERS, WRITTEN

# Log-odds of a post in which nothing is known.
BLANK = -3.367296
MOST_WORDS_NAMED = 8
# A share below this is no reason for anybody.
LEAST_NAMED = 0.05
MOST_FOLDED = 100_000
THEMES_OF_CITY = {"themes", "own_themes", "theme_words"}
Numbers = npt.NDArray[np.float64]


class ThemeReader:
    """Reads the themes of one city in posts."""

    def __init__(self, city: City) -> None:
        self.themes: tuple[str, ...] = tuple(city.themes)
        terms = terms_of(city)
        self._vectors = Vectors.shipped()
        self._lexicon = Lexicon(terms, self.themes)
        self._heads = [_head(city, theme, terms, self._vectors) for theme in self.themes]
        self._bases = np.array([head.base for head in self._heads])
        self._trusts = _trusts(self.themes, self._heads)
        self._directions = np.array([head.direction for head in self._heads])
        self.version = _fingerprint(self.themes, terms, self._heads)

    def read(self, posts: Sequence[PostText]) -> Numbers:
        """Log-odds, one row a post, one column a theme."""
        return self.readings(posts)[0]

    def readings(self, posts: Sequence[PostText]) -> tuple[Numbers, list[Shares]]:
        """What `read` gives, and what the lexicon said of each post, so that it is asked once."""
        posts = [_bounded(post) for post in posts]
        encoded = self._vectors.encode(posts).astype(np.float64)
        lexical = [self._lexicon.shares(post) for post in posts]
        lexicon = self._lexicon.sums(lexical)
        odds = self._bases + encoded @ self._directions.T + lexicon @ self._trusts.T
        odds[~encoded.any(axis=1) & ~lexicon.any(axis=1)] = BLANK
        rounded: Numbers = np.round(odds, 6)
        return rounded, lexical

    def evidence(self, post: PostText, theme: str) -> list[Clue]:
        """What weighed for and against, adding up to the log-odds that `read` gives."""
        odds, (lexical,) = self.readings([post])
        return self.explain(post, {theme: float(odds[0, self.themes.index(theme)])}, lexical)[theme]

    def explain(
        self, post: PostText, odds: Mapping[str, float], lexical: Shares
    ) -> dict[str, list[Clue]]:
        """The evidence of several themes of a post, given its reading."""
        post = _bounded(post)
        spoken = self._vectors.spoken(post)
        words = [word.lstrip("#") for word in spoken.words]
        meant = spoken.along(self._projected).T.tolist()
        spans = _spans(post) if lexical else []
        lasts = [_folded(word)[-1] for word in words] if lexical else words
        clues = {}
        for theme, whole in odds.items():
            number = self.themes.index(theme)
            shares: dict[str, float] = {}
            owners: dict[str, str] = {}
            for trust, share, found in self._told(number, lexical):
                written = _as_written(post, found, spans)
                shares[written] = shares.get(written, 0.0) + trust * share
                owners.update(dict.fromkeys(_folded(written), written))
            for word, last, share in zip(words, lasts, meant[number], strict=True):
                key = owners.get(last, word)
                shares[key] = shares.get(key, 0.0) + share
            clues[theme] = _clues(self._heads[number].base if shares else BLANK, shares, whole)
        return clues

    def _told(self, number: int, lexical: Shares) -> Iterator[tuple[float, float, Found]]:
        """What the lexicons say of one theme: its own first, then the others that it hears."""
        trusts = self._trusts[number]
        for other in sorted(lexical, key=lambda other: (other != number, other)):
            if trusts[other]:
                for share, found in lexical[other]:
                    yield float(trusts[other]), share, found

    @cached_property
    def _projected(self) -> Numbers:
        return self._vectors.projected(self._directions)


def reader_of(city: City) -> ThemeReader:
    """The reader of a city's themes; cities with the same themes and words share one."""
    return _reader(_Stated(city.model_dump_json(include=THEMES_OF_CITY), city))


@dataclass(frozen=True, slots=True)
class _Stated:
    themes: str
    city: City = field(compare=False)


@lru_cache(maxsize=4)
def _reader(stated: _Stated) -> ThemeReader:
    return ThemeReader(stated.city)


def _clues(base: float, shares: dict[str, float], whole: float) -> list[Clue]:
    """The base, the weightiest words, the rest in one clue."""
    base = round(base, 6)
    ordered = sorted(shares.items(), key=lambda item: (-abs(round(item[1], 6)), item[0]))
    named = [
        Clue("word", round(share, 6), word)
        for word, share in ordered[:MOST_WORDS_NAMED]
        if abs(share) >= LEAST_NAMED
    ]
    rest = round(whole - base - sum(clue.contribution for clue in named), 6)
    return [Clue("base", base), *named, *([Clue("words", rest)] if rest else [])]


def _bounded(post: PostText) -> PostText:
    if len(post.text) <= MOST_CHARACTERS:
        return post
    return PostText(post.text[:MOST_CHARACTERS], post.language, post.hashtags, post.links)


def _head(city: City, theme: str, terms: Sequence[Term], vectors: Vectors) -> Head:
    if theme not in city.own_themes:
        return Heads.shipped().of_known(theme)
    own = city.own_themes[theme]
    said = [own.description.fr, own.description.en]
    its_terms = [term for term in terms if term.theme == theme]
    return Heads.shipped().of_own(direction_of(said, its_terms, vectors))


def _trusts(themes: Sequence[str], heads: Sequence[Head]) -> Numbers:
    """A row a theme, a column a lexicon."""
    trusts = np.diag([head.trust for head in heads])
    for row, head in enumerate(heads):
        for column, theme in enumerate(themes):
            if column != row:
                trusts[row, column] = head.others.get(theme, 0.0)
    return trusts


def _fingerprint(themes: Sequence[str], terms: Sequence[Term], heads: Sequence[Head]) -> str:
    said = hashlib.sha256(repr((DECAYS, SHORT, tuple(themes), tuple(terms))).encode())
    for head in heads:
        said.update(repr((head.base, head.trust, head.others)).encode() + head.direction.tobytes())
    return said.hexdigest()[:16]


def _as_written(post: PostText, found: Found, spans: Sequence[tuple[int, int]]) -> str:
    """The words as the post has them; folded where they stand in a hashtag or a link only."""
    if found.start < 0 or found.start + found.size > len(spans):
        return found.term
    start, end = spans[found.start][0], spans[found.start + found.size - 1][1]
    return re.sub(r"\s+", " ", post.text[start:end])


def _spans(post: PostText) -> list[tuple[int, int]]:
    """Where each folded word of a text stands."""
    return [
        match.span()
        for match in WRITTEN.finditer(post.text)
        for part in _folded(match.group().replace("_", " "))
        if part.isascii() and part.isalnum()
    ]


@lru_cache(maxsize=MOST_FOLDED)
def _folded(written: str) -> tuple[str, ...]:
    """The folded words of a few written ones; as they are, when nothing is left of them."""
    return tuple(fold(written).split()) or (written,)
