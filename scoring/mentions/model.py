"""The probability that a mention is the commune, and what weighed for and against.

    L = base + Σ signs; probability = 1 / (1 + e^(−L))

L is the calibrated sum of a logistic regression and of boosted trees over the same signs. Both
give each sign its share in log-odds: the regression's weight times its distance from the mean; in
a tree, the change of the expected value along the path (Saabas). The shares add up to L.

Trained by `benchmarks.train_mentions`; the card is `scoring/models/mentions.md`.
"""

from __future__ import annotations

__all__ = ["MODEL", "Share", "explain", "log_odds", "probabilities"]

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.mentions.signs import SIGNS, Mention, signs_of

MODEL = Path(__file__).parent.parent / "models" / "mentions.npz"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """One sign of a mention: its figure, and the log-odds that it adds."""

    sign: str
    figure: float
    log_odds: float


@cache
def _model() -> dict[str, NDArray[Any]]:
    with np.load(MODEL, allow_pickle=False) as arrays:
        model = {name: arrays[name] for name in arrays.files}
    if tuple(model["signs"].tolist()) != SIGNS:
        raise ValueError("mentions.npz was trained on other signs: run benchmarks.train_mentions")
    return model


def figures_of(mentions: Sequence[Mention]) -> NDArray[np.float32]:
    """A row of signs per mention. Single precision, as the trees were grown on."""
    rows = [signs_of(mention) for mention in mentions]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(SIGNS))


def probabilities(mentions: Sequence[Mention]) -> Array:
    """The probability of each mention that it is the commune."""
    found: Array = 1 / (1 + np.exp(-log_odds(figures_of(mentions))))
    return found


def log_odds(figures: NDArray[np.float32]) -> Array:
    """The log-odds of each row of signs."""
    model = _model()
    node = np.tile(model["roots"].astype(np.int64), (len(figures), 1))
    rows = np.arange(len(figures))[:, None]
    for _ in range(int(model["depth"])):
        node = _next(figures, rows, node)
    trees: Array = model["value"][node].sum(axis=1)
    linear: Array = ((figures - model["mean"]) @ model["weight"]).astype(np.float64)
    found: Array = float(model["base"]) + linear + trees
    return found


def _next(
    figures: NDArray[np.float32], rows: NDArray[np.int64], node: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The nodes one step down; a leaf is its own child."""
    model = _model()
    goes_left = figures[rows, model["sign"][node]] <= model["threshold"][node]
    found: NDArray[np.int64] = np.where(goes_left, model["left"][node], model["right"][node])
    return found


def explain(mention: Mention) -> tuple[float, tuple[Share, ...]]:
    """The base in log-odds, and each sign's share, the weightiest first; they add up to L."""
    model = _model()
    figures = figures_of([mention])
    shares = ((figures - model["mean"]) * model["weight"])[0].astype(np.float64)
    node = np.tile(model["roots"].astype(np.int64), (1, 1))
    base = float(model["base"]) + float(model["value"][node].sum())
    rows = np.zeros((1, 1), dtype=np.int64)
    for _ in range(int(model["depth"])):
        below = _next(figures, rows, node)
        np.add.at(shares, model["sign"][node], model["value"][below] - model["value"][node])
        node = below
    order = np.argsort(-np.abs(shares), kind="stable")
    found = (Share(SIGNS[at], float(figures[0, at]), float(shares[at])) for at in order)
    return base, tuple(share for share in found if share.log_odds)
