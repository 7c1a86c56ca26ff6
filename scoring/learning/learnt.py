"""Weights that order pairs as analysts do, near those of the city: pure numbers.

A pair is the difference of the parts of two scores (preferred minus other); weights w give it the
margin w·d. Fitted: u ≥ 0 of `logistic`, centred on the city's weights, in the scale by which the
city's weights tell the pairs best; w = u, made to sum to the city's total.

The strength of the ridge is chosen by cross-validation, the city's own weights being the strongest
of all. Persons, not pairs, are parted into groups: a pair is foretold from pairs that share no
person with it. The accuracy told is that of the whole procedure, with the choice made anew inside
(nested), so nothing of a pair helps to foretell it. Intervals are the 10th and 90th percentile of
draws of persons with replacement: pairs that share a person are no independent witnesses.

Known failures: with few persons, each in many pairs, little is left to learn from in
cross-validation, and nothing is proposed. Scores of tonight explain choices made some time ago.
"""

from __future__ import annotations

__all__ = ["Learnt", "Share", "learnt_weights"]

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt

from scoring.learning.logistic import Fits, best_scale, losses

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
# λ of the ridge, the weakest first; beyond the last, the city's own weights.
STRENGTHS = np.array([0.03, 0.1, 0.3, 1.0, 3.0, 10.0])
# Less of the pairs than this is not worth another order of everybody.
LEAST_GAIN = 0.01
OUTER_GROUPS, INNER_GROUPS = 8, 4
DRAWS, SEED = 1_000, 78
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """A share of pairs, or a difference of two, with its 80 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What pairs teach: the weights, how strong the ridge (None: the city's own weights are best),
    which share of pairs they order rightly, unseen, against the weights in use.
    """

    weights: tuple[float, ...]
    strength: float | None
    accuracy: Share
    accuracy_now: Share
    gain: Share

    @property
    def is_better(self) -> bool:
        """Whether the pairs say more than the weights in use do."""
        return self.strength is not None and self.gain.value >= LEAST_GAIN


