"""The core of reach: how far an account carries, from figures that any platform may tell or keep.

A sum of a straight part and a smooth one, on z, the standardised logarithms of the inputs::

    s = Σ a_j z_j + Σ_k w_k exp(−|z − c_k|² / 2l²)
    P(A carries further than B) = 1 / (1 + e^(−(s_A − s_B)))

Swapping A and B gives 1 − P, as s is of one account. s rises with followers, lists, mentions and
reshares received; at an equal echo it falls with what was spent for it: own posts, accounts
followed. Training holds the slopes so; outside what was seen the smooth part stays as at its edge.

An absent figure (NaN, negative) of the first kind is foreseen from those present, by non-negative
least squares, so that s stays monotone; one of the second kind counts as average. All absent: 0.

>>> core = ReachCore.shipped()
>>> few, many = core.strength(rows([{"followers": 200}, {"followers": 90_000}]))
>>> bool(few < many)
True
"""

from __future__ import annotations

__all__ = ["EFFORTS", "INPUTS", "ReachCore", "rows"]

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.special import expit

FILE = Path(__file__).parent / "models" / "reach_core.json"
INPUTS = ("followers", "listed", "mentions_received", "reshares_received", "posts", "following")
EFFORTS = ("posts", "following")
Numbers = npt.NDArray[np.float64]


def rows(accounts: Sequence[Mapping[str, float | None]]) -> Numbers:
    """A table of inputs, a row an account; what an account does not tell is NaN."""
    told = [[account.get(name) for name in INPUTS] for account in accounts]
    return np.array(told, dtype=np.float64).reshape(len(told), len(INPUTS))


@dataclass(frozen=True)
class ReachCore:
    """What training left; columns of every table are those of `inputs`."""

    inputs: tuple[str, ...]
    offsets: Numbers
    means: Numbers
    spreads: Numbers
    covariance: Numbers
    lowest: Numbers
    highest: Numbers
    slopes: Numbers
    centres: Numbers
    weights: Numbers
    width: float

    @classmethod
    @cache
    def shipped(cls, part: str = "core") -> ReachCore:
        """The model in the repository; `extra` also takes the set's unexplained columns."""
        held = json.loads(FILE.read_text(encoding="utf-8"))[part]
        arrays = {name: np.array(held[name]) for name in held if name not in ("inputs", "width")}
        return cls(inputs=tuple(held["inputs"]), width=float(held["width"]), **arrays)

    def win(self, first: Numbers, second: Numbers) -> Numbers:
        """For each pair of rows, how likely the first carries further."""
        return np.asarray(expit(self.strength(first) - self.strength(second)))

    def strength(self, table: Numbers) -> Numbers:
        """s of each row: log-odds, 0 for an average account of the set."""
        z = self.standard(table)
        inside = np.clip(z, self.lowest, self.highest)
        distance = ((inside[:, None] - self.centres[None]) ** 2).sum(axis=2)
        smooth = np.exp(-distance / (2 * self.width**2)) @ self.weights
        return np.asarray(z @ self.slopes + smooth)

    def standard(self, table: Numbers) -> Numbers:
        """z of each row, absent figures foreseen."""
        is_told = np.isfinite(table) & (table >= 0)
        logs = np.log(np.where(is_told, table, 1.0) + self.offsets)
        z = np.where(is_told, (logs - self.means) / self.spreads, 0.0)
        echoes = np.array([name not in EFFORTS for name in self.inputs])
        for pattern in np.unique(is_told[:, echoes], axis=0):
            chosen = (is_told[:, echoes] == pattern).all(axis=1)
            known, absent = np.flatnonzero(echoes)[pattern], np.flatnonzero(echoes)[~pattern]
            if len(known) and len(absent):
                for column in absent:
                    z[chosen, column] = z[np.ix_(chosen, known)] @ self._foresight(known, column)
        return z

    def _foresight(self, known: npt.NDArray[np.intp], absent: int) -> Numbers:
        root = np.linalg.cholesky(self.covariance[np.ix_(known, known)])
        aim = np.linalg.solve(root, self.covariance[known, absent])
        return np.asarray(nnls(root.T, aim)[0])
