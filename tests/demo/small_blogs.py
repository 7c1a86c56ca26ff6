"""Sites of a few posts, for the answers of the demo and for the source that reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from demo.services import Website
from demo.world import World, WorldAuthor, WorldPost
from tests.demo.small_world import NIGHT_1, author, world

GAZETTE, CARNET, ECHO = "gazette.example", "carnet.example", "echo.example"


def site(host: str = GAZETTE, **fields: object) -> Website:
    """One site; `fields` over the defaults."""
    name = host.partition(".")[0].title()
    row = {"host": host, "title": f"{name} du Val", "description": "Le quotidien du Val", **fields}
    return Website.model_validate(row)


def entry(number: int, when: datetime, host: str = GAZETTE, **fields: object) -> WorldPost:
    """One entry; `fields` over the defaults."""
    row = {
        "platform": "blog",
        "post_id": f"https://{host}/?p={number}",
        "url": f"https://{host}/2026/article-{number}/",
        "author_id": host,
        "title": f"Article {number}",
        "published_at": when,
        "text": f"Le marché de Montréval, numéro {number}.\nTous les samedis.",
        "hashtags": ["marché", "vie locale"],
        "language": "fr",
        "replies": 4,
        **fields,
    }
    return WorldPost.model_validate(row)


def hourly(count: int, host: str = GAZETTE) -> list[WorldPost]:
    """So many entries, an hour apart, the last an hour before the first night."""
    return [entry(n, NIGHT_1 - timedelta(hours=count - n), host) for n in range(count)]


def blogs(sites: Iterable[Website], posts: Iterable[WorldPost]) -> World:
    """A world of these sites, each its own author."""
    sites = tuple(sites)
    authors = [_author(each) for each in sites]
    bare = world(authors, sorted(posts, key=lambda post: post.published_at))
    return replace(bare, file=bare.file.model_copy(update={"sites": sites}))


def _author(each: Website) -> WorldAuthor:
    fields = {"platform": "blog", "author_id": each.host, "display_name": each.title}
    return author(each.host, each.host, **fields)
