"""Train the heads of themes: `python -m benchmarks.train_themes [--write]`.

1. A direction a theme: a ridge logistic regression over the vectors of the texts of all sources
   (`theme_sources`), of the strong terms of the lexicon as tiny texts, and of posts that say
   nothing, which bear on a theme once in thirty; beside the vectors, what all the lexicons
   say. It learns what half the theme's own lexicon leaves to be said: a house to let near a castle
   is no culture, a bus stop by a bakery no gastronomy.
2. How far to trust direction and lexicon: a logistic regression over scores of a direction that has
   not learnt the source at hand, with one pair of trusts for all themes; the lexicon was not
   written from those sources, but the lessons were written by its author: they do not count here.
3. A scale a theme: Platt, over scores of directions that have not learnt the fold at hand.

Prints the AUC of each theme on each source when trained on the others. `--write` then trains on
all and writes `scoring/models/theme_heads.npz`. Same files in, same bytes of numbers out.
"""

from __future__ import annotations

__all__ = ["Lessons", "lessons", "main", "ridge_logistic", "terms_as_texts", "train"]

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import yaml
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from benchmarks.theme_sources import Source, sources
from cities.themes import ALL_THEMES, KNOWN
from scoring.lexicon import Term, terms_of_known
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors
from scoring.theme_heads.heads import FILE, Heads, centred, direction_of
from scoring.theme_heads.lexical import Lexicon

Numbers = npt.NDArray[np.float64]
RIDGE = 0.6
LEFT_TO_LEXICON = 0.5
# What a point of a lexicon is beside vectors of length one, in the ridge.
LEXICON_POINT = 0.15
TERM_WEIGHT = 0.15
BASE_RATE = 1 / 30
BLANK_WEIGHT = 20.0
FOLDS = 5
REAL = ("pois", "posts_en_es", "sentences")
FEW = 4
# A head listens most to texts that are like a night's.
SOURCE_WEIGHT = {"sentences": 0.5}
# The scale is set on posts and short notices first: that is what a night brings.
SCALE_WEIGHT = {"pois": 0.3, "sentences": 0.3}


@dataclass(frozen=True)
class Lessons:
    """Vectors, what the lexicon says, and labels, of the texts of one source."""

    name: str
    vectors: Numbers
    lexicon: Numbers
    labels: Numbers


def lessons(found: Sequence[Source]) -> list[Lessons]:
    """Each source as numbers."""
    vectors, lexicon = Vectors.shipped(), Lexicon(terms_of_known(), ALL_THEMES)
    made = []
    for source in found:
        posts = [PostText(text) for text in source.texts]
        encoded = vectors.encode(posts).astype(np.float64)
        made.append(Lessons(source.name, encoded, lexicon.totals(posts), source.labels))
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Print figures from source to source; write the heads when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    found = lessons(sources())
    along, trust = _trusts(found)
    heads = train(found, along, trust)
    if asked.write:
        heads.write(FILE)
    print("bases", heads.bases.round(2), "trusts", np.diag(heads.trusts).round(2))
    print("own", heads.own.round(3), "foreign", round(along, 3), round(trust, 3))
    for left in found:
        others = _directions([one for one in found if one is not left])
        _print_aucs(left, _scores(left, others) + trust / along * left.lexicon)


def _print_aucs(left: Lessons, scores: Numbers) -> None:
    for row, theme in enumerate(ALL_THEMES):
        known = ~np.isnan(left.labels[:, row])
        right = left.labels[known, row]
        if FEW <= right.sum() < len(right):
            print(f"{left.name}_auc_{theme} {roc_auc_score(right, scores[known, row]):.4f}")


def train(found: Sequence[Lessons], along: float, trust: float) -> Heads:
    """All heads; `along`, `trust`: what a foreign direction and a lexicon count."""
    scale, shift = _platt(found, along, trust)
    whole = _directions(found)
    width = Vectors.shipped().dimension
    background, own = _own_themes(found)
    return Heads(
        ALL_THEMES,
        bases=scale * along * whole[:, -1] + shift,
        trusts=(scale * along)[:, None] * LEXICON_POINT * whole[:, width:-1]
        + np.diag(scale * trust),
        directions=(scale * along)[:, None] * whole[:, :width],
        background=background,
        own=own,
    )


