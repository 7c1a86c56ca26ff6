"""Counts of pieces of a text in hashed columns: no word of anybody stands in the model.

- `characters`: runs of two to five characters inside words.
- `words`: words, marks, and pairs of them.

>>> counts("words", ["bonjour à tous"]).shape
(1, 65536)
"""

from __future__ import annotations

__all__ = ["COLUMNS", "KINDS", "counts"]

from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer

from scoring.accounts.profile import plain

COLUMNS = 2**16
KINDS = ("characters", "words")
WORDS = r"#?@?\{?\w[\w']*\}?|[!?.&|]+"
LONGEST = 2_000


@cache
def _vectorizer(kind: str) -> HashingVectorizer:
    shared = {"n_features": COLUMNS, "alternate_sign": False, "norm": None}
    if kind == "characters":
        return HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shared)
    return HashingVectorizer(token_pattern=WORDS, ngram_range=(1, 2), **shared)


def counts(kind: str, texts: Sequence[str]) -> csr_matrix:
    """1 + ln of how often each piece stands in each text."""
    found = _vectorizer(kind).transform([plain(text[:LONGEST]) for text in texts])
    found.data[:] = 1 + np.log(found.data)
    return found
