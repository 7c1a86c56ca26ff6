"""From Mastodon's JSON to records. The models state the fields that we use and no other."""

from __future__ import annotations

__all__ = [
    "Account",
    "Status",
    "StatusRecords",
    "author_id_of",
    "fold_tag",
    "records_of",
    "wants_out",
]

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from cities.names import fold
from collectors.errors import PayloadError
from collectors.html import Fragment, read_html
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.records import Author, Edge, Post

PLATFORM = "mastodon"
LANGUAGE = re.compile(r"[a-z]{2,3}")
PLACE_FIELDS = frozenset(
    ("lieu", "ville", "localisation", "location", "city", "ou", "based in", "commune", "place")
)
AGE_FIELDS = frozenset(("age", "mon age"))
LONGEST_HTML = 400_000
LONGEST_LINE = 500


# Some servers send numbers.
NativeId = Annotated[str, Field(pattern=r"^\w{1,100}$", coerce_numbers_to_str=True)]
Acct = Annotated[str, Field(pattern=r"^[^\s@]+(?:@[^\s@]+)?$", max_length=400)]
Html = Annotated[str, Field(max_length=LONGEST_HTML)]


def _or_empty(value: Any) -> Any:
    # Other servers of the fediverse send null where Mastodon sends an empty list or text.
    return () if value is None else value


class Payload(BaseModel):
    """Part of a reply; unknown fields are fine, they are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Row(Payload):
    """One row of a profile's table."""

    name: str
    value: Html


class Account(Payload):
    """An account as its statuses embed it."""

    id: NativeId
    acct: Acct
    display_name: str = ""
    note: Annotated[Html, BeforeValidator(lambda v: "" if v is None else v)] = ""
    url: str
    locked: bool | None = None
    bot: bool | None = None
    group: bool | None = None
    indexable: bool | None = None
    noindex: bool | None = None
    created_at: AwareDatetime | None = None
    followers_count: int | None = None
    following_count: int | None = None
    statuses_count: int | None = None
    fields_: Annotated[tuple[Row, ...], BeforeValidator(_or_empty), Field(alias="fields")] = ()


class Mention(Payload):
    """An account that a status names."""

    id: NativeId
    acct: Acct


class Tag(Payload):
    """A hashtag of a status."""

    name: str


class Card(Payload):
    """The page that a status shows a preview of."""

    url: str | None = None


class Status(Payload):
    """A post, as timelines and `GET /api/v1/statuses` give it."""

    id: NativeId
    uri: str
    url: str | None = None
    account: Account
    content: Html
    spoiler_text: str | None = None
    created_at: AwareDatetime
    edited_at: AwareDatetime | None = None
    visibility: str
    language: str | None = None
    in_reply_to_id: NativeId | None = None
    in_reply_to_account_id: NativeId | None = None
    favourites_count: int | None = None
    replies_count: int | None = None
    reblogs_count: int | None = None
    media_attachments: Annotated[tuple[Any, ...], BeforeValidator(_or_empty)] = ()
    mentions: Annotated[tuple[Mention, ...], BeforeValidator(_or_empty)] = ()
    tags: Annotated[tuple[Tag, ...], BeforeValidator(_or_empty)] = ()
    card: Card | None = None
    quote: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class StatusRecords:
    """What one status says. `native_id`: the instance's own id of it."""

    native_id: str
    post: Post
    author: Author
    edges: tuple[Edge, ...]


def fold_tag(name: str) -> str:
    """A hashtag as Mastodon stores it: one width, lower case, without accents.

    >>> fold_tag("#MontRÉval_71")
    'montreval_71'
    """
    plain = unicodedata.normalize("NFKC", name.removeprefix("#")).lower()
    letters = unicodedata.normalize("NFKD", plain.translate(LIGATURES))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def wants_out(account: Account, as_of: datetime) -> bool:
    """Whether the author, by any mark, does not want to be found, or states an age under 18."""
    if account.locked is True or account.noindex is True or account.indexable is False:
        return True
    bio = read_html(account.note).text
    ages = [read_html(row.value).text for row in account.fields_ if fold(row.name) in AGE_FIELDS]
    return (
        asks_not_to_be_found(f"{bio} {account.display_name}")
        or states_minor_age(bio, as_of)
        or any(states_minor_age(f"age {age}", as_of) for age in ages)
    )


