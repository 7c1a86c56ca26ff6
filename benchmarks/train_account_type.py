"""Train the account type: `python -m benchmarks.train_account_type --accounts FILE [--write]`.

Prints figures of five-fold cross-validation, in which accounts of one description stay together and
everything, the stacking and the threshold too, is learnt without the fold. `--write` then trains on
all rows and writes `scoring/models/account_type.npz`. Same file in, same bytes of numbers out.
"""

from __future__ import annotations

__all__ = ["main", "train"]

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.preprocessing import normalize

from benchmarks.account_type import figures, fingerprint, read_accounts
from scoring.accounts.model import FILE, OPINIONS, SUREST, TEXTS, Model, vectors_in_use
from scoring.accounts.profile import Profile
from scoring.accounts.signs import signs
from scoring.accounts.texts import counts
from scoring.accounts.trees import Forest
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors

Numbers = npt.NDArray[np.float64]
TREES = 300
# The share of persons whom the careful threshold may call an organisation.
SILENCED = 0.03


def main(arguments: Sequence[str] | None = None) -> None:
    """Print cross-validated figures; write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--accounts", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    profiles, truth = read_accounts(asked.accounts)
    likely, careful = np.zeros(len(truth)), np.zeros(len(truth))
    for inside, outside in _folds(profiles, truth, seed=1):
        model = train([profiles[row] for row in inside], truth[inside])
        likely[outside] = model.probability([profiles[row] for row in outside])
        careful[outside] = model.careful
    for name, value in figures(truth, likely, careful).items():
        print(f"cross_validated_{name} {value:.4f}")
    if asked.write:
        train(profiles, truth).write(FILE)


def train(profiles: Sequence[Profile], truth: Numbers) -> Model:
    """A whole model: first opinions of folds left out teach the stack and the threshold."""
    opinions = np.zeros((len(truth), len(OPINIONS) + len(TEXTS) + 1))
    for inside, outside in _folds(profiles, truth, seed=2):
        part = _first([profiles[row] for row in inside], truth[inside])
        rest = [profiles[row] for row in outside]
        forest = part.forest.parts(part.table(rest), SUREST).sum(axis=1)
        opinions[outside] = np.column_stack([part.texts(rest), part.meaning(rest), forest])
    without = opinions.copy()
    without[:, len(OPINIONS) : -1] = 0.0
    stacker = LogisticRegression(C=1.0).fit(opinions, truth)
    likely = stacker.predict_proba(opinions)[:, 1]
    return replace(
        _first(profiles, truth),
        stack=_weights(stacker),
        stack_without=_weights(LogisticRegression(C=1.0).fit(without, truth)),
        careful=float(np.quantile(likely[truth == 0], 1 - SILENCED)),
        taught=fingerprint(profiles),
    )


def _weights(fitted: LogisticRegression) -> Numbers:
    return np.concatenate([fitted.intercept_, fitted.coef_[0]])


def _folds(
    profiles: Sequence[Profile], truth: Numbers, *, seed: int
) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Five folds; accounts of one description, often one owner's, are never parted."""
    names = [p.description.strip().lower() or f"row {n}" for n, p in enumerate(profiles)]
    groups = np.unique(names, return_inverse=True)[1]
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    return list(folds.split(groups, truth, groups))


def _first(profiles: Sequence[Profile], truth: Numbers) -> Model:
    """The first opinions alone."""
    weights, idf = {}, {}
    for part, kind in OPINIONS:
        found = counts(kind, [getattr(profile, part) for profile in profiles])
        seen = found.getnnz(axis=0)
        # A piece met once teaches only its account.
        rare = np.where(seen > 1, np.log((1 + len(profiles)) / (1 + seen)) + 1, 0)
        idf[part, kind] = rare.astype(np.float16)
        table = normalize(found.multiply(idf[part, kind].astype(np.float64)).tocsr())
        fitted = LogisticRegression(C=3.0, max_iter=300).fit(table, truth)
        weights[part, kind] = fitted.coef_[0].astype(np.float16)
    table = signs(profiles)
    medians = np.nan_to_num(np.nanmedian(table, axis=0))
    return Model(
        weights=weights,
        idf=idf,
        forest=_forest(np.where(np.isnan(table), medians, table), truth),
        medians=medians,
        meanings=np.column_stack([_meaning(profiles, part, truth) for part in TEXTS]),
        vectors=vectors_in_use(),
        stack=np.zeros(1),
        stack_without=np.zeros(1),
        careful=1.0,
    )


def _meaning(profiles: Sequence[Profile], part: str, truth: Numbers) -> Numbers:
    found = Vectors.shipped().encode([PostText(getattr(p, part)) for p in profiles])
    fitted = LogisticRegression(C=10.0, max_iter=500).fit(found.astype(np.float64), truth)
    return np.asarray(fitted.coef_[0])


def _forest(table: Numbers, truth: Numbers) -> Forest:
    grown = ExtraTreesClassifier(TREES, min_samples_leaf=3, max_features=0.4, random_state=0)
    parts = [_flat(tree.tree_) for tree in grown.fit(table, truth).estimators_]
    starts = np.cumsum([0, *(len(part[0]) for part in parts[:-1])]).astype(np.int32)
    return Forest(
        sign=np.concatenate([part[0] for part in parts]),
        limit=np.concatenate([part[1] for part in parts]),
        below=np.concatenate([p[2] + start for p, start in zip(parts, starts, strict=True)]),
        value=np.concatenate([part[3] for part in parts]),
        starts=starts,
    )


def _flat(tree: Any) -> tuple[npt.NDArray[np.generic], ...]:
    """A tree in breadth order, so that one number leads to both ways of a node."""
    left, right = tree.children_left, tree.children_right
    order, place = [0], {0: 0}
    for node in order:
        if left[node] >= 0:
            place[left[node]] = len(order)
            order += [left[node], right[node]]
    kept = np.array(order)
    inside = left[kept] >= 0
    share = tree.value[kept, 0, :]
    return (
        np.where(inside, tree.feature[kept], -1).astype(np.int16),
        tree.threshold[kept].astype(np.float32),
        np.array([place.get(left[node], 0) for node in order], dtype=np.int32),
        (share[:, 1] / share.sum(axis=1)).astype(np.float32),
    )


if __name__ == "__main__":
    main()
