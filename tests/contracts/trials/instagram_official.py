"""Instagram by the Graph API: hashtags of the last day, tags of the city's account."""

from __future__ import annotations

__all__ = ["TRIAL"]

from datetime import timedelta

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.instagram_world import ACCOUNT, GRAPH, gram, pictures

DAY = timedelta(hours=23)


def of(count: int) -> World:
    """So many posts of three authors within a day."""
    return gram(pictures(count, DAY / count))


TRIAL = Trial(
    source={
        "source_id": "instagram-official",
        "platform": "instagram",
        "way": "official",
        "account_id": ACCOUNT,
        "use": "rank",
        "agreement": {"title": "Accord de démonstration", "permits": "rank"},
    },
    world=of,
    path="/v",
    altered="timestamp",
    host=GRAPH,
    secrets={"instagram_token": "demo-token"},
    has_credential=True,
)
