"""How each platform writes ids, addresses and places; a post's number grows with time."""

from __future__ import annotations

__all__ = [
    "ACCOUNT_OF_CITY", "LONGEST_HANDLES", "PLACES", "PLACE_SHARES", "X_PLACE", "author_id_of",
    "post_id_of", "post_url_of", "profile_url",
]  # fmt: skip

import re
from collections.abc import Mapping
from typing import NamedTuple

from demo.numbers import short_code
from demo.phrases import fold
from demo.services import InstagramPlace, InstagramService

LONGEST_HANDLES: Mapping[str, int] = {"x": 15, "instagram": 30, "mastodon": 30, "blog": 30}
ACCOUNT_OF_CITY = InstagramService().account_username
PLACES = (
    InstagramPlace(place_id="213078101", name="Montréval"),
    InstagramPlace(place_id="264910377", name="Halle aux Grains, Montréval"),
    InstagramPlace(place_id="301882460", name="Parc de la Cerisaie"),
    InstagramPlace(place_id="359120044", name="Stade Marcel-Aubry"),
)
PLACE_SHARES = (0.6, 0.15, 0.15, 0.1)
X_PLACE = "71990a7e5c04d1b8"
# What the platforms count milliseconds from, and the bits that tell apart posts of one moment.
_X_EPOCH_MS, _X_BITS = 1_288_834_974_657, 22
_INSTAGRAM_EPOCH_MS, _INSTAGRAM_BITS = 1_314_220_021_300, 23
_MASTODON_BITS = 16
_FIRST_ENTRY = 100


class Moment(NamedTuple):
    """When a post came: milliseconds since 1970, and its number in the world."""

    at_ms: int
    number: int


def author_id_of(platform: str, username: str, host: str) -> str:
    """The id of an account: `user@host`, the user name in lower case, or a blog's host."""
    if platform == "blog":
        return host
    return (f"{username}@{host}" if platform == "mastodon" else username).lower()


def profile_url(platform: str, username: str, host: str) -> str:
    """The address of a profile.

    >>> profile_url("x", "Lou", "x.com"), profile_url("blog", "lou", "lou.example")
    ('https://x.com/Lou', 'https://lou.example/')
    """
    if platform == "mastodon":
        return f"https://{host}/@{username}"
    if platform == "blog":
        return f"https://{host}/"
    return f"https://{host}/{username}" + ("/" if platform == "instagram" else "")


def post_id_of(platform: str, username: str, host: str, moment: Moment) -> str:
    """The id of a post, as its platform writes it.

    >>> post_id_of("blog", "lou", "lou.example", Moment(1_700_000_000_000, 7))
    'https://lou.example/?p=107'
    >>> post_id_of("x", "lou", "x.com", Moment(1_700_000_000_000, 7))
    '1724551110456246279'
    """
    spread = moment.number * 40503  # so that no two numbers of a world look alike
    if platform == "mastodon":
        number = (moment.at_ms << _MASTODON_BITS) | (spread & 0xFFFF)
        return f"https://{host}/users/{username}/statuses/{number}"
    if platform == "x":
        return str(((moment.at_ms - _X_EPOCH_MS) << _X_BITS) | (moment.number & 0x3FFFFF))
    if platform == "instagram":
        number = (moment.at_ms - _INSTAGRAM_EPOCH_MS) << _INSTAGRAM_BITS
        return short_code(number | (spread & 0x7FFFFF))
    return f"https://{host}/?p={_FIRST_ENTRY + moment.number}"


def post_url_of(platform: str, username: str, host: str, *, post_id: str, title: str = "") -> str:
    """The address of a post; a blog's bears its title.

    >>> post_url_of("instagram", "lou", "www.instagram.com", post_id="BAE")
    'https://www.instagram.com/p/BAE/'
    >>> post_url_of("blog", "", "a.example", post_id="https://a.example/?p=9", title="L'été !")
    'https://a.example/l-ete-9/'
    """
    if platform == "mastodon":
        return f"https://{host}/@{username}/{post_id.rpartition('/')[2]}"
    if platform == "x":
        return f"https://{host}/{username}/status/{post_id}"
    if platform == "instagram":
        return f"https://{host}/p/{post_id}/"
    slug = re.sub(r"[^a-z0-9]+", "-", fold(title).lower()).strip("-")[:60].strip("-")
    return f"https://{host}/{slug or 'billet'}-{post_id.rpartition('=')[2]}/"
