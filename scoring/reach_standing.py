"""Standing: how central an account is among those who answer, name and pass on one another.

PageRank on the ties between authors that may be scored, x = d M x + (1 − d) t: a walk along ties,
each with weight ln(1 + times), that starts anew at t, in proportion to the probability of living
in the city: standing is among its people. Ties that are returned, as in closed rings, carry half.
Given: ln of x over its mean. An account without ties stands where its home puts it.

Known failures: conversations elsewhere are not seen; few ties tell little, so reach counts a small
share of it, within bounds.

>>> tie = np.array([0, 1, 2]), np.array([3, 3, 3])
>>> standing(*tie, weight=np.ones(3), home=np.ones(4)).argmax().item()
3
"""

from __future__ import annotations

__all__ = ["standing"]

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
DAMPING = 0.85
ROUNDS = 60


def standing(origin: Places, target: Places, *, weight: Numbers, home: Numbers) -> Numbers:
    """ln(PageRank over its mean) of each of the accounts that `home` lists."""
    count = len(home)
    if not count:
        return np.zeros(0)
    start = (home + 1e-6) / (home + 1e-6).sum()
    leaving = np.bincount(origin, weights=weight, minlength=count)
    walk = csr_array((weight / leaving[origin], (target, origin)), shape=(count, count))
    share = start
    for _ in range(ROUNDS):
        stuck = share[leaving == 0].sum()
        share = DAMPING * (walk @ share + stuck * start) + (1 - DAMPING) * start
    return np.asarray(np.log(share * count))