def learnt_weights(
    differences: Numbers, sides: Sequence[tuple[str, str]], *, city: Numbers, now: Numbers
) -> Learnt:
    """The weights that the pairs teach; `sides` names the two persons of each pair.

    `city`: the city's weights; `now`: those in use. Both must have a positive sum.
    """
    people = sorted({person for pair in sides for person in pair}, key=_lot)
    places = {person: place for place, person in enumerate(people)}
    ends = np.array([[places[one], places[other]] for one, other in sides], dtype=np.intp)
    pairs = _Pairs(np.nan_to_num(differences), ends.reshape(-1, 2), city / city.sum())
    unseen = np.array(_signs(pairs.foretold()))
    known = _signs(pairs.differences @ (now / now.sum()))
    strength = pairs.best_strength()
    parts = pairs.centre if strength is None else pairs.fitted(pairs.whole(), strength)[0]
    drawn = _drawn(pairs.ends, len(people))
    return Learnt(
        weights=_summing(parts, float(city.sum())),
        strength=strength,
        accuracy=_share(unseen, drawn),
        accuracy_now=_share(known, drawn),
        gain=_share(unseen - known, drawn),
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs, their two persons as numbers (in the order of a lot), the city's weights."""

    differences: Numbers
    ends: npt.NDArray[np.intp]
    centre: Numbers

    def whole(self) -> Numbers:
        """The mask of all pairs, one fit."""
        return np.ones((1, len(self.differences)))

    def fitted(self, masks: Numbers, strength: float | Numbers) -> Numbers:
        """Parts of each fit that sum to something: the city's where the pairs let nothing stand."""
        scale = best_scale(self.differences @ self.centre, masks)
        strengths = np.broadcast_to(np.asarray(strength, dtype=np.float64), len(masks))
        parts = Fits(self.differences, masks, scale, self.centre, strengths).solved()
        return np.where(parts.sum(axis=1, keepdims=True) > 0, parts, self.centre)

    def cells(self, count: int) -> tuple[Numbers, Numbers]:
        """Masks (held out, learnt from): all pairs of two groups of persons, and pairs of neither.

        Each pair is held out once.
        """
        group = self.ends % count
        first, last = group.min(axis=1, initial=count), group.max(axis=1, initial=0)
        held, learnt = [], []
        for one, other in combinations_with_replacement(range(count), 2):
            is_held = (first == one) & (last == other)
            if is_held.any():
                held.append(is_held)
                learnt.append(~np.isin(group, (one, other)).any(axis=1))
        shape = (len(held), len(self.ends))
        return (
            np.array(held, dtype=np.float64).reshape(shape),
            np.array(learnt, dtype=np.float64).reshape(shape),
        )

    def best_strength(self) -> float | None:
        """The strength whose fits foretell best; None when the city's own weights do."""
        held, learnt = self.cells(INNER_GROUPS)
        count = len(STRENGTHS)
        masks = np.repeat(learnt, count, axis=0)
        parts = self.fitted(masks, np.tile(STRENGTHS, len(learnt)))
        scale = best_scale(self.differences @ self.centre, learnt)
        found = losses(np.repeat(scale, count)[:, None] * (parts @ self.differences.T))
        wrong = (np.repeat(held, count, axis=0) * found).sum(axis=1).reshape(-1, count).sum(axis=0)
        own = (held * losses(scale[:, None] * (self.differences @ self.centre))).sum()
        # Of equals the strongest: the pairs must say more to move the weights.
        best = count - 1 - int(np.argmin(np.round(wrong[::-1], DECIMALS)))
        return float(STRENGTHS[best]) if wrong[best] < own - 1e-6 else None

    def foretold(self) -> Numbers:
        """The margin of each pair, by weights learnt without any pair of its persons."""
        margins = np.zeros(len(self.differences))
        for held, learnt in zip(*self.cells(OUTER_GROUPS), strict=True):
            seen = learnt > 0
            rest = _Pairs(self.differences[seen], self.ends[seen] // OUTER_GROUPS, self.centre)
            strength = rest.best_strength()
            parts = self.centre if strength is None else rest.fitted(rest.whole(), strength)[0]
            margins += held * (self.differences @ (parts / parts.sum()))
        return margins


def _summing(parts: Numbers, total: float) -> tuple[float, ...]:
    """The parts in few decimals, with this sum: the largest takes what rounding leaves."""
    found = np.round(parts / parts.sum() * total, DECIMALS)
    found[np.argmax(found)] += total - found.sum()
    return tuple(float(weight) for weight in np.round(found, DECIMALS + 3))


def _lot(person: str) -> str:
    return sha256(person.encode()).hexdigest()


def _signs(margins: Numbers) -> Numbers:
    """1 for a pair told rightly, 0 for wrongly, a half for a tie."""
    return np.asarray((np.sign(np.round(margins, 9)) + 1) / 2)


def _drawn(ends: npt.NDArray[np.intp], count_people: int) -> Numbers:
    """How often each pair counts in each draw of the persons."""
    rng = np.random.default_rng(SEED)
    chances = np.full(max(count_people, 1), 1 / max(count_people, 1))
    times = rng.multinomial(max(count_people, 1), chances, size=DRAWS)
    return np.asarray(times[:, ends[:, 0]] * times[:, ends[:, 1]], dtype=np.float64)


def _share(told: Numbers, drawn: Numbers) -> Share:
    value = float(told.mean()) if len(told) else 0.5
    weight = drawn.sum(axis=1)
    is_full = weight > 0
    means = (drawn @ told)[is_full] / weight[is_full]
    ends = np.percentile(means, (10, 90)) if len(means) else (value, value)
    low, high = min(float(ends[0]), value), max(float(ends[1]), value)
    return Share(round(value, DECIMALS), round(low, DECIMALS), round(high, DECIMALS))
