"""X: recent search, paid by the read."""

from __future__ import annotations

__all__ = ["TRIAL"]

from datetime import timedelta

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1
from tests.demo.x_world import API, hourly, post, user, x_world

NAMES = ("ana", "bob", "cleo")
# X shows seven days: posts share the hours that there are.
HOURS = 150


def of(count: int) -> World:
    """So many posts of three accounts, each beside one that X takes out of its page."""
    posts = [
        post(
            NAMES[n // 2 % len(NAMES)] if n % 2 else "closed",
            NIGHT_1 - timedelta(hours=1 + n % HOURS),
            of_this_moment=n // HOURS,
        )
        for n in range(2 * count)
    ]
    return x_world([*map(user, NAMES), user("closed", is_locked=True)], posts)


TRIAL = Trial(
    source={
        "source_id": "x-city",
        "platform": "x",
        "use": "rank",
        "agreement": {"title": "Accord écrit X 2026-07", "permits": "rank"},
        "budget": {"night_usd": 10_000, "month_usd": 100_000},
    },
    world=of,
    path="/2/",
    altered="created_at",
    host=API,
    secrets={"x_token": "demo-token"},
    has_credential=True,
    opted_out=x_world([user("ana", bio="Boulangère #nobot")], hourly(12, "ana")),
)
