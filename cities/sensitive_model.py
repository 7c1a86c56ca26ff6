"""How sure the shipped model is that a passage reveals something: log-odds, a sum.

What the signals of the lists weigh stands by name in `data/sensitive_model.json`; what words, their
letters and pairs of neighbours weigh, in a table of small whole numbers read by fingerprint.
`benchmarks.train_sensitive` learns both; `data/sensitive_model.md` is the card.
"""

from __future__ import annotations

__all__ = ["BUCKETS", "MODEL", "Model", "shipped", "word_buckets"]

import json
from array import array
from base64 import b85decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from zlib import crc32, decompress

from cities.sensitive_signals import Found, signals

MODEL = Path(__file__).parent / "data" / "sensitive_model.json"
BUCKETS = 1 << 15
LETTERS = (3, 4, 5)
# Short passages do not shout: a word of two counts little more than one of four.
STEADY = 4


@dataclass(frozen=True, slots=True)
class Model:
    """`step`: what a whole number of the table stands for; from `cut` on, a passage reveals."""

    start: float
    signals: Mapping[str, float]
    words: Sequence[int]
    step: float
    cut: float

    def log_odds(self, found: Found) -> float:
        """How sure."""
        # Sorted, so that the sum is the same to the last digit whatever the order of a set.
        said = sum(self.signals.get(name, 0.0) for name in sorted(signals(found)))
        table = self.words
        words = sum(table[at] * count for at, count in word_buckets(found.words))
        return self.start + said + self.step * words

    def reveals(self, found: Found) -> bool:
        """Whether it is sure enough."""
        return self.log_odds(found) >= self.cut


@cache
def shipped() -> Model:
    """The model that the package ships, read once."""
    data = json.loads(MODEL.read_text(encoding="utf-8"))
    table = array("b", decompress(b85decode(data.pop("words"))))
    return Model(words=table, **data)


def word_buckets(words: Sequence[str]) -> list[tuple[int, float]]:
    """The buckets of a passage's words, letters and pairs, with what each counts."""
    different = dict.fromkeys(word for word in words if word != ".")
    share = 1 / sqrt(len(different) + STEADY)
    found = [(at, count * share) for word in different for at, count in _of_word(word)]
    pairs = dict.fromkeys(pairwise(words))
    return found + [(_bucket(f"p{first} {second}"), share) for first, second in pairs]


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> list[tuple[int, float]]:
    found = [(_bucket(f"w{word}"), 1.0)]
    if len(word) > LETTERS[0] and word.isalpha():
        edged = f"<{word}>"
        parts = {edged[at : at + n] for n in LETTERS for at in range(len(edged) - n + 1)}
        found += [(_bucket(f"c{part}"), 1 / sqrt(len(parts))) for part in sorted(parts)]
    return found


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
