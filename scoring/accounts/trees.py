"""A forest of decision trees as flat arrays: read from a file of numbers, walked with NumPy.

Node i of `sign` < 0 is a leaf of value `value[i]`; else a row goes to `below[i]` when its sign is
at most `limit[i]`, and to `below[i] + 1` when it is above. `starts`: the root of each tree.
"""

from __future__ import annotations

__all__ = ["Forest"]

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Forest:
    """Trees one after the other, in breadth order: both ways of a node stand side by side."""

    sign: npt.NDArray[np.int16]
    limit: npt.NDArray[np.float32]
    below: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int32]

    def mean(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Mean value of the leaves that each row comes to."""
        table = rows.astype(np.float32)
        across = np.arange(len(table))
        total = np.zeros(len(table))
        for start in self.starts:
            node = np.full(len(table), start)
            while (inside := self.sign[node] >= 0).any():
                is_above = table[across, np.maximum(self.sign[node], 0)] > self.limit[node]
                node = np.where(inside, self.below[node] + is_above, node)
            total += self.value[node]
        return total / max(len(self.starts), 1)