def _trusts(found: Sequence[Lessons]) -> tuple[float, float]:
    """How much a point of a foreign direction, and of the lexicon, is worth; for all themes."""
    columns: list[Numbers] = []
    right: list[Numbers] = []
    offsets: list[Numbers] = []
    for left in (one for one in found if one.name in REAL):
        scores = _scores(left, _directions([one for one in found if one is not left]))
        for row in range(len(ALL_THEMES)):
            known = ~np.isnan(left.labels[:, row])
            if left.labels[known, row].sum() < FEW:
                continue
            columns.append(np.column_stack([scores[known, row], left.lexicon[known, row]]))
            right.append(left.labels[known, row])
            offsets.append(np.full(int(known.sum()), float(len(offsets))))
    groups = np.eye(len(offsets))[np.concatenate(offsets).astype(int)]
    fitted = ridge_logistic(
        np.hstack([np.vstack(columns), groups]), np.concatenate(right), ridge=1e-3
    )
    return float(fitted[0]), float(fitted[1])


def _platt(found: Sequence[Lessons], along: float, trust: float) -> tuple[Numbers, Numbers]:
    """Scale and shift of each theme, over folds that the direction has not learnt."""
    parts = [np.arange(len(one.labels)) * 7919 % FOLDS for one in found]
    scores: list[Numbers] = [np.zeros_like(one.labels) for one in found]
    for fold in range(FOLDS):
        inside = [_part(one, part != fold) for one, part in zip(found, parts, strict=True)]
        learnt = _directions(inside)
        for one, part, score in zip(found, parts, scores, strict=True):
            score[part == fold] = _scores(_part(one, part == fold), learnt)
    scale, shift = np.ones(len(ALL_THEMES)), np.zeros(len(ALL_THEMES))
    for row in range(len(ALL_THEMES)):
        total = np.concatenate(
            [
                along * s[:, row] + trust * one.lexicon[:, row]
                for s, one in zip(scores, found, strict=True)
            ]
        )
        right = np.concatenate([one.labels[:, row] for one in found])
        weights = np.concatenate(
            [np.full(len(one.labels), SCALE_WEIGHT.get(one.name, 1.0)) for one in found]
        )
        known = ~np.isnan(right)
        prior = np.array([1.0])
        fitted = ridge_logistic(
            total[known, None], right[known], weights=weights[known], ridge=30.0, around=prior
        )
        scale[row], shift[row] = fitted
    return scale, shift


def _own_themes(found: Sequence[Lessons]) -> tuple[Numbers, Numbers]:
    """What the known themes say on average, and how to read a theme that was never learnt."""
    vectors = Vectors.shipped()
    about = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    terms = terms_of_known()
    said = np.array([_said(theme, about[theme], terms, vectors) for theme in ALL_THEMES])
    background: Numbers = said.mean(axis=0)
    pointing = np.array([centred(one, background) for one in said])
    columns, right = [], []
    for one in found:
        along = one.vectors @ pointing.T
        for row in range(len(ALL_THEMES)):
            known = ~np.isnan(one.labels[:, row])
            columns.append(np.column_stack([along[known, row], one.lexicon[known, row]]))
            right.append(one.labels[known, row])
    along, trust, base = ridge_logistic(np.vstack(columns), np.concatenate(right), ridge=1e-3)
    return background, np.array([base, along, trust])


def _said(
    theme: str, about: dict[str, dict[str, str]], terms: Sequence[Term], vectors: Vectors
) -> Numbers:
    said = list(about["description"].values())
    return direction_of(said, [term for term in terms if term.theme == theme], vectors)


def _part(one: Lessons, rows: npt.NDArray[np.bool_]) -> Lessons:
    return Lessons(one.name, one.vectors[rows], one.lexicon[rows], one.labels[rows])


def _scores(one: Lessons, learnt: Numbers) -> Numbers:
    scores: Numbers = _columns(one) @ learnt[:, :-1].T + learnt[:, -1]
    return scores


