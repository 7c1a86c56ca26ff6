"""Trains the model of mentions: `python -m benchmarks.train_mentions [--check]`.

Each row is learnt four times: as printed, in lower case without accents, and both once more with
invented names where persons are masked, since posts are not masked. Five-fold cross-validation,
an article's rows in one fold, over three seeds, prints the figures that the card quotes; the same
out-of-fold scores set how the two parts are mixed and calibrated. `--check` writes nothing.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.relevance import (
    SHARED,
    Row,
    folded_mention,
    is_commune,
    labelled,
    mention_of,
    quality,
)
from scoring.mentions.model import MODEL, figures_of
from scoring.mentions.signs import PERSON, SIGNS, Mention

FOLDS, SEEDS, FORESTS = 5, 3, 3
DEPTH, TREES, RATE, LEAST_LEAF = 4, 200, 0.05, 10
STRENGTH = 0.015
FIRST_NAMES = ("Jean", "Marie", "Pierre", "Sophie", "Nicolas", "Claire", "Karim", "Julie", "Anne")
LAST_NAMES = ("Dubreuil", "Lefort", "Martel", "Garnier", "Benali", "Rousselin", "Chabert", "Leduc")
Figures = NDArray[np.float32]
Floats = NDArray[np.float64]
Parts = tuple[list[GradientBoostingClassifier], LogisticRegression, Floats, Floats]


def copies_of(rows: Sequence[Row]) -> list[Figures]:
    """The signs of the rows, in each of the four ways in which they are learnt."""
    printed = [mention_of(row) for row in rows]
    named = [_unmasked(mention, seed) for seed, mention in enumerate(printed)]
    folded = [[folded_mention(m) for m in mentions] for mentions in (printed, named)]
    return [figures_of(mentions) for mentions in (printed, folded[0], named, folded[1])]


def _unmasked(mention: Mention, seed: int) -> Mention:
    """The mention with an invented name for each masked person."""
    rng = np.random.default_rng(seed)

    def unmask(text: str) -> str:
        first, *others = text.split(PERSON)
        names = (f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}" for _ in others)
        return first + "".join(name + rest for name, rest in zip(names, others, strict=True))

    text = mention.text
    before, name = unmask(text[: mention.start]), text[mention.start : mention.end]
    end = len(before) + len(name)
    return Mention(before + name + unmask(text[mention.end :]), len(before), end, mention.insee)


def _fit(figures: Figures, right: NDArray[np.bool_]) -> Parts:
    forests = [
        GradientBoostingClassifier(
            n_estimators=TREES,
            learning_rate=RATE,
            max_depth=DEPTH,
            subsample=0.5,
            max_features=0.1,
            min_samples_leaf=LEAST_LEAF,
            random_state=seed,
        ).fit(figures, right)
        for seed in range(FORESTS)
    ]
    mean, spread = figures.mean(axis=0, dtype=np.float64), figures.std(axis=0, dtype=np.float64)
    spread[spread == 0] = 1
    linear = LogisticRegression(C=STRENGTH, max_iter=2000).fit((figures - mean) / spread, right)
    return forests, linear, mean, spread


def _scores(parts: Parts, figures: Figures) -> Floats:
    forests, linear, mean, spread = parts
    trees = np.mean([forest.decision_function(figures) for forest in forests], axis=0)
    return np.column_stack([trees, linear.decision_function((figures - mean) / spread)])


def _folds(rows: Sequence[Row], seed: int) -> Iterator[NDArray[np.bool_]]:
    """For each fold, which rows are kept aside: whole articles."""
    articles = sorted({row["doc"] for row in rows})
    fold = np.random.default_rng(seed).permutation(len(articles)) % FOLDS
    at = dict(zip(articles, fold.tolist(), strict=True))
    of_row = np.array([at[row["doc"]] for row in rows])
    for number in range(FOLDS):
        yield of_row == number


def _out_of_fold(rows: Sequence[Row], copies: list[Figures], seed: int) -> Floats:
    right = np.array([is_commune(row) for row in rows])
    scores = np.zeros((len(copies), len(rows), 2))
    for aside in _folds(rows, seed):
        parts = _fit(np.vstack([c[~aside] for c in copies]), np.tile(right[~aside], len(copies)))
        for number, copy in enumerate(copies):
            scores[number, aside] = _scores(parts, copy[aside])
    return scores


def _mixed(scores: Floats, right: NDArray[np.bool_]) -> LogisticRegression:
    """Weights of the two parts, over out-of-fold scores.

    Without an intercept: the few rows that the source labels wrongly would pull it down by a third
    of a logit, and with it what stands near one half.
    """
    return LogisticRegression(C=1.0, fit_intercept=False).fit(scores.reshape(-1, 2), right)


def _print_figures(out: list[Floats], right: NDArray[np.bool_]) -> None:
    """Figures by cross-validation; a seed's scores are mixed by what other seeds' taught."""
    for number, name in enumerate(("printed", "folded", "named", "named_folded")):
        found = []
        for at, scores in enumerate(out):
            others = np.concatenate([s for b, s in enumerate(out) if b != at or len(out) == 1])
            mix = _mixed(others, np.tile(right, len(others)))
            found.append(quality(right, mix.predict_proba(scores[number])[:, 1]))
        for key in found[0]:
            print(f"{key}_{name} {np.mean([f[key] for f in found]):.4f}")


def _exported(parts: Parts, mix: LogisticRegression) -> dict[str, NDArray[Any]]:
    """The model as plain arrays; a leaf is its own child."""
    forests, linear, mean, spread = parts
    of_trees, of_linear = mix.coef_[0]
    columns: dict[str, list[NDArray[Any]]] = {k: [] for k in ("sign", "threshold", "left", "right")}
    values, roots, size = [], [], 0
    for forest in forests:
        for tree in (stage[0].tree_ for stage in forest.estimators_):
            is_leaf = tree.children_left < 0
            own = np.arange(tree.node_count)
            columns["sign"].append(np.where(is_leaf, 0, tree.feature))
            columns["threshold"].append(np.where(is_leaf, 0.0, tree.threshold))
            columns["left"].append(np.where(is_leaf, own, tree.children_left) + size)
            columns["right"].append(np.where(is_leaf, own, tree.children_right) + size)
            values.append(_expected(tree) * RATE * of_trees / len(forests))
            roots.append(size)
            size += tree.node_count
    start = np.mean([_start(forest) for forest in forests])
    base = of_trees * start + of_linear * linear.intercept_[0]
    ints = {k: np.concatenate(columns[k]).astype(np.int32) for k in ("sign", "left", "right")}
    return {
        **ints,
        "threshold": np.concatenate(columns["threshold"]),
        "value": np.concatenate(values),
        "roots": np.array(roots, dtype=np.int32),
        "depth": np.array(DEPTH),
        "mean": mean,
        "weight": of_linear * linear.coef_[0] / spread,
        "base": np.array(base),
        "signs": np.array(SIGNS),
    }


def _expected(tree: Any) -> Floats:
    """The value of each node: a leaf's own, else the mean of its leaves by rows."""
    value: Floats = tree.value[:, 0, 0].copy()
    rows = tree.weighted_n_node_samples
    for node in range(tree.node_count - 1, -1, -1):
        left, right = tree.children_left[node], tree.children_right[node]
        if left >= 0:
            value[node] = np.average([value[left], value[right]], weights=[rows[left], rows[right]])
    return value


def _start(forest: GradientBoostingClassifier) -> float:
    """The log-odds from which a forest starts: those of the share of communes."""
    share = float(forest.init_.class_prior_[1])
    return float(np.log(share / (1 - share)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, print the figures, train on all rows and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mentions", type=Path, default=SHARED)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    rows = labelled(options.mentions)
    right = np.array([is_commune(row) for row in rows])
    copies = copies_of(rows)
    out = [_out_of_fold(rows, copies, seed) for seed in range(options.seeds)]
    _print_figures(out, right)
    if options.check:
        return
    scores = np.concatenate(out)
    mix = _mixed(scores, np.tile(right, len(scores)))
    parts = _fit(np.vstack(copies), np.tile(right, len(copies)))
    np.savez_compressed(MODEL, **_exported(parts, mix))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
