"""The probability that an account is an organisation, from its profile, words and counts.

Seven first opinions on the log-odds scale, one logistic over them; each opinion is a sum, so the
whole is one, and `parts` shows it::

    p = 1 / (1 + e^(−(c + Σ w_i o_i)))
    o = tf–idf of the description's characters, of its words, of the post's characters, of its
        words; the meaning of the description, of the post (`scoring.texts.vectors`), each a
        logistic regression; and the log-odds of a forest over the signs of `signs.py`, shared out

Where the vectors are not those that it was taught with, a second logistic does without meaning.
The file holds numbers alone; nothing of a person can be read out of it. Card: `models/
account_type.md`. A false "organisation" silences a resident, so whoever uses this calls an account
an organisation only from `careful` on, and asks a person to look at what lies between.

>>> Model.shipped().probability([Profile(description="Maman de deux enfants, je lis")]).item() < 0.5
True
"""

from __future__ import annotations

__all__ = ["OPINIONS", "PARTS", "SUREST", "TEXTS", "Model", "vectors_in_use"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.preprocessing import normalize

from scoring.accounts.profile import Profile
from scoring.accounts.signs import NAMES, signs
from scoring.accounts.texts import KINDS, counts
from scoring.accounts.trees import Forest
from scoring.post_text import PostText
from scoring.texts.vectors import MODEL, Vectors

FILE = Path(__file__).parents[1] / "models" / "account_type.npz"
TEXTS = ("description", "post")
OPINIONS = tuple((part, kind) for part in TEXTS for kind in KINDS)
# What adds up to the log-odds, in the order of `Model.parts`.
PARTS = ("base", *map("_".join, OPINIONS), *(f"{part}_meaning" for part in TEXTS), *NAMES)
SUREST = 0.01
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """What training left; `careful` is the threshold above which few persons are mistaken.

    `meanings` has a column a text; `vectors` says with which vectors they were learnt; `stack`
    weighs all opinions, `stack_without` those but the meanings; `taught` is a fingerprint of the
    rows that taught it.
    """

    weights: Mapping[tuple[str, str], npt.NDArray[np.floating]]
    idf: Mapping[tuple[str, str], npt.NDArray[np.floating]]
    forest: Forest
    medians: Numbers
    meanings: Numbers
    vectors: str
    stack: Numbers
    stack_without: Numbers
    careful: float
    taught: str = ""

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
                meanings=held["meanings"],
                vectors=str(held["vectors"]),
                stack=held["stack"],
                stack_without=held["stack_without"],
                careful=float(held["careful"]),
                taught=str(held["taught"]),
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
            meanings=self.meanings,
            vectors=np.array(self.vectors),
            stack=self.stack,
            stack_without=self.stack_without,
            careful=np.array(self.careful),
            taught=np.array(self.taught),
        )

    def probability(self, profiles: Sequence[Profile]) -> Numbers:
        """For each profile, how likely it is an organisation."""
        return np.asarray(expit(self.parts(profiles).sum(axis=1)))

    def parts(self, profiles: Sequence[Profile]) -> Numbers:
        """For each profile, what each of `PARTS` adds to the log-odds."""
        if not profiles:
            return np.zeros((0, len(PARTS)))
        is_known = self.vectors == vectors_in_use()
        stack = self.stack if is_known else self.stack_without
        texts, forest = self.texts(profiles), self.forest.parts(self.table(profiles), SUREST)
        meanings = self.meaning(profiles) if is_known else np.zeros((len(profiles), len(TEXTS)))
        base = stack[0] + stack[-1] * forest[:, :1]
        opinions = np.hstack([texts, meanings]) * stack[1:-1]
        return np.hstack([base, opinions, stack[-1] * forest[:, 1:]])

    def texts(self, profiles: Sequence[Profile]) -> Numbers:
        """The opinions of characters and words, a column each."""
        columns = []
        for part, kind in OPINIONS:
            texts = [getattr(profile, part) for profile in profiles]
            idf = self.idf[part, kind].astype(np.float64)
            weighed = normalize(counts(kind, texts).multiply(idf).tocsr())
            columns.append(weighed @ self.weights[part, kind].astype(np.float64))
        return np.column_stack(columns)

    def meaning(self, profiles: Sequence[Profile]) -> Numbers:
        """The opinions of the vectors, a column a text; a text without known words has none."""
        columns = []
        for part, weights in zip(TEXTS, self.meanings.T, strict=True):
            found = Vectors.shipped().encode([PostText(getattr(p, part)) for p in profiles])
            columns.append(found.astype(np.float64) @ weights)
        return np.column_stack(columns)

    def table(self, profiles: Sequence[Profile]) -> Numbers:
        """The signs of each profile; the median where one is absent."""
        found = signs(profiles)
        return np.where(np.isnan(found), self.medians, found)


@cache
def vectors_in_use() -> str:
    """A fingerprint of the vectors that are shipped now."""
    return sha256(MODEL.read_bytes()).hexdigest()[:12]
