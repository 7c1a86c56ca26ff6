"""A world: all that the platforms of a synthetic city would say, as a folder of plain files.

`demo/README.md` describes each file and field for those who bring another world. What is true
but hidden (who lives in the city, who reaches whom) is in `demo.truth`, never here.
"""

from __future__ import annotations

__all__ = ["Figures", "Platform", "World", "WorldAuthor", "WorldFile", "WorldOpening", "WorldPost",
           "read_world", "write_world"]  # fmt: skip

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, Field

from demo.errors import WorldError
from demo.limits import GENEROUS, Limits
from demo.lines import check_unique, read_json, read_lines, write_json, write_lines
from demo.numbers import number_of
from demo.services import (
    InstagramService,
    Instance,
    Register,
    Row,
    SireneService,
    Website,
    XService,
)

Id = Annotated[str, Field(min_length=1, max_length=500)]
Count = Annotated[int, Field(ge=0)]
# mastodon: user@host; x and instagram: the user name; blog: the host of the site
AuthorId = Annotated[str, Field(pattern=r"^[a-z0-9_.-]+(?:@[a-z0-9.-]+)?$", max_length=500)]
Platform = Literal["mastodon", "x", "instagram", "blog"]


class WorldFile(Row):
    """`world.json`: what the folder is. `nights`: the `as_of` of each night to simulate."""

    version: Literal[1] = 1
    city_id: Id
    seed: int
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    nights: tuple[AwareDatetime, ...]
    instances: tuple[Instance, ...]
    bodacc: Register = Register()
    sirene: SireneService | None = None
    x: XService | None = None
    instagram: InstagramService | None = None
    sites: tuple[Website, ...] = ()


class WorldAuthor(Row):
    """A line of `authors.ndjson`. `audience`: (time, followers) points, in order of time."""

    platform: Platform = "mastodon"
    author_id: AuthorId
    username: Id
    host: Id
    location: str = ""
    display_name: str
    bio: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    created_on: date
    is_bot: bool = False
    is_locked: bool = False
    is_verified: bool = False
    indexable: bool | None = True
    discoverable: bool | None = True
    noindex: bool | None = False
    audience: Annotated[tuple[tuple[AwareDatetime, Count], ...], Field(min_length=1)]
    following: Count = 0
    statuses_count: Count = 0
    gone_at: AwareDatetime | None = None

    def is_there_at(self, when: datetime) -> bool:
        """Whether the account still exists."""
        return self.gone_at is None or when < self.gone_at

    def audience_at(self, when: datetime) -> int:
        """Followers at `when`: linear between points, flat outside them."""
        after = bisect_right(self.audience, when, key=lambda point: point[0])
        if after in (0, len(self.audience)):
            return self.audience[min(after, len(self.audience) - 1)][1]
        (start, low), (end, high) = self.audience[after - 1], self.audience[after]
        return round(low + (high - low) * ((when - start) / (end - start)))


class Figures(NamedTuple):
    """Likes, replies and shares of a post at one moment."""

    likes: int
    replies: int
    shares: int


