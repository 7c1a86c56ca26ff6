"""Mastodon: hashtag timelines of one instance."""

from __future__ import annotations

__all__ = ["TRIAL"]

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1, SAONE, author, hourly, post, world


def of(count: int) -> World:
    """So many posts of three authors, an hour apart."""
    names = ("ana", "bob", "cleo")
    posts = [
        each.model_copy(update={"author_id": f"{names[each.number % 3]}@{SAONE}"})
        for each in hourly(count, f"ana@{SAONE}")
    ]
    return world([author(name) for name in names], posts)


TRIAL = Trial(
    source={
        "source_id": "mastodon-saone",
        "platform": "mastodon",
        "instance": SAONE,
        "use": "rank",
        "history_days": 120,
    },
    world=of,
    path="/api/",
    altered="created_at",
    host=SAONE,
    opted_out=world(
        [author("ana", indexable=False)],
        [post(number, f"ana@{SAONE}", NIGHT_1) for number in range(12)],
    ),
)
