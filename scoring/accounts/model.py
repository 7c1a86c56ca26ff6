"""The probability that an account is an organisation, from its profile, words and counts.

Five first opinions, one logistic over them::

    p = 1 / (1 + e^(−(c + Σ w_i o_i)))
    o = tf–idf of the description's characters, of its words, of the post's characters, of its words
        (each a logistic regression), and the log-odds of a forest over the signs of `signs.py`

The file holds numbers alone; nothing of a person can be read out of it. Card: `models/
account_type.md`. A false "organisation" silences a resident, so whoever uses this calls an account
an organisation only from `careful` on, and asks a person to look at what lies between.

>>> Model.shipped().probability([Profile(description="Maman de deux enfants, je lis")]).item() < 0.5
True
"""

from __future__ import annotations

__all__ = ["OPINIONS", "Model"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from sklearn.preprocessing import normalize

from scoring.accounts.profile import Profile
from scoring.accounts.signs import signs
from scoring.accounts.texts import KINDS, counts
from scoring.accounts.trees import Forest

FILE = Path(__file__).parents[1] / "models" / "account_type.npz"
OPINIONS = tuple((part, kind) for part in ("description", "post") for kind in KINDS)
SUREST = 0.01
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """What training left; `careful` is the threshold above which few persons are mistaken."""

    weights: Mapping[tuple[str, str], npt.NDArray[np.floating]]
    idf: Mapping[tuple[str, str], npt.NDArray[np.floating]]
    forest: Forest
    medians: Numbers
    stack: Numbers
    careful: float

    @classmethod
    @cache
    def shipped(cls) -> Model:
        """The model that stands in the repository."""
        return cls.read(FILE)

    @classmethod
    def read(cls, path: Path) -> Model:
        """A model from its file of numbers; nothing in it is run."""
        with np.load(path, allow_pickle=False) as held:
            return cls(
                weights={key: held["weights_" + "_".join(key)] for key in OPINIONS},
                idf={key: held["idf_" + "_".join(key)] for key in OPINIONS},
                forest=Forest(
                    *(held[name] for name in ("sign", "limit", "below", "value", "starts"))
                ),
                medians=held["medians"],
                stack=held["stack"],
                careful=float(held["careful"]),
            )

    def write(self, path: Path) -> None:
        """The file that `read` reads."""
        numbers: dict[str, Any] = dict(vars(self.forest))
        for key in OPINIONS:
            numbers["weights_" + "_".join(key)] = self.weights[key]
            numbers["idf_" + "_".join(key)] = self.idf[key]
        np.savez_compressed(
            path,
            **numbers,
            medians=self.medians,
            stack=self.stack,
            careful=np.array(self.careful),
        )

    def probability(self, profiles: Sequence[Profile]) -> Numbers:
        """For each profile, how likely it is an organisation."""
        if not profiles:
            return np.zeros(0)
        return np.asarray(expit(self.stack[0] + self.opinions(profiles) @ self.stack[1:]))

    def opinions(self, profiles: Sequence[Profile]) -> Numbers:
        """The first opinions, a column each, on the log-odds scale."""
        columns = []
        for part, kind in OPINIONS:
            texts = [getattr(profile, part) for profile in profiles]
            idf = self.idf[part, kind].astype(np.float64)
            weighed = normalize(counts(kind, texts).multiply(idf).tocsr())
            columns.append(weighed @ self.weights[part, kind].astype(np.float64))
        table = signs(profiles)
        filled = np.where(np.isnan(table), self.medians, table)
        columns.append(logit(np.clip(self.forest.mean(filled), SUREST, 1 - SUREST)))
        return np.column_stack(columns)