class WorldPost(Row):
    """A line of `posts.ndjson`. `likes`, `replies`, `shares` are the final counts."""

    platform: Platform = "mastodon"
    post_id: Id
    url: Id
    author_id: AuthorId
    title: str = ""
    published_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    text: str
    text_edited: str | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    hashtags: tuple[str, ...] = ()
    mentions: tuple[AuthorId, ...] = ()
    in_reply_to: Id | None = None
    quote_of: Id | None = None
    media_count: Count = 0
    visibility: Literal["public", "unlisted", "private"] = "public"
    links: tuple[str, ...] = ()
    likes: Count = 0
    replies: Count = 0
    shares: Count = 0
    views: Count | None = None
    place_id: Id | None = None
    is_tagging_city: bool = False
    half_life_hours: Annotated[float, Field(gt=0)] = 6.0
    gone_at: AwareDatetime | None = None
    seen_on: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one: (platform, post_id)."""
        return (self.platform, self.post_id)

    @property
    def number(self) -> int:
        """The number in `post_id`: unique on its platform, and it grows with time."""
        return number_of(self.platform, self.post_id)

    def is_shown_at(self, when: datetime) -> bool:
        """Whether the post is published, and not yet deleted, at `when`."""
        return self.published_at <= when and (self.gone_at is None or when < self.gone_at)

    def is_edited_at(self, when: datetime) -> bool:
        """Whether the author has edited it by `when`."""
        return self.edited_at is not None and self.edited_at <= when

    def text_at(self, when: datetime) -> str:
        """The text as a reader sees it at `when`."""
        if self.text_edited is not None and self.is_edited_at(when):
            return self.text_edited
        return self.text

    def figures_at(self, when: datetime) -> Figures:
        """Counts at `when`: the final ones times 1 - 2^(-age / half-life), rounded down."""
        age_hours = max(0.0, (when - self.published_at).total_seconds() / 3600)
        part = 1 - 2 ** (-age_hours / self.half_life_hours)
        return Figures(*(int(part * final) for final in (self.likes, self.replies, self.shares)))


class WorldOpening(Row):
    """A line of `openings.ndjson`: an entry of the registers. Only some are openings of the city.

    `family`: `creation` is a new business; `vente` (taken over), `radiation` (closed) are not.
    `registers`: which of them show it. SIRENE alone knows `siret` and what follows;
    `recorded_at` is when it recorded the establishment, days after `opened_on` or before.
    """

    opening_id: Id
    published_on: date
    siren: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    name: str
    activity: str
    address: str
    postcode: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    town: str
    opened_on: date | None = None
    departement: Id
    family: Literal["creation", "vente", "radiation"] = "creation"
    registers: tuple[Literal["bodacc", "sirene"], ...] = ("bodacc",)
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")] | None = None
    insee: Id | None = None
    naf: str | None = None
    naf25: str | None = None
    sign: str = ""
    is_head_office: bool = True
    is_sole_trader: bool = False
    is_partial: bool = False
    is_closed: bool = False
    recorded_at: AwareDatetime | None = None

    def is_shown_at(self, when: datetime) -> bool:
        """Whether the register shows it: from the end of the day of `published_on`."""
        return self.published_on < when.date()


@dataclass(frozen=True, slots=True)
class World:
    """A whole world in memory; `posts` are in order of time."""

    file: WorldFile
    authors: Sequence[WorldAuthor]
    posts: Sequence[WorldPost]
    openings: Sequence[WorldOpening]
    limits: Limits = GENEROUS


def write_world(directory: Path, world: World) -> None:
    """Write the files of a world, each whole or not at all; `world.json` comes last."""
    directory.mkdir(parents=True, exist_ok=True)
    write_lines(directory / "authors.ndjson", world.authors)
    write_lines(directory / "posts.ndjson", world.posts)
    write_lines(directory / "openings.ndjson", world.openings)
    write_json(directory / "limits.json", world.limits)
    write_json(directory / "world.json", world.file)


def read_world(directory: Path) -> World:
    """Read a world folder; raises `WorldError` with one sentence: file, line, field, mend."""
    world = World(
        file=read_json(directory / "world.json", WorldFile),
        authors=read_lines(directory / "authors.ndjson", WorldAuthor),
        posts=read_lines(directory / "posts.ndjson", WorldPost),
        openings=read_lines(directory / "openings.ndjson", WorldOpening),
        limits=read_json(directory / "limits.json", Limits),
    )
    authors = [f"{a.platform} {a.author_id}" for a in world.authors]
    check_unique(directory / "authors.ndjson", "author_id", authors)
    posts = [f"{p.platform} {p.post_id}" for p in world.posts]
    check_unique(directory / "posts.ndjson", "post_id", posts)
    check_unique(
        directory / "openings.ndjson", "opening_id", [o.opening_id for o in world.openings]
    )
    _check_links(directory / "posts.ndjson", world)
    return world


def _check_links(path: Path, world: World) -> None:
    """Refuse a post that names an author or a post that the world does not hold."""
    authors = {(author.platform, author.author_id) for author in world.authors}
    posts = {post.key for post in world.posts}
    for line, post in enumerate(world.posts, start=1):
        problem = None
        if (post.platform, post.author_id) not in authors:
            problem = "field author_id: no such author in authors.ndjson"
        elif not authors.issuperset((post.platform, mention) for mention in post.mentions):
            problem = "field mentions: no such author in authors.ndjson"
        elif not posts.issuperset(
            (post.platform, other) for other in (post.in_reply_to, post.quote_of) if other
        ):
            problem = "fields in_reply_to and quote_of: no such post in this file"
        if problem:
            raise WorldError(f"{path}, line {line}: {problem}; add it or remove this line")
