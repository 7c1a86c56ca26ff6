"""Posts as unit vectors that are sums of their words' vectors.

A post's encoding is e = Σ v(w) / ‖Σ v(w)‖ over its different words (and the pairs of neighbours
that have a vector of their own), w as typed. The vectors were learnt so that the sum points where
a slow sentence encoder puts the whole text (`models/vectors.md`). So each linear score s = a·e + b
is a sum over words: `parts` gives the shares. A post without a known word is all zeros.

Known failures: word order beyond pairs, irony, negation; scripts other than Latin are not read.
"""

from __future__ import annotations

__all__ = ["MODEL", "Vectors"]

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scoring.post_text import PostText
from scoring.texts.unknown import Unknown
from scoring.texts.words import folded_words, raw_words

MODEL = Path(__file__).parent.parent / "models" / "vectors.npz"
CACHED_WORDS = 200_000
CHUNK = 4_096
TINY = 1e-9
Floats = NDArray[np.float32]


class Vectors:
    """The vectors of words and of pairs, and the reading of posts with them."""

    def __init__(self, path: Path = MODEL) -> None:
        with np.load(path, allow_pickle=False) as file:
            words = file["words"].tobytes().decode().split("\n")
            self._matrix: Floats = file["vectors"].astype(np.float32) * file["scales"][:, None]
            zipf = file["zipf"]
        self.dimension = int(self._matrix.shape[1])
        self._rows = {word: row for row, word in enumerate(words) if " " not in word}
        self._pairs = _pair_rows(words, self._rows)
        self._unknown = Unknown(self._rows, zipf)
        self._known: dict[str, dict[int, float]] = {}

    @staticmethod
    @cache
    def shipped() -> Vectors:
        """The vectors that the package ships, read once."""
        return Vectors()

    def encode(self, posts: Sequence[PostText]) -> Floats:
        """One row a post, of length one, or zeros."""
        sums = np.zeros((len(posts), self.dimension), dtype=np.float32)
        for start in range(0, len(posts), CHUNK):
            counts = self._counts(posts[start : start + CHUNK])
            sums[start : start + CHUNK] = counts @ self._matrix
        return sums / _lengths(sums)

    def parts(self, post: PostText) -> list[tuple[str, Floats]]:
        """The post's words, as typed, with the shares that add up to its encoding."""
        shares: list[tuple[str, Floats]] = []
        seen: dict[int, float] = {}
        last: tuple[str, int] | None = None
        for raw in raw_words(post):
            rows = self._rows_of(raw)
            new = {row: weight for row, weight in rows.items() if row not in seen}
            if new:
                shares.append((raw, self._sum(new)))
            for row in rows:
                pair = self._pairs.get((last[1], row)) if last else None
                if last and pair is not None and pair not in seen and pair not in new:
                    shares.append((f"{last[0]} {raw}", self._sum({pair: 1.0})))
                    new[pair] = 1.0
                last = raw, row
            seen.update(new)
        total = np.sum([share for _, share in shares], axis=0, dtype=np.float64)
        length = float(np.linalg.norm(total)) if shares else 0.0
        return [(raw, share / np.float32(length)) for raw, share in shares] if length > TINY else []

    def _sum(self, rows: dict[int, float]) -> Floats:
        weights = np.fromiter(rows.values(), dtype=np.float32)
        total: Floats = weights @ self._matrix[list(rows)]
        return total

    def _counts(self, posts: Sequence[PostText]) -> csr_matrix:
        """Which words each post has: one row a post, one column a word or pair."""
        columns: list[int] = []
        weights: list[float] = []
        ends = [0]
        for post in posts:
            rows = self._rows_in(post)
            columns.extend(rows)
            weights.extend(rows.values())
            ends.append(len(columns))
        shape = (len(posts), len(self._matrix))
        return csr_matrix((np.array(weights, np.float32), columns, ends), shape=shape)

    def _rows_in(self, post: PostText) -> dict[int, float]:
        found: dict[int, float] = {}
        last = -1
        known, pairs = self._known, self._pairs
        for raw in raw_words(post):
            rows = known.get(raw)
            if rows is None:
                rows = self._rows_of(raw)
            for row, weight in rows.items():
                found.setdefault(row, weight)
                pair = pairs.get((last, row))
                if pair is not None:
                    found[pair] = 1.0
                last = row
        return found

    def _rows_of(self, raw: str) -> dict[int, float]:
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


def _lengths(sums: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(lengths > TINY, lengths, np.float32(1.0)).astype(np.float32)


def _pair_rows(words: Sequence[str], rows: dict[str, int]) -> dict[tuple[int, int], int]:
    pairs = {}
    for row, word in enumerate(words):
        if " " in word:
            first, second = word.split(" ")
            pairs[rows[first], rows[second]] = row
    return pairs
