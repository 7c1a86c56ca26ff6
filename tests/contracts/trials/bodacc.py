"""BODACC: notices of new businesses."""

from __future__ import annotations

__all__ = ["TRIAL"]

from datetime import timedelta

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import BODACC, NIGHT_1, opening, world


def of(count: int) -> World:
    """So many notices of the last weeks."""
    day = NIGHT_1.date() - timedelta(days=1)
    return world([], [], [opening(n, day - timedelta(days=n % 60)) for n in range(count)])


TRIAL = Trial(
    source={"source_id": "bodacc", "platform": "bodacc", "history_days": 120},
    world=of,
    path="/api/",
    altered="dateparution",
    host=BODACC,
)
