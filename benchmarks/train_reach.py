"""Train the core of reach: `python -m benchmarks.train_reach --pairs FILE [--write]`.

Prints the mean AUC of 20 folds (5 drawings of four), each learnt on pairs of which neither account
is in the fold and judged on pairs of which both are. `--write` then trains on all rows and writes
`scoring/models/reach_core.json`.

The smooth part has a bump at each of 40 centres, its weights shrunk as a Gaussian process would.
Slopes of the wrong sign are fined at the accounts and at points drawn in and around their range,
harder until 100,000 other points show none.
"""

from __future__ import annotations

__all__ = ["main", "train"]

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.cluster import KMeans
from sklearn.metrics import roc_auc_score

from benchmarks.reach import COLUMNS, Pairs, read_pairs
from scoring.reach_core import EFFORTS, FILE, INPUTS, ReachCore

Numbers = npt.NDArray[np.float64]
OFFSETS = np.array([10, 1, 0.1, 0.1, 0.1, 10, 1, 1, 10])
FREE = ("network_2", "network_3")
CENTRES, WIDTH = 40, 2.0
STRAIGHT, SMOOTH = 0.5, 0.5
LEAST_SLOPE = 0.03
FINES = (100.0, 1_000.0, 10_000.0, 100_000.0)
# How far around the accounts seen the slopes are held, in standard deviations.
MARGIN = 0.5
# What drawn points may have missed of the least slope.
SLACK = 0.04
PLAIN = ("inputs", "width")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print cross-validated figures; write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    pairs = read_pairs(asked.pairs)
    parts = {"core": INPUTS, "extra": tuple(COLUMNS)}
    for part, inputs in parts.items():
        found = _cross_validated(_of_inputs(pairs, inputs), inputs)
        print(f"cross_validated_auc_{part} {found.mean():.4f}")
        print(f"cross_validated_auc_{part}_deviation {found.std():.4f}")
    if asked.write:
        models = {part: train(_of_inputs(pairs, i), i) for part, i in parts.items()}
        told = {part: _told(model) for part, model in models.items()}
        FILE.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")


def train(pairs: Pairs, inputs: tuple[str, ...]) -> ReachCore:
    """The core of these pairs, monotone where it has to be."""
    accounts, places = np.unique(
        np.vstack([pairs.first, pairs.second]), axis=0, return_inverse=True
    )
    offsets = OFFSETS[: len(inputs)]
    logs = np.log(accounts + offsets)
    z = (logs - logs.mean(axis=0)) / logs.std(axis=0)
    grouped = KMeans(CENTRES, n_init=1, random_state=0).fit(z)
    model = ReachCore(
        inputs=inputs,
        offsets=offsets,
        means=logs.mean(axis=0),
        spreads=logs.std(axis=0),
        covariance=np.corrcoef(z.T) + 1e-6 * np.eye(len(inputs)),
        lowest=z.min(axis=0) - MARGIN,
        highest=z.max(axis=0) + MARGIN,
        slopes=np.zeros(len(inputs)),
        centres=grouped.cluster_centers_,
        weights=np.zeros(CENTRES),
        width=WIDTH,
    )
    half = len(pairs.choice)
    fit = Fit(z, places[:half], places[half:], pairs.choice)
    for fine in FINES:
        model = fit.fitted(model, fine=fine)
        if min(_slopes(model, _drawn(model, 100_000, seed=2))) >= 0:
            break
    return _steepened(model)


def _steepened(model: ReachCore) -> ReachCore:
    """The model with straight slopes that make up for what is wrong at far edges and corners."""
    rng = np.random.default_rng(3)
    points = _drawn(model, 100_000, seed=4)
    end = np.where(rng.random(points.shape) < 0.5, model.lowest, model.highest)
    points = np.where(rng.random(points.shape) < 0.6, end, points)
    slopes = model.slopes.copy()
    for (column, sign), least in zip(_signs(model).items(), _slopes(model, points), strict=True):
        slopes[column] += sign * max(SLACK - least, 0)
    return replace(model, slopes=slopes)


