"""From Instagram's JSON to records, whichever way it came. The models state the fields we use.

A post's place and its author's are not among them: where somebody was is nobody's business here.
"""

from __future__ import annotations

__all__ = ["PLATFORM", "GraphMedia", "MediaRecords", "WebMedia", "author_id_of", "wants_out"]

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from collectors.errors import PayloadError
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.records import Author, Edge, Post

PLATFORM = "instagram"
SITE = "https://www.instagram.com"
PERMALINK = re.compile(rf"{re.escape(SITE)}/(?:[\w.]+/)?(?:p|reel|tv)/([\w-]{{1,50}})/?")
HASHTAG = re.compile(r"#(\w{1,100})")
MENTION = re.compile(r"(?<![\w.@])@(\w(?:[\w.]{0,28}\w)?)", re.ASCII)


def _text_of_id(value: Any) -> Any:
    # Both ways send numbers now and then; a missing id must not become the text "None".
    return str(value) if isinstance(value, str | int) else value


def _known(value: Any) -> Any:
    """A count; None where it is hidden (instaloader shows -1)."""
    return None if value == -1 else value


Username = Annotated[str, Field(pattern=r"^[\w.]{1,100}$")]
Number = Annotated[str, BeforeValidator(_text_of_id), Field(pattern=r"^[0-9]{1,40}$")]
Known = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_known)]
Body = Annotated[str, Field(max_length=100_000)]


class Payload(BaseModel):
    """Part of a reply; unknown fields are fine, they are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Children(Payload):
    """The pictures of an album."""

    data: tuple[Any, ...] = ()


class GraphMedia(Payload):
    """A post of the Graph API; `username` only where the city's account is tagged."""

    id: Number
    permalink: str
    timestamp: AwareDatetime
    caption: Body | None = None
    username: Username | None = None
    like_count: Known = None
    comments_count: Known = None
    children: Children = Children()

    def records(self, as_of: datetime) -> MediaRecords:
        """The post, its author when told, its edges; `PayloadError` when its address is odd."""
        address = PERMALINK.fullmatch(self.permalink)
        if address is None:
            raise PayloadError("permalink: is no address of a post")
        author = None if self.username is None else _author(self.username, self.username, as_of)
        post = _post(
            address[1],
            author,
            published_at=self.timestamp,
            observed_at=as_of,
            text=self.caption or "",
            media_count=max(1, len(self.children.data)),
            likes=self.like_count,
            replies=self.comments_count,
        )
        return MediaRecords(self.id, post, author, tuple(_edges(post)))


class Owner(Payload):
    """The account of a post, as Instagram's pages embed it."""

    username: Username
    full_name: Annotated[str | None, Field(max_length=500)] = None
    is_private: bool = False


class Caption(Payload):
    """The words of a post."""

    text: Body = ""


class WebMedia(Payload):
    """A post of Instagram's pages."""

    code: Annotated[str, Field(pattern=r"^[\w-]{1,50}$")]
    taken_at: AwareDatetime
    user: Owner
    caption: Caption | None = None
    like_count: Known = None
    like_and_view_counts_disabled: bool | None = None
    comment_count: Known = None
    view_count: Known = None
    carousel_media_count: Known = None

    def records(self, as_of: datetime) -> MediaRecords:
        """The post, its author and its edges."""
        name = self.user.username
        author = _author(name, self.user.full_name or name, as_of)
        is_hiding = self.like_and_view_counts_disabled is True
        post = _post(
            self.code,
            author,
            published_at=self.taken_at,
            observed_at=as_of,
            text=self.caption.text if self.caption else "",
            media_count=self.carousel_media_count or 1,
            likes=None if is_hiding else self.like_count,
            replies=self.comment_count,
            views=None if is_hiding else self.view_count,
        )
        return MediaRecords(self.code, post, author, tuple(_edges(post)))


@dataclass(frozen=True, slots=True)
class MediaRecords:
    """What one post says. `native_id`: by which its way gives it again."""

    native_id: str
    post: Post
    author: Author | None
    edges: tuple[Edge, ...]


def author_id_of(username: str) -> str:
    """The user name in lower case."""
    return username.lower()


def wants_out(owner: Owner, as_of: datetime) -> bool:
    """Whether the account is private, asks not to be found, or states an age under 18."""
    name = owner.full_name or ""
    return owner.is_private or asks_not_to_be_found(name) or states_minor_age(name, as_of)


def _post(code: str, author: Author | None, **fields: Any) -> Post:
    return Post(
        platform=PLATFORM,
        post_id=code,
        author_id=None if author is None else author.author_id,
        # Always this form: a permalink may carry its author's name, which is not told there.
        url=f"{SITE}/p/{code}/",
        hashtags=tuple(dict.fromkeys(HASHTAG.findall(fields["text"].lower()))),
        **fields,
    )


def _author(username: str, display_name: str, as_of: datetime) -> Author:
    who = author_id_of(username)
    return Author(
        platform=PLATFORM,
        author_id=who,
        handle=f"@{who}",
        display_name=display_name,
        url=f"{SITE}/{who}/",
        observed_at=as_of,
    )


def _edges(post: Post) -> Iterator[Edge]:
    """One mention for each account that the caption names, none to oneself."""
    if post.author_id is None:
        return
    named = dict.fromkeys(author_id_of(name) for name in MENTION.findall(post.text))
    for target in named:
        if target != post.author_id:
            yield Edge(
                platform=PLATFORM,
                from_author_id=post.author_id,
                to_author_id=target,
                relation="mention",
                post_id=post.post_id,
                occurred_at=post.published_at,
                observed_at=post.observed_at,
            )
