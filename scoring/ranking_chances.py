"""Places: who comes where in a ranking, from scores that are not sure.

The score of person i is S_i = D_i X_i: D_i is 1 with probability p_i (a resident and a person),
else 0; X_i is normal(μ_i, σ_i).

- `chances`: the probability of being among the best K, p_i Φ((μ_i − c) / σ_i), the cut c such that
  the expected number of those above it is K. No draw is made: the cut of a draw wavers about c,
  so little that beside 20,000 draws the probability of one of 300 people is off by 0.001 in the
  mean and 0.03 at most; of one of 40, by 0.04.
- `order`: the first K places (K: size of the team) go by the probability of being among the best K,
  those up to 2K by that of the best 2K, then 4K and so on; where as many would hold all who are
  expected to count, half of those left is aimed at. Chances equal to a thousandth are a tie, and
  the lot decides: the least SHA-256 of the key comes first, each night the same.
- `with_kept_places`: of the first n places, half the share at least are newcomers' and half are
  other small accounts', as far as there are any: where one is lacking, the first of them not
  placed yet gets the place. Nobody is told so whose turn it was anyway.
- `tie_groups`: a group begins with who leads it and ends before the first whose interval lies
  wholly below the leader's; kept places belong to the group around them.

>>> score, spread = np.array([0.9, 0.5, 0.7]), np.full(3, 0.01)
>>> chances(score, spread, np.ones(3), best=1).round(2).tolist()
[1.0, 0.0, 0.0]
>>> order(score, spread, np.ones(3), keys=["a", "b", "c"], best=1)[0].tolist()
[0, 2, 1]
"""

from __future__ import annotations

__all__ = ["chances", "order", "tie_groups", "with_kept_places"]

from collections import deque
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
LEAST_SPREAD = 1e-3
HALVINGS = 40
# Cuts that all are above, and none.
LOWEST, HIGHEST = -9.0, 10.0
TIED_DECIMALS = 3
NEARLY_ALL = 0.9


def chances(score: Numbers, spread: Numbers, doubt: Numbers, *, best: float) -> Numbers:
    """How likely each is to be among the `best`; `doubt` is p, the chance of counting at all."""
    wide = np.maximum(spread, LEAST_SPREAD)
    low, high = LOWEST, HIGHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_low = float((doubt * ndtr((score - middle) / wide)).sum()) > best
        low, high = (middle, high) if is_low else (low, middle)
    return np.asarray(np.round(doubt * ndtr((score - high) / wide), 9))


def order(
    score: Numbers, spread: Numbers, doubt: Numbers, *, keys: Sequence[str], best: int
) -> tuple[Places, Numbers]:
    """The people in order, and the chance by which each was placed (in the order given)."""
    lot = _lots(keys)
    left, chance = np.arange(len(keys)), np.zeros(len(keys))
    placed: list[Places] = []
    goal, expected = best, float(doubt.sum())
    while len(left):
        still = float(doubt[left].sum())
        aim = float(goal) if goal < NEARLY_ALL * expected else expected - still / 2
        found = chances(score, spread, doubt, best=aim)[left]
        first = np.lexsort((lot[left], -np.round(found, TIED_DECIMALS)))
        taken = first[: goal - (len(keys) - len(left))]
        chance[left[taken]] = found[taken]
        placed.append(left[taken])
        left = np.delete(left, taken)
        goal *= 2
    return (np.concatenate(placed) if placed else left), chance


def with_kept_places(
    places: Places,
    is_newcomer: npt.NDArray[np.bool_],
    is_small: npt.NDArray[np.bool_],
    *,
    share: float,
) -> tuple[Places, list[str]]:
    """The order with a share of its places kept, and for each place whom it was kept for or ''."""
    belongs = {"newcomer": is_newcomer, "small_account": is_small & ~is_newcomer}
    everybody = deque(places.tolist())
    waiting = {name: deque(places[these[places]].tolist()) for name, these in belongs.items()}
    have = dict.fromkeys(belongs, 0)
    placed: dict[int, str] = {}
    while len(placed) < len(places):
        for queue in (everybody, *waiting.values()):
            while queue and queue[0] in placed:
                queue.popleft()
        due = int(share / 2 * (len(placed) + 1) + 1e-9)
        lacking = [name for name in belongs if have[name] < due and waiting[name]]
        chosen = waiting[lacking[0]][0] if lacking else everybody[0]
        placed[chosen] = lacking[0] if lacking and chosen != everybody[0] else ""
        for name, these in belongs.items():
            have[name] += int(these[chosen])
    return np.array(list(placed), dtype=np.intp), list(placed.values())


def tie_groups(low: Numbers, high: Numbers, labels: Sequence[str]) -> Places:
    """The number of each place's group, from intervals in order of place."""
    groups = np.ones(len(low), dtype=np.intp)
    number, leader = 1, 0
    for at, label in enumerate(labels):
        if not label and high[at] < low[leader]:
            number, leader = number + 1, at
        groups[at] = number
    return groups


def _lots(keys: Sequence[str]) -> Places:
    """The turn of each key in a lottery that always comes out the same."""
    drawn = np.array([sha256(key.encode()).hexdigest() for key in keys], dtype="U64")
    lot = np.empty(len(keys), dtype=np.intp)
    lot[np.argsort(drawn)] = np.arange(len(keys))
    return lot
