"""Person or organisation: `python -m benchmarks.account_type --accounts FILE`.

FILE: a CSV with `label` (person, organisation), `description`, `post`, `location`, `posts`,
`favourites`, `created` (month/day/year, or year-month-day); `seen`, the day the counts were read,
is optional. Prints for the shipped model, at an even threshold and a careful one:

- `auc`: chance that an organisation is held likelier to be one than a person is.
- `persons_silenced_*`: share of persons called organisations; `organisations_missed_*`: the other.
- `f1_organisation_*`; `brier`, `calibration_error` (ten bins of equal count).
- `auc_by_post_count`: a naive order, by the number of posts.

The shipped model has learnt from the public part of the set: on those rows the figures flatter,
and a line `taught_by_these_rows 1` says so; the card holds the cross-validated ones.
"""

from __future__ import annotations

__all__ = ["figures", "fingerprint", "main", "read_accounts"]

import argparse
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.calibration import calibration_error
from scoring.accounts.model import Model
from scoring.accounts.profile import Profile

Numbers = npt.NDArray[np.float64]
# The day after the last account of the public set was made.
SEEN = "2015-10-27"


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the shipped model on a file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--accounts", type=Path, required=True)
    profiles, truth = read_accounts(parser.parse_args(arguments).accounts)
    model = Model.shipped()
    likely = model.probability(profiles)
    posts = np.array([profile.posts or 0 for profile in profiles])
    found = figures(truth, likely, np.full(len(truth), model.careful))
    found["auc_by_post_count"] = _auc(truth, posts)
    found["taught_by_these_rows"] = float(model.taught == fingerprint(profiles))
    for name, value in found.items():
        print(f"{name} {value:.4f}")


def read_accounts(path: Path) -> tuple[list[Profile], Numbers]:
    """The profiles of a file, and 1 for each organisation."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in ("description", "post", "location", "posts", "favourites", "created"):
        if name not in table:
            table[name] = ""
    made = pd.to_datetime(table["created"], format="mixed", errors="coerce")
    seen = table["seen"] if "seen" in table else pd.Series(SEEN, index=table.index)
    days = (pd.to_datetime(seen, format="mixed", errors="coerce") - made).dt.days
    table["age"] = days.clip(lower=1)
    for name in ("posts", "favourites"):
        table[name] = pd.to_numeric(table[name], errors="coerce")
    profiles = [
        Profile(
            description=row.description,
            post=row.post,
            location=row.location,
            posts=float(row.posts),
            favourites=float(row.favourites),
            age_days=float(row.age),
        )
        for row in table.itertuples()
    ]
    return profiles, (table["label"] == "organisation").to_numpy(dtype=np.float64)


def fingerprint(profiles: Sequence[Profile]) -> str:
    """Twelve digits that tell one file of profiles from another."""
    return sha256("\n".join(sorted(map(repr, profiles))).encode()).hexdigest()[:12]


def figures(truth: Numbers, likely: Numbers, careful: Numbers) -> dict[str, float]:
    """All figures of the probabilities `likely`; `careful` is the threshold of each row."""
    found = {
        "accounts": float(len(truth)),
        "organisations": float(truth.sum()),
        "auc": _auc(truth, likely),
        "brier": float(np.mean((likely - truth) ** 2)),
        "calibration_error": calibration_error(truth.astype(bool).tolist(), likely.tolist()),
        "careful_threshold": float(careful.mean()),
    }
    for name, limit in (("even", np.full(len(truth), 0.5)), ("careful", careful)):
        called = likely > limit
        found[f"persons_silenced_{name}"] = _mean(called[truth == 0])
        found[f"organisations_missed_{name}"] = _mean(~called[truth == 1])
        found[f"f1_organisation_{name}"] = float(f1_score(truth, called, zero_division=0))
    return found


def _auc(truth: Numbers, order: Numbers) -> float:
    is_judged = 0 < truth.sum() < len(truth)
    return float(roc_auc_score(truth, np.nan_to_num(order))) if is_judged else float("nan")


def _mean(values: npt.NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")


if __name__ == "__main__":
    main()
