"""Instagram by its pages: hashtags and a place."""

from __future__ import annotations

__all__ = ["TRIAL"]

from datetime import timedelta

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.instagram_world import HALLE, gram, insta, picture, pictures
from tests.demo.small_world import NIGHT_1

DAYS = timedelta(days=29)


def of(count: int) -> World:
    """So many posts of three authors within a month."""
    return gram(pictures(count, min(timedelta(hours=2), DAYS / count)))


TRIAL = Trial(
    source={
        "source_id": "instagram-web",
        "platform": "instagram",
        "way": "instaloader",
        "places": [HALLE],
        "use": "rank",
        "agreement": {"title": "Accord de démonstration", "permits": "rank"},
    },
    world=of,
    path="/",
    altered="layout_content",
    secrets={"instagram_session": "demo:demo-token"},
    opted_out=gram(
        [picture(number, "ana", NIGHT_1) for number in range(12)],
        [insta("ana", display_name="Ana #nobot")],
    ),
)
