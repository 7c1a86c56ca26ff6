"""A world of Instagram alone: its authors, its posts, the city's account, two places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from demo.limits import GENEROUS, Limits
from demo.numbers import short_code
from demo.services import InstagramPlace, InstagramService
from demo.world import World, WorldAuthor, WorldPost
from tests.demo.small_world import NIGHT_1, author, post, world

GRAPH, WWW, MOBILE = "graph.facebook.com", "www.instagram.com", "i.instagram.com"
ACCOUNT = "17841400000000078"
HALLE, QUAI = "213385402", "213385403"
FIRST_NUMBER = 3_400_000_000_000_000_000
NAMES = ("ana", "bob", "cleo")
# One of the accounts that hide the likes of their posts.
HIDING = "jade"


def insta(name: str, **fields: object) -> WorldAuthor:
    """One account."""
    row: dict[str, object] = {"platform": "instagram", "author_id": name, **fields}
    return author(name, WWW, **row)


def code(number: int) -> str:
    """The short code of a post of these worlds."""
    return short_code(FIRST_NUMBER + number)


def picture(number: int, by: str, when: datetime, **fields: object) -> WorldPost:
    """One post under #montréval."""
    row = {
        "platform": "instagram",
        "post_id": code(number),
        "url": f"https://www.instagram.com/p/{code(number)}/",
        "text": f"Image {number} #Montréval",
        "hashtags": ["Montréval"],
        "media_count": 1,
        "seen_on": [],
        **fields,
    }
    return post(number, by, when, **row)


def pictures(count: int, step: timedelta) -> list[WorldPost]:
    """`count` posts of three authors, so far apart, the last at the first night.

    One in seven tags the city, one in five is at the first place.
    """
    return [
        picture(
            n,
            NAMES[n % 3],
            NIGHT_1 - step * (count - 1 - n),
            is_tagging_city=n % 7 == 0,
            place_id=HALLE if n % 5 == 0 else None,
        )
        for n in range(count)
    ]


def gram(
    posts: Iterable[WorldPost],
    authors: Iterable[WorldAuthor] | None = None,
    *,
    limits: Limits = GENEROUS,
) -> World:
    """A world of these posts, by the three authors unless others are given."""
    people = tuple(map(insta, NAMES)) if authors is None else tuple(authors)
    made = world(people, sorted(posts, key=lambda p: p.published_at), limits=limits)
    places = (
        InstagramPlace(place_id=HALLE, name="Halle aux Grains"),
        InstagramPlace(place_id=QUAI, name="Quai des Tanneurs"),
    )
    service = InstagramService(account_id=ACCOUNT, places=places)
    return replace(made, file=made.file.model_copy(update={"instagram": service}))