def author_id_of(acct: str, instance: str) -> str:
    """`user@domain`, lower case; a local account bears the instance's domain."""
    return (acct if "@" in acct else f"{acct}@{instance}").lower()


def records_of(status: Status, *, instance: str, as_of: datetime) -> StatusRecords:
    """The post, its author and its edges; `ValidationError` or `PayloadError` when one is odd."""
    if status.created_at > as_of:
        raise PayloadError("created_at: is later than this night")
    who = author_id_of(status.account.acct, instance)
    content = read_html(status.content)
    post = Post(
        platform=PLATFORM,
        post_id=status.uri,
        author_id=who,
        url=status.url or status.uri,
        published_at=status.created_at,
        edited_at=status.edited_at,
        observed_at=as_of,
        text=_text(status, content),
        language=_language(status.language),
        hashtags=tuple(dict.fromkeys(tag.name for tag in status.tags)),
        links=_links(status, content),
        media_count=len(status.media_attachments),
        is_reply=status.in_reply_to_id is not None or status.in_reply_to_account_id is not None,
        likes=status.favourites_count,
        replies=status.replies_count,
        shares=status.reblogs_count,
    )
    edges = tuple(_edges(status, post, instance))
    return StatusRecords(status.id, post, _author(status.account, who, as_of), edges)


def _text(status: Status, content: Fragment) -> str:
    warning = (status.spoiler_text or "").strip()
    return f"{warning}\n\n{content.text}" if warning else content.text


def _language(tag: str | None) -> str | None:
    """The language without its country; None for what is no language."""
    language = (tag or "").partition("-")[0].lower()
    return language if LANGUAGE.fullmatch(language) else None


def _links(status: Status, content: Fragment) -> tuple[str, ...]:
    card = (status.card.url,) if status.card and status.card.url else ()
    links = dict.fromkeys((*content.links, *card))
    return tuple(link for link in links if len(link) <= LONGEST_LINE)


def _author(account: Account, who: str, as_of: datetime) -> Author:
    bio = read_html(account.note)
    rows = [(fold(row.name), read_html(row.value)) for row in account.fields_]
    parts = (bio, *(value for _, value in rows))
    links = dict.fromkeys(link for part in parts for link in part.links)
    return Author(
        platform=PLATFORM,
        author_id=who,
        handle=f"@{who}",
        display_name=account.display_name or who.partition("@")[0],
        bio=bio.text,
        declared_location=next((value.text for name, value in rows if name in PLACE_FIELDS), ""),
        url=account.url,
        links=tuple(link for link in links if len(link) <= LONGEST_LINE),
        created_at=account.created_at,
        observed_at=as_of,
        is_declared_automated=account.bot is True,
        is_declared_organisation=account.group is True,
        audience=account.followers_count,
        following=account.following_count,
        posts=account.statuses_count,
    )


def _edges(status: Status, post: Post, instance: str) -> Iterator[Edge]:
    """One edge a target: a reply rather than a mention, none to oneself, a quote as a reshare."""
    seen = {post.author_id}
    for mention in status.mentions:
        target = author_id_of(mention.acct, instance)
        if target not in seen:
            seen.add(target)
            is_reply = mention.id == status.in_reply_to_account_id
            yield _edge(post, target, "reply" if is_reply else "mention")
    quoted = _quoted(status.quote, instance)
    if quoted is not None and quoted != post.author_id:
        yield _edge(post, quoted, "reshare")


def _edge(post: Post, target: str, relation: Any) -> Edge:
    return Edge(
        platform=PLATFORM,
        from_author_id=post.author_id,
        to_author_id=target,
        relation=relation,
        post_id=post.post_id,
        occurred_at=post.published_at,
        observed_at=post.observed_at,
    )


def _quoted(quote: dict[str, Any] | None, instance: str) -> str | None:
    """Who is quoted, when the quote stands (Mastodon 4.4 and later)."""
    status = (quote or {}).get("quoted_status")
    if not isinstance(status, dict):
        return None
    return author_id_of(Mention.model_validate(status.get("account")).acct, instance)