@dataclass(frozen=True)
class Fit:
    """Accounts, the pairs among them, and the choices: what a model is fitted to."""

    z: Numbers
    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    choice: Numbers

    def fitted(self, model: ReachCore, *, fine: float) -> ReachCore:
        """The model with the straight and smooth weights that lose least."""
        root = _root(model)
        points = np.vstack([self.z, _drawn(model, 1_000, seed=1)])
        held = np.vstack([_turned(model, root, points, column) for column in _signs(model)])
        features = _features(model, root, self.z)
        turned = (features[self.first] - features[self.second]) * (2 * self.choice - 1)[:, None]

        def loss(weights: Numbers) -> tuple[float, Numbers]:
            margin, lacking = turned @ weights, np.minimum(held @ weights - LEAST_SLOPE, 0)
            missed = expit(-margin)
            value = np.logaddexp(0, -margin).sum() + weights @ weights / 2
            slope = weights - turned.T @ missed + 2 * fine * held.T @ lacking
            return float(value + fine * lacking @ lacking), slope

        signs = _signs(model)
        bounds = [
            {1: (0.02, None), -1: (None, -0.02)}.get(signs.get(column, 0), (None, None))
            for column in range(len(model.inputs))
        ] + [(None, None)] * CENTRES
        start = np.concatenate([[0.1 * signs.get(c, 0) for c in range(len(model.inputs))],
                                np.zeros(CENTRES)])  # fmt: skip
        options = {"maxiter": 2_000}
        best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
        width = len(model.inputs)
        return replace(
            model,
            slopes=np.sqrt(STRAIGHT) * best[:width],
            weights=np.sqrt(SMOOTH) * root @ best[width:],
        )


def _signs(model: ReachCore) -> dict[int, int]:
    """For each column that has to be monotone, the sign of its slope."""
    return {
        column: -1 if name in EFFORTS else 1
        for column, name in enumerate(model.inputs)
        if name not in FREE
    }


def _bumps(model: ReachCore, z: Numbers) -> Numbers:
    distance = ((z[:, None] - model.centres[None]) ** 2).sum(axis=2)
    return np.asarray(np.exp(-distance / (2 * model.width**2)))


def _root(model: ReachCore) -> Numbers:
    """What makes the bumps at the centres independent, so that one ridge shrinks them all."""
    values, vectors = np.linalg.eigh(_bumps(model, model.centres) + 1e-6 * np.eye(CENTRES))
    return np.asarray(vectors * np.maximum(values, 1e-9) ** -0.5 @ vectors.T)


def _features(model: ReachCore, root: Numbers, z: Numbers) -> Numbers:
    return np.hstack([np.sqrt(STRAIGHT) * z, np.sqrt(SMOOTH) * _bumps(model, z) @ root])


def _turned(model: ReachCore, root: Numbers, z: Numbers, column: int) -> Numbers:
    """The slope of each feature along a column, turned so that it has to be positive."""
    straight = np.zeros_like(z)
    straight[:, column] = np.sqrt(STRAIGHT)
    away = (model.centres[None, :, column] - z[:, [column]]) / model.width**2
    smooth = np.sqrt(SMOOTH) * (_bumps(model, z) * away) @ root
    return np.hstack([straight, smooth]) * _signs(model)[column]


def _drawn(model: ReachCore, count: int, *, seed: int) -> Numbers:
    shape = (count, len(model.inputs))
    return np.random.default_rng(seed).uniform(model.lowest, model.highest, shape)


def _slopes(model: ReachCore, z: Numbers) -> list[float]:
    """The least slope of each monotone column over these points, turned."""
    bumps = _bumps(model, z)
    return [
        sign * model.slopes[column]
        + float((sign * (bumps * (model.centres[None, :, column] - z[:, [column]])
                         @ model.weights) / model.width**2).min())
        for column, sign in _signs(model).items()
    ]  # fmt: skip


def _of_inputs(pairs: Pairs, inputs: tuple[str, ...]) -> Pairs:
    width = len(inputs)
    return Pairs(pairs.first[:, :width], pairs.second[:, :width], pairs.choice)


def _cross_validated(pairs: Pairs, inputs: tuple[str, ...]) -> Numbers:
    both = np.vstack([pairs.first, pairs.second])
    places = np.unique(both, axis=0, return_inverse=True)[1].reshape(2, -1)
    found = []
    for seed in range(5):
        fold = np.random.default_rng(seed).integers(0, 4, places.max() + 1)[places]
        for left_out in range(4):
            inside, outside = (fold != left_out).all(axis=0), (fold == left_out).all(axis=0)
            model = train(Pairs(pairs.first[inside], pairs.second[inside], pairs.choice[inside]),
                          inputs)  # fmt: skip
            likely = model.win(pairs.first[outside], pairs.second[outside])
            found.append(roc_auc_score(pairs.choice[outside], likely))
    return np.array(found)


def _told(model: ReachCore) -> dict[str, Any]:
    """The model as JSON tells it, to six digits."""
    arrays = {n: np.round(v, 6).tolist() for n, v in vars(model).items() if n not in PLAIN}
    return {"inputs": list(model.inputs), "width": model.width, **arrays}


if __name__ == "__main__":
    main()
