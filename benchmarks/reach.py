"""Which of two accounts carries further: `python -m benchmarks.reach --pairs FILE`.

FILE: a CSV with `Choice` (1 when A was judged more influential) and the figures of A and of B,
`A_follower_count` and the like. Prints, for the shipped core of reach (`scoring/reach_core.py`):

- `auc`: chance that a pair won by A has a higher probability than one won by B; `accuracy`,
  `log_loss`; `auc_with_extra_columns`: with the set's three unexplained figures too.
- `auc_followers_and_posts`, `auc_without_lists`: the rest hidden, as on platforms that tell little.
- `auc_by_followers`, `auc_by_lists`: naive orders, by one figure.
- `swap_error`: the largest |P(A, B) + P(B, A) − 1|.

The shipped model has learnt from the public part of the set: on those rows the figures flatter.
"""

from __future__ import annotations

__all__ = ["COLUMNS", "Pairs", "main", "read_pairs"]

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import log_loss, roc_auc_score

from scoring.reach_core import INPUTS, ReachCore

Numbers = npt.NDArray[np.float64]
COLUMNS = {
    "followers": "follower_count",
    "listed": "listed_count",
    "mentions_received": "mentions_received",
    "reshares_received": "retweets_received",
    "posts": "posts",
    "following": "following_count",
    "network_1": "network_feature_1",
    "network_2": "network_feature_2",
    "network_3": "network_feature_3",
}


@dataclass(frozen=True)
class Pairs:
    """Figures of both accounts of each pair, in the order of `COLUMNS`, and who was chosen."""

    first: Numbers
    second: Numbers
    choice: Numbers


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the shipped core on a file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pairs", type=Path, required=True)
    pairs = read_pairs(parser.parse_args(arguments).pairs)
    for name, value in _figures(pairs).items():
        print(f"{name} {value:.4f}")


def read_pairs(path: Path) -> Pairs:
    """The pairs of a file; a column that is not there is absent for all."""
    table = pd.read_csv(path)

    def side(letter: str) -> Numbers:
        names = [f"{letter}_{column}" for column in COLUMNS.values()]
        numbers = table.reindex(columns=names).apply(pd.to_numeric, errors="coerce")
        return np.asarray(numbers.to_numpy(dtype=np.float64))

    return Pairs(side("A"), side("B"), table["Choice"].to_numpy(dtype=np.float64))


def _figures(pairs: Pairs) -> dict[str, float]:
    core, extra = ReachCore.shipped(), ReachCore.shipped("extra")
    width = len(INPUTS)
    first, second = pairs.first[:, :width], pairs.second[:, :width]
    likely = core.win(first, second)

    def hiding(*shown: str) -> float:
        mask = np.array([0.0 if name in shown else np.nan for name in INPUTS])
        return _auc(pairs, core.win(first + mask, second + mask))

    return {
        "pairs": float(len(likely)),
        "auc": _auc(pairs, likely),
        "auc_with_extra_columns": _auc(pairs, extra.win(pairs.first, pairs.second)),
        "accuracy": float(((likely > 0.5) == (pairs.choice == 1)).mean()),
        "log_loss": float(log_loss(pairs.choice, likely, labels=[0, 1])),
        "auc_followers_and_posts": hiding("followers", "posts"),
        "auc_without_lists": hiding(*(name for name in INPUTS if name != "listed")),
        "auc_by_followers": _naive(pairs, "followers"),
        "auc_by_lists": _naive(pairs, "listed"),
        "swap_error": float(np.abs(likely + core.win(second, first) - 1).max()),
    }


def _naive(pairs: Pairs, name: str) -> float:
    column = INPUTS.index(name)
    known = np.log1p(np.maximum(np.nan_to_num([pairs.first, pairs.second])[:, :, column], 0))
    return _auc(pairs, known[0] - known[1])


def _auc(pairs: Pairs, order: Numbers) -> float:
    is_judged = 0 < pairs.choice.sum() < len(pairs.choice)
    return float(roc_auc_score(pairs.choice, order)) if is_judged else float("nan")


if __name__ == "__main__":
    main()
