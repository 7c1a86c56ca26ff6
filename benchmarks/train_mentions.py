"""Trains the model of mentions: `python -m benchmarks.train_mentions [--check]`.

Learnt from: news, each row four times (as printed, in lower case without accents, both with
invented names where persons are masked); the same places with other communes' names; posts made
of templates; sentences of open corpora. Five-fold cross-validation, an article's, a template's or
a sentence's rows in one fold, prints the figures that the card quotes; its out-of-fold scores set
the calibration. `--check` writes nothing.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.mention_posts import (
    Example,
    examples_of_posts,
    examples_of_sentences,
    folded,
    substituted,
)
from benchmarks.relevance import SHARED, folded_mention, is_commune, labelled, mention_of, quality
from scoring.mentions.context import context_of
from scoring.mentions.model import ALL_SIGNS, MODEL, news_share
from scoring.mentions.signs import signs_of
from scoring.mentions.window import PERSON, Mention, window_of

FOLDS = 5
DEPTH, TREES, RATE = 5, 450, 0.06
GROWN: dict[str, Any] = {
    "min_samples_leaf": 15, "l2_regularization": 1.0, "early_stopping": False, "random_state": 0,
}  # fmt: skip
# Out of fold, texts like news were said too surely to name the city: their trees start lower.
NEWS_SHIFT = -0.86
NEWS_DEPTH, NEWS_TREES, NEWS_RATE = 4, 200, 0.05
NEWS_WEIGHTS = {"news": 1.0, "named": 1.0, "sentence": 0.2}
STRENGTH, LEAST_SEEN = 0.3, 6
WEIGHTS = {"news": 3.0, "named": 3.0, "moved": 0.5, "post": 1.0, "sentence": 0.5}
FIRST_NAMES = ("Jean", "Marie", "Pierre", "Sophie", "Nicolas", "Claire", "Karim", "Julie", "Anne")
LAST_NAMES = ("Dubreuil", "Lefort", "Martel", "Garnier", "Benali", "Rousselin", "Chabert", "Leduc")
Floats = NDArray[np.float64]


class Learnt:
    """All examples: their signs, the words around, what is right, weight, group and kind."""

    def __init__(self, rows: Sequence[tuple[str, Example]]) -> None:
        windows = [window_of(example.mention) for _, example in rows]
        self.kinds = np.array([kind for kind, _ in rows])
        self.examples = [example for _, example in rows]
        self.signs = np.array([signs_of(w.mention, w) for w in windows], dtype=np.float32)
        self.words = [context_of(window) for window in windows]
        self.right = np.array([example.right for _, example in rows])
        self.weight = np.array([WEIGHTS[kind.split("_")[0]] * e.weight for kind, e in rows])
        groups = np.array([example.group for _, example in rows])
        self.groups, self.group_of = np.unique(groups, return_inverse=True)

    def folds(self, seed: int = 0) -> NDArray[np.int64]:
        """The fold of each row: whole groups."""
        of_group = np.random.default_rng(seed).permutation(len(self.groups)) % FOLDS
        found: NDArray[np.int64] = of_group[self.group_of]
        return found


def learnt() -> Learnt:
    """Everything that is learnt from, by kind."""
    rows = list(_news())
    draw = np.random.default_rng(5)
    sentences = list(examples_of_sentences())
    places = [e for kind, e in rows if kind in ("news", "named") and e.right]
    places += [e for e in sentences if e.right]
    for example in places:
        moved = substituted(example, draw)
        if moved is not None:
            rows.append(("moved", moved))
            if draw.random() < 0.5:
                rows.append(("moved", Example(folded(moved.mention), moved.right, moved.group)))
    rows += [("post", example) for example in examples_of_posts()]
    rows += [("sentence", example) for example in sentences]
    return Learnt(rows)


def _news() -> Iterator[tuple[str, Example]]:
    for number, row in enumerate(labelled(SHARED)):
        printed, group, right = mention_of(row), f"article {row['doc']}", is_commune(row)
        named = _unmasked(printed, number)
        yield "news", Example(printed, right, group)
        yield "news_folded", Example(folded_mention(printed), right, group)
        yield "named", Example(named, right, group)
        yield "named_folded", Example(folded_mention(named), right, group)


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


class Words:
    """The regression over the words around."""

    def __init__(self, data: Learnt, rows: NDArray[np.int64]) -> None:
        self.counter = CountVectorizer(analyzer=lambda words: words, min_df=LEAST_SEEN, binary=True)
        counts = self.counter.fit_transform([data.words[row] for row in rows])
        self.fit = LogisticRegression(C=STRENGTH, solver="liblinear").fit(
            counts, data.right[rows], sample_weight=data.weight[rows]
        )

    def scores(self, data: Learnt, rows: NDArray[np.int64]) -> Floats:
        """The sum of the words around each row."""
        counts: csr_matrix = self.counter.transform([data.words[row] for row in rows])
        found: Floats = self.fit.decision_function(counts)
        return found


def _out_of_fold_words(data: Learnt, fold: NDArray[np.int64], aside: int | None) -> Floats:
    """Scores of words that their own fold did not teach: what the trees are grown on."""
    found = np.zeros(len(data.right))
    for number in range(FOLDS):
        if number != aside:
            taught = np.flatnonzero((fold != number) & (fold != aside))
            rows = np.flatnonzero(fold == number)
            found[rows] = Words(data, taught).scores(data, rows)
    return found


def _of_posts(
    data: Learnt, words: Floats, rows: NDArray[np.int64]
) -> HistGradientBoostingClassifier:
    """The trees learnt from everything."""
    return HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_depth=DEPTH, max_features=0.15, **GROWN
    ).fit(_figures(data, words, rows), data.right[rows], sample_weight=data.weight[rows])


def _of_news(data: Learnt, rows: NDArray[np.int64]) -> HistGradientBoostingClassifier:
    """The trees learnt from news and, a little, from sentences; not of the words around."""
    weight = np.array([NEWS_WEIGHTS.get(kind.split("_")[0], 0.0) for kind in data.kinds[rows]])
    rows, weight = rows[weight > 0], weight[weight > 0]
    forest = HistGradientBoostingClassifier(
        max_iter=NEWS_TREES,
        learning_rate=NEWS_RATE,
        max_depth=NEWS_DEPTH,
        max_features=0.1,
        **GROWN,
    )
    figures = _figures(data, np.zeros(len(data.right)), rows)
    return forest.fit(figures, data.right[rows], sample_weight=weight)


def _figures(data: Learnt, words: Floats, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.column_stack([data.signs[rows], words[rows]]).astype(np.float32)


def _out_of_fold(data: Learnt, processes: int) -> Floats:
    found = np.zeros(len(data.right))
    with ProcessPoolExecutor(processes) as pool:
        for aside, scores in pool.map(partial(_of_fold, data), range(FOLDS)):
            found[aside] = scores
    return found


def _of_fold(data: Learnt, number: int) -> tuple[NDArray[np.int64], Floats]:
    """The rows of a fold, and what the others teach of them."""
    fold = data.folds()
    rows, aside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
    words = _out_of_fold_words(data, fold, number)
    words[aside] = Words(data, rows).scores(data, aside)
    figures = _figures(data, words, aside)
    share = news_share(figures)
    of_posts = _of_posts(data, words, rows).decision_function(figures)
    of_news = _of_news(data, rows).decision_function(figures) + NEWS_SHIFT
    found: Floats = (1 - share) * of_posts + share * of_news
    return aside, found


def _calibrated(data: Learnt, scores: Floats) -> float:
    """By how much out-of-fold scores are stretched; without an intercept, by weight."""
    fit = LogisticRegression(C=1.0, fit_intercept=False).fit(
        scores[:, None], data.right, sample_weight=data.weight
    )
    return float(fit.coef_[0, 0])


def _print_figures(data: Learnt, scores: Floats) -> None:
    found = 1 / (1 + np.exp(-scores))
    for kind in ("news", "news_folded", "named", "named_folded", "post", "sentence"):
        rows = data.kinds == kind
        for name, value in quality(data.right[rows], found[rows]).items():
            print(f"{name}_{kind} {value:.4f}")
    kinds = np.array([example.group.rsplit(" ", 1)[0] for example in data.examples])
    for kind in sorted(set(kinds[data.kinds == "post"])):
        rows = kinds == kind
        print(f"right_{kind} {np.mean((found[rows] > 0.5) == data.right[rows]):.3f}")


def _exported(
    posts: HistGradientBoostingClassifier,
    news: HistGradientBoostingClassifier,
    words: Words,
    stretch: float,
) -> dict[str, NDArray[Any]]:
    """The model as plain arrays; a leaf is its own child."""
    columns: dict[str, list[NDArray[Any]]] = {k: [] for k in ("sign", "threshold", "left", "right")}
    values, roots, size = [], [], 0
    trees = [stage[0].nodes for forest in (posts, news) for stage in forest._predictors]
    for nodes in trees:
        is_leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
        columns["sign"].append(np.where(is_leaf, 0, nodes["feature_idx"]))
        columns["threshold"].append(np.where(is_leaf, 0.0, nodes["num_threshold"]))
        columns["left"].append(np.where(is_leaf, own, nodes["left"]) + size)
        columns["right"].append(np.where(is_leaf, own, nodes["right"]) + size)
        values.append(_expected(nodes) * stretch)
        roots.append(size)
        size += len(nodes)
    sides = [np.concatenate(columns[side]).astype(np.int32) for side in ("left", "right")]
    vocabulary = sorted(words.counter.vocabulary_.items())
    weights = words.fit.coef_[0][[at for _, at in vocabulary]]
    starts = [float(np.ravel(forest._baseline_prediction)[0]) for forest in (posts, news)]
    return {
        "sign": np.concatenate(columns["sign"]).astype(np.int32),
        "threshold": np.concatenate(columns["threshold"]),
        "children": np.column_stack(sides),
        "value": np.round(np.concatenate(values), 6),
        "roots": np.array(roots, dtype=np.int32),
        "depth": np.array(DEPTH),
        "is_of_news": np.arange(len(roots)) >= len(posts._predictors),
        "base": stretch * np.array([starts[0], starts[1] + NEWS_SHIFT]),
        "signs": np.array(ALL_SIGNS),
        "words": np.frombuffer("\n".join(w for w, _ in vocabulary).encode(), dtype=np.uint8),
        "word_weights": np.round(weights, 4),
        "word_base": words.fit.intercept_[0],
    }


def _expected(nodes: Any) -> Floats:
    """The value of each node: a leaf's own, else the mean of its leaves by rows."""
    value: Floats = nodes["value"].astype(np.float64)
    for node in range(len(nodes) - 1, -1, -1):
        if not nodes["is_leaf"][node]:
            sides = [nodes["left"][node], nodes["right"][node]]
            value[node] = np.average(value[sides], weights=nodes["count"][sides])
    return value


def main(arguments: Sequence[str] | None = None) -> None:
    """Cross-validate, print the figures, train on all rows and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="no cross-validation: stretch 1")
    options = parser.parse_args(arguments)
    data = learnt()
    stretch = 1.0
    if not options.quick:
        scores = _out_of_fold(data, options.processes)
        stretch = _calibrated(data, scores)
        _print_figures(data, stretch * scores)
    if options.check:
        return
    rows = np.arange(len(data.right))
    words = Words(data, rows)
    posts = _of_posts(data, _out_of_fold_words(data, data.folds(), None), rows)
    arrays = _exported(posts, _of_news(data, rows), words, stretch)
    np.savez_compressed(MODEL, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
