"""Posts as unit vectors that are sums of their words' vectors.

A post's encoding is e = Σ v(w) / ‖Σ v(w)‖ over its different words (and the pairs of neighbours
that have a vector of their own), w as typed. The vectors were learnt so that the sum points where
a slow sentence encoder puts the whole text (`models/vectors.md`). So each linear score s = a·e + b
is a sum over words: `parts` gives the shares. A post without a known word is all zeros.

Known failures: word order beyond pairs, irony, negation; scripts other than Latin are not read.
"""

from __future__ import annotations

__all__ = ["MODEL", "Spoken", "Vectors"]

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scoring.post_text import PostText
from scoring.texts.reading import Lexicon

MODEL = Path(__file__).parent.parent / "models" / "vectors.npz"
CHUNK = 4_096
TINY = 1e-9
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one post, as typed; of each, where its rows begin, the rows and their weights,
    brought to the post's length of one."""

    words: list[str]
    starts: NDArray[np.intp]
    rows: NDArray[np.intp]
    weights: Doubles

    def along(self, projected: Doubles) -> Doubles:
        """What each word adds to the post along each direction of `Vectors.projected`."""
        if not self.words:
            return np.zeros((0, projected.shape[1]))
        shares = self.weights[:, None] * projected[self.rows]
        return np.asarray(np.add.reduceat(shares, self.starts, axis=0))


class Vectors:
    """The vectors of words and of pairs, in eight bits, and the reading of posts with them."""

    def __init__(self, path: Path = MODEL) -> None:
        with np.load(path, allow_pickle=False) as file:
            words = file["words"].tobytes().decode().split("\n")
            self._levels: NDArray[np.int8] = file["vectors"]
            self._scales: Floats = file["scales"]
            self._lexicon = Lexicon(words, file["zipf"])
        self.dimension = int(self._levels.shape[1])

    @staticmethod
    @cache
    def shipped() -> Vectors:
        """The vectors that the package ships, read once."""
        return Vectors()

    def encode(self, posts: Sequence[PostText]) -> Floats:
        """One row a post, of length one, or zeros."""
        sums = np.zeros((len(posts), self.dimension), dtype=np.float32)
        for start in range(0, len(posts), CHUNK):
            counts = self._lexicon.counts(posts[start : start + CHUNK])
            used, columns = np.unique(counts.indices, return_inverse=True)
            shape = (counts.shape[0], len(used))
            narrow = csr_matrix((counts.data, columns, counts.indptr), shape=shape)
            sums[start : start + CHUNK] = narrow @ self._rows(used)
        return sums / _lengths(sums)

    def parts(self, post: PostText) -> list[tuple[str, Floats]]:
        """The post's words, as typed, with the shares that add up to its encoding."""
        spoken = self.spoken(post)
        if not spoken.words:
            return []
        vectors = spoken.weights[:, None] * self._rows(spoken.rows)
        shares = np.add.reduceat(vectors, spoken.starts, axis=0).astype(np.float32)
        return list(zip(spoken.words, shares, strict=True))

    def spoken(self, post: PostText) -> Spoken:
        """The post's words with their rows; none when they say nothing."""
        found = list(self._lexicon.shares(post))
        sizes = [len(rows) for _, rows in found]
        rows = np.fromiter(chain.from_iterable(one for _, one in found), np.intp)
        said = chain.from_iterable(one.values() for _, one in found)
        weights = np.fromiter(said, np.float64, count=len(rows))
        length = float(np.linalg.norm(weights @ self._rows(rows))) if found else 0.0
        if length <= TINY:
            return Spoken([], *(np.zeros(0, np.intp),) * 2, np.zeros(0))
        starts = np.cumsum([0, *sizes[:-1]])
        return Spoken([raw for raw, _ in found], starts, rows, weights / length)

    def projected(self, directions: Doubles) -> Doubles:
        """What the vector of each word or pair says along each direction, a row a word."""
        told = np.empty((len(self._levels), len(directions)))
        for start in range(0, len(told), CHUNK):
            rows = np.arange(start, min(start + CHUNK, len(told)))
            told[rows] = self._rows(rows) @ directions.T
        return told

    def _rows(self, rows: Sequence[int] | NDArray[np.int_]) -> Floats:
        scaled: Floats = self._levels[rows] * self._scales[rows, None]
        return scaled


def _lengths(sums: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(lengths > TINY, lengths, np.float32(1.0)).astype(np.float32)
