"""The probability that a mention is the commune, and what weighed for and against.

    W = w₀ + Σ w(feature), over the words around      (a logistic regression, see `context.py`)
    L = (1 − g)·P + g·N; P, N = base + Σ shares of the signs, of which W is one
    probability = 1 / (1 + e^(−L))

P and N are calibrated sums of boosted trees over the signs: P learnt from posts, sentences and
news, N from news and sentences alone, where a club named by its town counts as the town. g, between
0 and `MOST_NEWS`, says how much the text reads like news (`news_share`): long, without hashtags.
Each sign's share is the change of the expected value along the paths that ask for it (Saabas), so
the shares add up to L.

Trained by `benchmarks.train_mentions`; the card is `scoring/models/mentions.md`.
"""

from __future__ import annotations

__all__ = [
    "ALL_SIGNS", "MODEL", "Share", "explain", "figures_of", "log_odds", "news_share",
    "probabilities",
]  # fmt: skip

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.mentions.context import context_of
from scoring.mentions.signs import SIGNS, signs_that_tell
from scoring.mentions.window import Mention, Window, window_of

MODEL = Path(__file__).parent.parent / "models" / "mentions.npz"
WORDS = "words_around"
ALL_SIGNS = (*SIGNS, WORDS)
SHOWN_WORDS = 3
# Small enough that a step's nodes stay in the processor's own memory.
CHUNK = 256
MOST_NEWS = 0.7
# News has 100 letters and more around a name, and no hashtags; posts are shorter.
GATE = {"letters_around": 0.04, "tags": -1.5, "is_tag": -1.5}
GATE_BASE = -4.0
GATED = np.array([ALL_SIGNS.index(sign) for sign in GATE])
GATE_WEIGHTS = np.array(list(GATE.values()))
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """One sign of a mention: its figure, the log-odds that it adds, and the words it read."""

    sign: str
    figure: float
    log_odds: float
    detail: str = ""


@cache
def _model() -> Mapping[str, NDArray[Any]]:
    with np.load(MODEL, allow_pickle=False) as arrays:
        model = {name: arrays[name] for name in arrays.files}
    if tuple(model["signs"].tolist()) != ALL_SIGNS:
        raise ValueError("mentions.npz was trained on other signs: run benchmarks.train_mentions")
    return model


@cache
def _word_weights() -> Mapping[str, float]:
    model = _model()
    words = model["words"].tobytes().decode().split("\n")
    return dict(zip(words, model["word_weights"].astype(np.float64).tolist(), strict=True))


def figures_of(mentions: Sequence[Mention]) -> NDArray[np.float32]:
    """A row of signs per mention. Single precision, as the trees were grown on."""
    found = np.zeros((len(mentions), len(ALL_SIGNS)), dtype=np.float32)
    for row, mention in enumerate(mentions):
        window = window_of(mention)
        told = signs_that_tell(mention, window)
        found[row, list(told)] = list(told.values())
        found[row, -1] = _of_words(window)
    return found


def _of_words(window: Window) -> float:
    weights = _word_weights()
    found = sum(weights.get(feature, 0.0) for feature in context_of(window))
    return float(_model()["word_base"]) + found


def probabilities(mentions: Sequence[Mention]) -> Array:
    """The probability of each mention that it is the commune."""
    found: Array = 1 / (1 + np.exp(-log_odds(figures_of(mentions))))
    return found


def log_odds(figures: NDArray[np.float32]) -> Array:
    """The log-odds of each row of signs."""
    found = np.zeros(len(figures))
    for start in range(0, len(figures), CHUNK):
        found[start : start + CHUNK] = _log_odds(figures[start : start + CHUNK])
    return found


def _log_odds(figures: NDArray[np.float32]) -> Array:
    model = _model()
    node = np.repeat(model["roots"][None, :], len(figures), axis=0)
    starts = np.arange(len(figures), dtype=np.int32)[:, None] * np.int32(figures.shape[1])
    flat = figures.ravel()
    for _ in range(int(model["depth"])):
        node = _next(flat, starts, node)
    values, is_of_news = model["value"].take(node), model["is_of_news"]
    of_posts = model["base"][0] + values[:, ~is_of_news].sum(axis=1)
    of_news = model["base"][1] + values[:, is_of_news].sum(axis=1)
    share = news_share(figures)
    found: Array = (1 - share) * of_posts + share * of_news
    return found


def news_share(figures: NDArray[np.float32]) -> Array:
    """Of each row of signs, how much of its log-odds the trees of news have."""
    like_news = GATE_BASE + figures[:, GATED].astype(np.float64) @ GATE_WEIGHTS
    found: Array = MOST_NEWS / (1 + np.exp(-like_news))
    return found


def _next(
    flat: NDArray[np.float32], starts: NDArray[np.int32], node: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The nodes one step down; a leaf is its own child."""
    model = _model()
    goes_right = flat.take(starts + model["sign"].take(node)) > model["threshold"].take(node)
    found: NDArray[np.int32] = model["children"].ravel().take(2 * node + goes_right)
    return found


def explain(mention: Mention) -> tuple[float, tuple[Share, ...]]:
    """The base in log-odds, and each sign's share, the weightiest first; they add up to L."""
    model = _model()
    figures = figures_of([mention])
    shares = np.zeros(len(ALL_SIGNS))
    node = np.tile(model["roots"], (1, 1))
    share = float(news_share(figures)[0])
    weight = np.where(model["is_of_news"], share, 1 - share)
    base = float(model["base"] @ [1 - share, share] + (model["value"][node] * weight).sum())
    starts = np.zeros((1, 1), dtype=np.int32)
    for _ in range(int(model["depth"])):
        below = _next(figures.ravel(), starts, node)
        change = weight * (model["value"][below] - model["value"][node])
        np.add.at(shares, model["sign"][node], change)
        node = below
    order = np.argsort(-np.abs(shares), kind="stable")
    words = _weightiest(window_of(mention), up=bool(shares[-1] > 0))
    found = (
        Share(
            ALL_SIGNS[at],
            float(figures[0, at]),
            float(shares[at]),
            words if at == len(SIGNS) else "",
        )
        for at in order
    )
    return base, tuple(share for share in found if share.log_odds)


def _weightiest(window: Window, *, up: bool) -> str:
    """The words that weighed most in the direction of their sum, as they stand: `à …`, `… 2`."""
    weights = _word_weights()
    known = [(weights[f], f) for f in context_of(window) if f in weights]
    ordered = sorted(known, key=lambda pair: (-pair[0] if up else pair[0], pair[1]))
    said = (_said(feature) for weight, feature in ordered if (weight > 0) == up)
    return ", ".join(list(dict.fromkeys(said))[:SHOWN_WORDS])


def _said(feature: str) -> str:
    place, _, words = feature.partition("=")
    if not words:
        return feature[1:]
    if place == "-1+1":
        return words.replace(" ", " … ")
    return f"{words} …" if place.startswith("-") else f"… {words}"
