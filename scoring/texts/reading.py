"""Which known words a post has: rows of a list of words, one pass over the text, cached."""

from __future__ import annotations

__all__ = ["Lexicon", "zipf_of"]

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scoring.post_text import PostText
from scoring.texts.unknown import Unknown
from scoring.texts.words import folded_words, raw_words

CACHED_WORDS = 50_000


def zipf_of(frequencies: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Ten times the logarithm of how often each word comes in a billion words.

    >>> zipf_of(np.array([0.01, 1e-6], dtype=np.float32)).tolist()
    [70, 30]
    """
    scaled = np.round((np.log10(frequencies) + 9) * 10)
    return np.clip(scaled, 0, 255).astype(np.uint8)


class Lexicon:
    """Words, and pairs of words (« a b »), by row."""

    def __init__(self, words: Sequence[str], zipf: NDArray[np.uint8]) -> None:
        self.size = len(words)
        self._rows = {word: row for row, word in enumerate(words) if " " not in word}
        self._pairs = _pair_rows(words, self._rows)
        self._unknown = Unknown(self._rows, zipf)
        self._known: dict[str, dict[int, float]] = {}

    def counts(self, posts: Sequence[PostText]) -> csr_matrix:
        """One row a post, one column a word or pair: one where the post has it."""
        columns: list[int] = []
        weights: list[float] = []
        ends = [0]
        for post in posts:
            rows = self._rows_in(post)
            columns.extend(rows)
            weights.extend(rows.values())
            ends.append(len(columns))
        shape = (len(posts), self.size)
        return csr_matrix((np.array(weights, np.float32), columns, ends), shape=shape)

    def shares(self, post: PostText) -> Iterator[tuple[str, dict[int, float]]]:
        """What each word as typed, and each pair, adds to the post's row of `counts`."""
        seen: set[int] = set()
        last: tuple[str, int] | None = None
        for raw in raw_words(post):
            rows = self.rows_of(raw)
            new = {row: weight for row, weight in rows.items() if row not in seen}
            if new:
                yield raw, new
                seen.update(new)
            for row in rows:
                pair = self._pairs.get((last[1], row)) if last else None
                if last and pair is not None and pair not in seen:
                    yield f"{last[0]} {raw}", {pair: 1.0}
                    seen.add(pair)
                last = raw, row

    def _rows_in(self, post: PostText) -> dict[int, float]:
        found: dict[int, float] = {}
        last = -1
        known, pairs = self._known, self._pairs
        for raw in raw_words(post):
            rows = known.get(raw)
            if rows is None:
                rows = self.rows_of(raw)
            for row, weight in rows.items():
                found.setdefault(row, weight)
                if pairs:
                    pair = pairs.get((last, row))
                    if pair is not None:
                        found[pair] = 1.0
                    last = row
        return found

    def rows_of(self, raw: str) -> dict[int, float]:
        """Rows and weights of one word as typed."""
        rows = self._known.get(raw)
        if rows is None:
            if len(self._known) >= CACHED_WORDS:
                self._known.clear()
            rows = self._known[raw] = self._read(raw)
        return rows

    def _read(self, raw: str) -> dict[int, float]:
        is_hashtag = raw[0] == "#"
        words = folded_words(raw)
        whole = "".join(words)
        if is_hashtag and len(words) > 1 and whole in self._rows:
            words = [whole]
        rows: dict[int, float] = {}
        for word in words:
            row = self._rows.get(word)
            rows.update(
                {row: 1.0} if row is not None else self._unknown.rows(word, is_hashtag=is_hashtag)
            )
        return rows


def _pair_rows(words: Sequence[str], rows: dict[str, int]) -> dict[tuple[int, int], int]:
    pairs = {}
    for row, word in enumerate(words):
        if " " in word:
            first, second = word.split(" ")
            pairs[rows[first], rows[second]] = row
    return pairs
