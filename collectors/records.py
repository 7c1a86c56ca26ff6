"""The records that every source yields: only the fields that Portevoix uses.

All are frozen; ids are text; times are UTC. Figures carry `observed_at`, the `as_of` of the night
that read them. Natural keys: a post is (platform, post_id), an author (platform, author_id), an
edge (platform, post_id, to_author_id, kind), an opening (register, opening_id).
"""

from __future__ import annotations

__all__ = ["KINDS", "Author", "Edge", "Gone", "Opening", "Post", "Record"]

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=500)]
Count = Annotated[int, Field(ge=0)]
Url = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)]
Body = Annotated[str, Field(max_length=100_000)]
Line = Annotated[str, Field(max_length=500)]


class Base(BaseModel):
    """Frozen; unknown fields are refused, so that a payload's surplus cannot slip into landing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Post(Base):
    """One public publication, with its figures at `observed_at`.

    `author_id` is how people write the account, in lower case: Mastodon `user@domain`, X and
    Instagram the user name, a blog the host of its site; None where the platform does not tell
    (Instagram's official hashtag search): such a post counts for the city, never for a person.
    `post_id`: Mastodon's `uri` (the same on every instance), X's number, Instagram's short code,
    a blog entry's own id, else its address.
    """

    kind: Literal["post"] = "post"
    platform: Id
    post_id: Id
    author_id: Id | None
    url: Url
    published_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    observed_at: AwareDatetime
    text: Body
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    hashtags: tuple[Line, ...] = ()
    links: tuple[Line, ...] = ()
    media_count: Count = 0
    is_reply: bool = False
    likes: Count | None = None
    replies: Count | None = None
    shares: Count | None = None
    views: Count | None = None


class Author(Base):
    """One account, with its figures at `observed_at`. `audience` is its followers."""

    kind: Literal["author"] = "author"
    platform: Id
    author_id: Id
    handle: Line
    display_name: Line
    bio: Annotated[str, Field(max_length=10_000)] = ""
    declared_location: Line = ""
    url: Url
    links: tuple[Line, ...] = ()
    created_at: AwareDatetime | None = None
    observed_at: AwareDatetime
    is_declared_automated: bool = False
    is_declared_organisation: bool = False
    audience: Count | None = None
    following: Count | None = None
    posts: Count | None = None


class Edge(Base):
    """Author → author: a reply, a mention, a reshare, made by one post."""

    kind: Literal["edge"] = "edge"
    platform: Id
    from_author_id: Id
    to_author_id: Id
    relation: Literal["reply", "mention", "reshare"]
    post_id: Id
    occurred_at: AwareDatetime
    observed_at: AwareDatetime


class Opening(Base):
    """A business newly opened, from an official register.

    `naf` with its nomenclature (`NAFRev2`, `NAF2025`) where the register gives it; `activity` is
    the activity in words. `postcode` and `town` as written in the register. `siret` and
    `is_head_office` where the register tells establishments apart. `is_partial`: its owner asked
    for partial diffusion; name and address are then empty, and it is counted, never shown.
    """

    kind: Literal["opening"] = "opening"
    register_name: Literal["bodacc", "sirene"]
    opening_id: Id
    siren: Annotated[str, Field(pattern=r"^[0-9]{9}$")] | None = None
    siret: Annotated[str, Field(pattern=r"^[0-9]{14}$")] | None = None
    is_head_office: bool | None = None
    is_partial: bool = False
    name: Line
    activity: Annotated[str, Field(max_length=2000)] = ""
    naf: Line | None = None
    naf_nomenclature: Literal["NAFRev2", "NAF2025"] | None = None
    address: Line = ""
    postcode: Line
    town: Line
    opened_on: date | None = None
    published_on: date
    url: Url | None = None
    observed_at: AwareDatetime


class Gone(Base):
    """A post or an author that its platform no longer shows."""

    kind: Literal["gone"] = "gone"
    platform: Id
    what: Literal["post", "author", "opening"]
    gone_id: Id
    reason: Literal["deleted", "private", "withdrawn"]
    observed_at: AwareDatetime


Record = Annotated[Post | Author | Edge | Opening | Gone, Field(discriminator="kind")]
KINDS: dict[str, type[Base]] = {
    "post": Post,
    "author": Author,
    "edge": Edge,
    "opening": Opening,
    "gone": Gone,
}
