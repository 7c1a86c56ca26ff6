"""What was learnt of themes over the vectors of words: `models/theme_heads.npz` and its card.

For each theme that Portevoix knows: a direction `head`, a `base` (a post that says nothing bears on
it about once in thirty), and the `trust` by which the weights of its lexicon are multiplied. A
theme of a city's own gets the direction from what its description and words say to what all
the known themes say, and the base and trusts that do best for the known ones treated alike.
"""

from __future__ import annotations

__all__ = ["FILE", "Head", "Heads", "direction_of"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scoring.lexicon import Term
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors

FILE = Path(__file__).parent.parent / "models" / "theme_heads.npz"
MOST_SPOKEN = 400
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """How one theme is read: log-odds = base + direction · post + Σ trust · lexicon.

    `trust`: in its own lexicon; `others`: in those of other known themes.
    """

    base: float
    trust: float
    direction: Numbers
    others: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heads:
    """All that was learnt.

    `trusts`: a row a theme, a column a lexicon; `own`: base, trust of the direction, trust of the
    lexicon of a theme that was never learnt.
    """

    themes: tuple[str, ...]
    bases: Numbers
    trusts: Numbers
    directions: Numbers
    background: Numbers
    own: Numbers

    @staticmethod
    @cache
    def shipped() -> Heads:
        """The heads that the package ships, read once."""
        with np.load(FILE, allow_pickle=False) as file:
            return Heads(
                tuple(file["themes"].tobytes().decode().split("\n")),
                *(file[name].astype(np.float64) for name in ("bases", "trusts")),
                *(file[name].astype(np.float64) for name in ("directions", "background", "own")),
            )

    def write(self, path: Path) -> None:
        """Write the file; same numbers, same bytes of numbers."""
        np.savez_compressed(
            path,
            themes=np.frombuffer("\n".join(self.themes).encode(), dtype=np.uint8),
            bases=np.round(self.bases, 4),
            trusts=np.round(self.trusts, 4),
            directions=self.directions.astype(np.float32),
            background=self.background.astype(np.float32),
            own=np.round(self.own, 4),
        )

    def of_known(self, theme: str) -> Head:
        """The head of a theme that Portevoix knows."""
        row = self.themes.index(theme)
        trusts = dict(zip(self.themes, self.trusts[row].tolist(), strict=True))
        return Head(float(self.bases[row]), trusts.pop(theme), self.directions[row], trusts)

    def of_own(self, direction: Numbers) -> Head:
        """The head of a theme of a city's own, never learnt."""
        base, along, trust = (float(number) for number in self.own)
        return Head(base, trust, along * centred(direction, self.background))


def centred(direction: Numbers, background: Numbers) -> Numbers:
    """What a direction has that the background has not, of length one, or zeros."""
    left = direction - background
    length = float(np.linalg.norm(left))
    return left / length if length > 0 else left


def direction_of(said: Sequence[str], terms: Sequence[Term], vectors: Vectors) -> Numbers:
    """Where a theme points: half its description, half its strong words."""
    words = sorted({term.term for term in terms if term.weight > 1 and not term.is_emoji})
    halves = [_mean(vectors, part) for part in (said, words[:MOST_SPOKEN])]
    return halves[0] + halves[1]


def _mean(vectors: Vectors, texts: Sequence[str]) -> Numbers:
    if not texts:
        return np.zeros(vectors.dimension)
    read = vectors.encode([PostText(text) for text in texts]).astype(np.float64)
    mean: Numbers = read.mean(axis=0)
    return mean