def _columns(one: Lessons) -> Numbers:
    return np.hstack([one.vectors, LEXICON_POINT * one.lexicon])


def _directions(found: Sequence[Lessons]) -> Numbers:
    """A row a theme: its direction, its share of each lexicon, its base."""
    vectors, labels = _terms_as_vectors()
    vectors = np.hstack([vectors, np.zeros((len(vectors), len(ALL_THEMES)))])
    return np.array(
        [_direction(found, row, vectors, labels[:, row]) for row in range(len(ALL_THEMES))]
    )


def _direction(found: Sequence[Lessons], row: int, terms: Numbers, of_terms: Numbers) -> Numbers:
    """The direction and base of one theme."""
    known = [~np.isnan(one.labels[:, row]) for one in found]
    texts = [_columns(one)[rows] for one, rows in zip(found, known, strict=True)]
    right = [one.labels[rows, row] for one, rows in zip(found, known, strict=True)]
    blank = np.zeros((2, terms.shape[1]))
    heard = [SOURCE_WEIGHT.get(one.name, 1.0) for one in found]
    said = [
        LEFT_TO_LEXICON * one.lexicon[rows, row] for one, rows in zip(found, known, strict=True)
    ]
    weights = np.concatenate(
        [
            *(np.full(len(part), weight) for part, weight in zip(texts, heard, strict=True)),
            np.full(len(terms), TERM_WEIGHT),
            BLANK_WEIGHT * np.array([BASE_RATE, 1 - BASE_RATE]),
        ]
    )
    return ridge_logistic(
        np.vstack([*texts, terms, blank]),
        np.concatenate([*right, of_terms, [1.0, 0.0]]),
        weights=weights,
        ridge=RIDGE,
        offset=np.concatenate([*said, np.zeros(len(terms) + 2)]),
    )


@cache
def _terms_as_vectors() -> tuple[Numbers, Numbers]:
    texts, labels = terms_as_texts()
    encoded = Vectors.shipped().encode([PostText(text) for text in texts]).astype(np.float64)
    is_known = np.abs(encoded).sum(axis=1) > 0
    return encoded[is_known], labels[is_known]


@cache
def terms_as_texts() -> tuple[tuple[str, ...], Numbers]:
    """The strong terms of the lexicon, and the themes of each."""
    themes: dict[str, set[int]] = {}
    for term in terms_of_known():
        if term.weight > 3 and not term.is_emoji:
            themes.setdefault(term.term, set()).add(ALL_THEMES.index(term.theme))
    glued = {word.replace(" ", "") for word in themes if " " in word}
    kept = sorted(word for word in themes if word not in glued)
    labels = np.zeros((len(kept), len(ALL_THEMES)))
    for row, word in enumerate(kept):
        labels[row, sorted(themes[word])] = 1.0
    return tuple(kept), labels


def ridge_logistic(
    columns: Numbers,
    right: Numbers,
    *,
    ridge: float,
    weights: Numbers | None = None,
    around: Numbers | None = None,
    offset: Numbers | None = None,
) -> Numbers:
    """Weights of the columns, then the base; shrunk to `around`, or to zero; over an offset."""
    width = columns.shape[1]
    each = np.ones(len(columns)) if weights is None else weights
    centre = np.zeros(width) if around is None else around

    given = np.zeros(len(columns)) if offset is None else offset

    def loss(found: Numbers) -> tuple[float, Numbers]:
        odds = columns @ found[:-1] + found[-1] + given
        missing = each * (right - 1 / (1 + np.exp(-np.clip(odds, -30, 30))))
        away = found[:-1] - centre
        value = float(each @ (np.logaddexp(0, odds) - right * odds) + ridge * (away @ away) / 2)
        return value, np.append(ridge * away - missing @ columns, -missing.sum())

    start = np.append(centre, 0.0)
    options = {"maxiter": 500, "ftol": 1e-10, "gtol": 1e-5}
    done = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    found: Numbers = done.x
    return found


if __name__ == "__main__":
    main()
