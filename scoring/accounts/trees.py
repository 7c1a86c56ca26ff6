"""A forest of decision trees as flat arrays: read from a file of numbers, walked with NumPy.

Node i of `sign` < 0 is a leaf of value `value[i]`; else a row goes to `below[i]` when its sign is
at most `limit[i]`, and to `below[i] + 1` when it is above. `starts`: the root of each tree. A node
that is no leaf has a value too, the mean of what is below it: so each step of a walk changes the
value by something, which is put down to the sign that was asked (Saabas 2014). These changes add up
to the forest's answer.
"""

from __future__ import annotations

__all__ = ["Forest"]

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import logit

Numbers = npt.NDArray[np.float64]
# A row that is as likely as the roots owes nothing to any sign.
LEAST_MOVE = 1e-9


@dataclass(frozen=True)
class Forest:
    """Trees one after the other, in breadth order: both ways of a node stand side by side."""

    sign: npt.NDArray[np.int16]
    limit: npt.NDArray[np.float32]
    below: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int32]

    def mean(self, rows: Numbers) -> Numbers:
        """Mean value of the leaves that each row comes to."""
        return np.asarray(self._root() + self.changes(rows).sum(axis=1))

    def changes(self, rows: Numbers) -> Numbers:
        """By how much each sign moves the value of each row away from the mean of the roots."""
        table = rows.astype(np.float32)
        across = np.arange(len(table))
        found = np.zeros(rows.shape)
        for start in self.starts:
            node = np.full(len(table), start)
            while (inside := self.sign[node] >= 0).any():
                sign = np.maximum(self.sign[node], 0)
                is_above = table[across, sign] > self.limit[node]
                following = np.where(inside, self.below[node] + is_above, node)
                found[across, sign] += self.value[following] - self.value[node]
                node = following
        return found / max(len(self.starts), 1)

    def parts(self, rows: Numbers, surest: float) -> Numbers:
        """The log-odds of the mean, bounded by `surest`: the roots', then what each sign adds.

        The changes of a row share out the way from the roots' log-odds to its own.
        """
        root, changes = self._root(), self.changes(rows)
        mean = root + changes.sum(axis=1)
        start = _log_odds(root, surest)
        way, moved = _log_odds(mean, surest) - start, mean - root
        is_moved = np.abs(moved) > LEAST_MOVE
        scale = np.divide(way, moved, out=np.zeros_like(way), where=is_moved)
        return np.hstack([np.full((len(rows), 1), start), changes * scale[:, None]])

    def _root(self) -> float:
        return float(self.value[self.starts].mean()) if len(self.starts) else 0.5


def _log_odds(value: float | Numbers, surest: float) -> Numbers:
    return np.asarray(logit(np.clip(value, surest, 1 - surest)))
