"""How far probabilities are from what came true."""

from __future__ import annotations

__all__ = ["calibration_error", "reliability"]

from collections.abc import Sequence

import numpy as np

BINS = 10


def calibration_error(true: Sequence[bool], found: Sequence[float]) -> float:
    """Expected calibration error: mean gap over ten equal bands of probability, by their rows.

    Source: Naeini, Cooper, Hauskrecht (AAAI 2015).

    >>> calibration_error([True, False], [0.5, 0.5]), calibration_error([True], [0.25])
    (0.0, 0.75)
    """
    rows = reliability(true, found)
    total = sum(count for *_, count in rows)
    return sum(abs(said - came) * count for said, came, count in rows) / max(total, 1)


def reliability(true: Sequence[bool], found: Sequence[float]) -> list[tuple[float, float, int]]:
    """The curve: for each band that holds rows, mean probability, share that came true, rows."""
    came, said = np.asarray(true, float), np.asarray(found, float)
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    return [
        (float(said[bins == b].mean()), float(came[bins == b].mean()), int((bins == b).sum()))
        for b in range(BINS)
        if (bins == b).any()
    ]
