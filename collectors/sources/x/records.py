"""From X's objects to records."""

from __future__ import annotations

__all__ = ["PLATFORM", "TweetRecords", "records_of", "wants_out"]

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from collectors.errors import PayloadError
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.records import Author, Edge, Post
from collectors.sources.x.answers import (
    LONGEST_LINE,
    Account,
    AccountEntities,
    AccountFigures,
    PostFigures,
    Tweet,
)

PLATFORM = "x"
LANGUAGE = re.compile(r"[a-z]{2,3}")
# X's own marks for posts without a language, and two codes that ISO has given up.
NO_LANGUAGE = frozenset(("und", "qam", "qct", "qht", "qme", "qst", "zxx"))
OLD_CODES = {"in": "id", "iw": "he"}
POST_ADDRESS = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<user>\w{2,15})/status/(?P<number>\d+)"
)
ORGANISATIONS = frozenset(("business", "government"))


@dataclass(frozen=True, slots=True)
class TweetRecords:
    """What one post says."""

    post: Post
    author: Author
    edges: tuple[Edge, ...]


def wants_out(account: Account, as_of: datetime) -> bool:
    """Whether an account is closed, withheld, does not want to be found, or states under 18."""
    bio = html.unescape(account.description or "")
    return (
        account.protected is True
        or account.withheld is not None
        or asks_not_to_be_found(f"{bio} {account.name}")
        or states_minor_age(bio, as_of)
    )


def records_of(tweet: Tweet, account: Account, *, as_of: datetime) -> TweetRecords:
    """The post, its author and its edges; `ValidationError` or `PayloadError` when one is odd."""
    if tweet.created_at > as_of:
        raise PayloadError("created_at: is later than this night")
    who, figures = account.username.lower(), tweet.public_metrics or PostFigures()
    tags = dict.fromkeys(tag.tag for part in tweet.all_entities for tag in part.hashtags)
    note = tweet.note_tweet
    post = Post(
        platform=PLATFORM,
        post_id=tweet.id,
        author_id=who,
        url=f"https://x.com/{account.username}/status/{tweet.id}",
        published_at=tweet.created_at,
        observed_at=as_of,
        text=html.unescape(note.text if note else tweet.text).strip(),
        language=_language(tweet.lang),
        hashtags=tuple(tags),
        links=_links(tweet),
        media_count=len(tweet.attachments.media_keys) if tweet.attachments else 0,
        is_reply=_reference(tweet, "replied_to") is not None
        or tweet.in_reply_to_user_id is not None,
        likes=figures.like_count,
        replies=figures.reply_count,
        shares=_shares(figures),
        views=figures.impression_count,
    )
    return TweetRecords(post, _author(account, who, as_of), tuple(_edges(tweet, post, who)))


def _author(account: Account, who: str, as_of: datetime) -> Author:
    figures = account.public_metrics or AccountFigures()
    entities = account.entities or AccountEntities()
    parts = (entities.url, entities.description)
    links = dict.fromkeys(link.expanded_url for part in parts if part for link in part.urls)
    return Author(
        platform=PLATFORM,
        author_id=who,
        handle=f"@{account.username}",
        display_name=html.unescape(account.name) or account.username,
        bio=html.unescape(account.description or ""),
        declared_location=html.unescape(account.location or ""),
        url=f"https://x.com/{account.username}",
        links=tuple(link for link in links if _is_address(link)),
        created_at=account.created_at,
        observed_at=as_of,
        is_declared_organisation=account.verified_type in ORGANISATIONS,
        audience=figures.followers_count,
        following=figures.following_count,
        posts=figures.tweet_count,
    )


def _edges(tweet: Tweet, post: Post, who: str) -> Iterator[Edge]:
    """One edge a target: a reply rather than a mention, none to oneself, a quote as a reshare."""
    seen = {who}
    for mention in (mention for part in tweet.all_entities for mention in part.mentions):
        target = mention.username.lower()
        if target not in seen:
            seen.add(target)
            is_reply = mention.id is not None and mention.id == tweet.in_reply_to_user_id
            yield _edge(post, who, target, "reply" if is_reply else "mention")
    quoted = _quoted(tweet)
    if quoted and quoted != who:
        yield _edge(post, who, quoted, "reshare")


def _edge(
    post: Post, who: str, target: str, relation: Literal["reply", "mention", "reshare"]
) -> Edge:
    return Edge(
        platform=PLATFORM,
        from_author_id=who,
        to_author_id=target,
        relation=relation,
        post_id=post.post_id,
        occurred_at=post.published_at,
        observed_at=post.observed_at,
    )


def _reference(tweet: Tweet, kind: str) -> str | None:
    return next((other.id for other in tweet.referenced_tweets if other.type == kind), None)


def _quoted(tweet: Tweet) -> str | None:
    """Who is quoted: a quote holds the address of the quoted post, which names its author."""
    number = _reference(tweet, "quoted")
    for link in (link for part in tweet.all_entities for link in part.urls):
        found = POST_ADDRESS.match(link.expanded_url)
        if found and found["number"] == number:
            return found["user"].lower()
    return None


def _links(tweet: Tweet) -> tuple[str, ...]:
    """Addresses that the text leads to, without those of its own media and of the quoted post."""
    own = {tweet.id, _reference(tweet, "quoted")}
    links = dict.fromkeys(
        link.expanded_url for part in tweet.all_entities for link in part.urls if not link.media_key
    )
    found = ((link, POST_ADDRESS.match(link)) for link in links if _is_address(link))
    return tuple(link for link, post in found if post is None or post["number"] not in own)


def _is_address(link: str) -> bool:
    return link.startswith(("http://", "https://")) and len(link) <= LONGEST_LINE


def _shares(figures: PostFigures) -> int | None:
    if figures.retweet_count is None:
        return None
    return figures.retweet_count + (figures.quote_count or 0)


def _language(code: str | None) -> str | None:
    known = OLD_CODES.get(code or "", code or "")
    return known if LANGUAGE.fullmatch(known) and known not in NO_LANGUAGE else None
