"""Many small pairwise logistic fits at once: ridge towards a centre, no part below zero.

Of each fit: the least of the mean over its pairs of log(1 + exp(-s u·d)), plus
λ/2 ‖u - centre‖², for u ≥ 0. d is the difference of a pair (preferred minus other), s the scale of
the fit. Convex, so there is one answer; found by projected Newton steps, each the best of some
lengths, so that none goes up. A fit without pairs is its centre.

>>> d = np.array([[1.0, 0.0], [0.8, -0.2], [0.9, 0.1]])
>>> one = {"scale": np.ones(1), "centre": np.array([0.5, 0.5]), "strength": np.array([0.1])}
>>> found = Fits(d, np.ones((1, 3)), **one).solved()
>>> bool(found[0, 0] > 0.5 and (found >= 0).all())
True
>>> Fits(d, np.zeros((1, 3)), **one).solved().tolist()
[[0.5, 0.5]]
"""

from __future__ import annotations

__all__ = ["Fits", "best_scale", "losses"]

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Numbers = npt.NDArray[np.float64]
LENGTHS = (1.0, 0.6, 0.3, 0.1, 0.01)
MOST_STEPS = 100
SETTLED = 1e-9
# From a coin's answers to one that a hundredth of a score decides.
SCALES = np.geomspace(1.0, 100.0, 41)


@dataclass(frozen=True, slots=True)
class Fits:
    """Fits on some of the same pairs: `masks[i, j]` is 1 where the pair j belongs to the fit i.

    `scale` and `strength` (λ) have a number a fit; `centre` is that of all.
    """

    differences: Numbers
    masks: Numbers
    scale: Numbers
    centre: Numbers
    strength: Numbers

    def solved(self) -> Numbers:
        """One row of parts a fit."""
        parts = np.tile(self.centre, (len(self.masks), 1))
        reached = self._objective(parts)
        for _ in range(MOST_STEPS):
            step, before = self._step(parts), parts
            for length in LENGTHS:
                trial = np.maximum(before + length * step, 0.0)
                value = self._objective(trial)
                is_better = value < reached
                parts = np.where(is_better[:, None], trial, parts)
                reached = np.where(is_better, value, reached)
            if float(np.abs(parts - before).max(initial=0.0)) < SETTLED:
                break
        return parts

    @property
    def _shares(self) -> Numbers:
        return np.asarray(self.masks / np.maximum(self.masks.sum(axis=1, keepdims=True), 1))

    def _margins(self, parts: Numbers) -> Numbers:
        return np.asarray(self.scale[:, None] * (parts @ self.differences.T))

    def _objective(self, parts: Numbers) -> Numbers:
        ridge = self.strength / 2 * ((parts - self.centre) ** 2).sum(axis=1)
        return np.asarray((self._shares * losses(self._margins(parts))).sum(axis=1) + ridge)

    def _step(self, parts: Numbers) -> Numbers:
        """Newton's step; a part that is zero and would go below stays out of it."""
        chance = expit(-self._margins(parts))
        pull = self.scale[:, None] * ((self._shares * chance) @ self.differences)
        slope = self.strength[:, None] * (parts - self.centre) - pull
        curve = self._shares * chance * (1 - chance) * self.scale[:, None] ** 2
        count = self.differences.shape[1]
        squares = np.einsum("ni,nj->nij", self.differences, self.differences)
        bend = (curve @ squares.reshape(-1, count**2)).reshape(-1, count, count)
        bend += self.strength[:, None, None] * np.eye(count)
        is_held = (parts <= 0) & (slope > 0)
        is_free = ~is_held
        bend = np.where(is_free[:, :, None] & is_free[:, None, :], bend, np.eye(count))
        slope = np.where(is_held, 0.0, slope)
        return np.asarray(-np.linalg.solve(bend, slope[:, :, None])[:, :, 0])


def best_scale(totals: Numbers, masks: Numbers) -> Numbers:
    """For each fit, the scale by which these differences of whole scores tell its pairs best."""
    by_scale = np.stack([losses(scale * totals) for scale in SCALES])
    found: Numbers = SCALES[np.argmin(masks @ by_scale.T, axis=1)]
    return found


def losses(margins: Numbers) -> Numbers:
    """log(1 + exp(-margin)), without overflow."""
    return np.asarray(np.logaddexp(0.0, -margins), dtype=np.float64)
