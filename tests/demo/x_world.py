"""A small world of X, whose every answer can be reckoned by hand."""

from __future__ import annotations

__all__ = ["API", "hourly", "post", "user", "x_world"]

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from demo.limits import GENEROUS, Limits
from demo.services import XService
from demo.world import World, WorldAuthor, WorldPost
from tests.demo import small_world
from tests.demo.small_world import NIGHT_1

API = "api.twitter.com"
# X's ids are milliseconds since this moment, shifted: they grow with time.
EPOCH_MILLISECONDS = 1_288_834_974_657


def number(when: datetime, of_this_moment: int = 0) -> int:
    """A post's id at that moment."""
    return (int(when.timestamp() * 1000) - EPOCH_MILLISECONDS << 22) + of_this_moment


def user(name: str, **fields: object) -> WorldAuthor:
    """One account; `fields` over the defaults."""
    return small_world.author(name, "x.com", platform="x", **{"author_id": name.lower(), **fields})


def post(by: str, when: datetime, *, of_this_moment: int = 0, **fields: object) -> WorldPost:
    """One post; `fields` over the defaults."""
    number_of_it = number(when, of_this_moment)
    row: dict[str, object] = {
        "platform": "x",
        "post_id": str(number_of_it),
        "url": f"https://x.com/{by}/status/{number_of_it}",
        "text": "Marché de Montréval",
        "hashtags": [],
        "seen_on": [],
        "author_id": by.lower(),
        **fields,
    }
    return small_world.post(1, by, when, **row)


def hourly(count: int, *by: str, until: datetime = NIGHT_1) -> list[WorldPost]:
    """`count` posts of these accounts in turn, an hour apart, the last an hour before `until`."""
    first = until - timedelta(hours=count)
    return [post(by[n % len(by)], first + timedelta(hours=n)) for n in range(count)]


def x_world(
    users: Iterable[WorldAuthor], posts: Iterable[WorldPost], *, limits: Limits = GENEROUS
) -> World:
    """A world where X answers."""
    made = small_world.world(users, sorted(posts, key=lambda p: p.published_at), limits=limits)
    return replace(made, file=made.file.model_copy(update={"x": XService()}))
