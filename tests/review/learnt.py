"""What preferences taught the synthetic night: rows of the tables that tell it."""

from __future__ import annotations

__all__ = ["PROPOSAL", "learnt"]

from datetime import datetime

PROPOSAL = "w-0123456789ab"
CITY = {"reach": 0.55, "affinity": 0.35, "regularity": 0.1}
PROPOSED = {"reach": 0.3, "affinity": 0.6, "regularity": 0.1}
Rows = dict[str, list[tuple[object, ...]]]


def learnt(as_of: datetime, *, state: str = "proposed", weights_from: str = "") -> Rows:
    """The proposal in a state; the weights in use are those of `weights_from`."""
    is_proposed, now = state == "proposed", PROPOSED if weights_from else CITY
    shares = (0.78, 0.74, 0.82, 0.66, 0.62, 0.7, 0.12, 0.07, 0.17)
    figures = (0.1, *shares) if state != "too_few" else (None,) * 10
    count_used = 37 if state == "too_few" else 58
    return {
        "weight_proposal": [
            (PROPOSAL, as_of, state, 64, count_used, 1, 2, 0, 3, 50, *figures, weights_from)
        ],
        "weights": [
            (name, at, city, now[name], PROPOSED[name] if is_proposed else None)
            for at, (name, city) in enumerate(CITY.items())
        ],
        # p11 and p12 would leave the first twelve, p13 and p14 enter.
        "weight_moves": [
            (f"p{before:02d}", before, after, 12)
            for before, after in ((1, 2), (2, 1), (11, 15), (12, 13), (13, 11), (14, 12))
        ]
        if is_proposed
        else [],
    }
