"""Reach: how many people of the city an author's next post is expected to get to.

A product, so a sum of logarithms of people::

    ln reach = audience + jumps + views + engagement + ring + echo + standing + local_share + bound

- `audience`: ln(k e(a)): e(a), the usual engagement of an audience a (`reach_usual`), k people
  reached for one who likes, replies or shares: half the platform's median of views an engagement,
  as one view in two is the same person's; where views are not told, the geometric mean of the
  platforms that tell them, else 12. Where a platform tells only replies, engagement is what they
  usually stand for elsewhere.
- `jumps`: followers gained by leaps of over 30 % between two observations count for nothing; nor
  does their share of what λ adds above the usual, as hearts are sold beside followers. What is
  left is believed for a third, in proportion: where readers were bought, no figure shows who reads.
- `engagement`: ln λ, how much better than usual (Gamma–Poisson, empirical Bayes); beyond 12 times
  the usual only a quarter of the logarithm counts. Followers who never react lower it.
- `views`: engagement against what the views of the same posts support, x = ln of their ratio to
  the platform's: a quarter of −x, and all of it beyond twice: hearts from a ring bring no view.
- `ring`: −min(1, 2.5 φ) of what λ adds above the usual; φ: share of the echo (replies, names,
  reshares) that comes from accounts whom the author echoes too, as closed rings do.
- `echo`: 0.25 × what the core (`reach_core`) says with echoes from outside the ring, less what it
  says without; figures brought to the core's scale by their standing within the platform.
- `standing`: 0.1 × ln PageRank (`reach_standing`), at most 0.3 either way.
- `local_share`: ln s, the share that lives here, s = (l + 20 (0.02 + 0.6 h)) / (all + 20): l, sum
  of the residency of those who echo; h, the author's own. Those who echo speak of the city, so
  they are more local than those who only read: they weigh little.
- `bound`: no more people than the city has.

Interval: 10th and 90th percentile of λ, and a spread of 0.75 on the logarithm for what no platform
tells of who reads. No floor on followers: with few posts λ stays near 1 and the interval is wide.
An unknown audience is taken as the platform's median. Each platform is measured by itself.
Known failures: likes are not views; a ring that never answers in public.

>>> round(PEOPLE_PER_ENGAGEMENT * 2.5)
30
"""

from __future__ import annotations

__all__ = ["PEOPLE_PER_ENGAGEMENT", "score"]

from pathlib import Path

import numpy as np
import pyarrow as pa

from scoring.night import Night
from scoring.reach_clues import Accounts, clues_of
from scoring.reach_standing import standing
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
PEOPLE_PER_ENGAGEMENT = 12.0
LEAP = 0.3
MOST_TIMES = 20
SPREAD = 0.75
DECIMALS = 9


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    run_sql(night.connection, HERE / "ties.sql", most_times=MOST_TIMES)
    run_sql(night.connection, HERE / "audiences.sql", leap=LEAP)
    found = run_sql(night.connection, HERE / "reach_accounts.sql").to_arrow_table()
    accounts = Accounts.of(found)
    clues = clues_of(accounts, _standing(night, accounts), people=PEOPLE_PER_ENGAGEMENT)
    night.connection.register("reach_clues", pa.table({
        "platform": found["platform"], "author_id": found["author_id"],
        **{name: np.round(values, DECIMALS) for name, values in clues.items()},
    }))  # fmt: skip
    run_sql(
        night.connection,
        HERE / "reach.sql",
        population=float(night.city.commune.population),
        spread=1.2816 * SPREAD,
    )
    night.connection.unregister("reach_clues")


def _standing(night: Night, accounts: Accounts) -> np.ndarray:
    ties = run_sql(night.connection, HERE / "tie_places.sql").fetchnumpy()
    return standing(
        ties["origin"], ties["target"], weight=np.asarray(ties["weight"]), home=accounts.home
    )
