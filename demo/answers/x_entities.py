"""X's objects over a world: posts and users, with the fields that were asked for and no other.

A world's author says with the row `("verified_type", "business")` of `fields` what X verified.
"""

from __future__ import annotations

__all__ = ["LONGEST_SHORT_TEXT", "XEntities"]

from collections.abc import Collection, Iterable
from datetime import datetime
from html import escape
from typing import Any
from zlib import crc32

from demo.exchange import stamp
from demo.world import World, WorldAuthor, WorldPost

Entity = dict[str, Any]
LONGEST_SHORT_TEXT = 280
ALWAYS_OF_A_POST = ("id", "text", "edit_history_tweet_ids")
ALWAYS_OF_A_USER = ("id", "name", "username")


class XEntities:
    """Makes objects of the authors and posts of one world; ids are numbers in text."""

    def __init__(self, world: World) -> None:
        self.authors = {a.author_id: a for a in world.authors if a.platform == "x"}
        self.posts = {p.post_id: p for p in world.posts if p.platform == "x"}
        self._user_ids = {
            name: str(1_000_000_000 + n) for n, name in enumerate(sorted(self.authors))
        }

    def post(self, post: WorldPost, fields: Collection[str], now: datetime) -> Entity:
        """A post with these `tweet.fields`."""
        text, urls = self._text(post, now)
        entities = self._entities(post, text, urls)
        whole: Entity = {
            "id": str(post.number),
            "text": text,
            "edit_history_tweet_ids": [str(post.number)],
            "author_id": self._user_ids[post.author_id],
            "created_at": stamp(post.published_at),
            "lang": post.language or "und",
            "public_metrics": _metrics(post, now),
            "entities": entities,
            **self._references(post),
        }
        if len(text) > LONGEST_SHORT_TEXT:
            whole["note_tweet"] = {"text": text, "entities": entities}
            whole["text"] = f"{text[: LONGEST_SHORT_TEXT - 1]}…"
            whole["entities"] = self._entities(post, whole["text"], [])
        if post.media_count:
            keys = [f"3_{post.number}{place}" for place in range(post.media_count)]
            whole["attachments"] = {"media_keys": keys}
        if post.place_id:
            whole["geo"] = {"place_id": post.place_id}
        return _chosen(whole, (*ALWAYS_OF_A_POST, *fields))

    def user(self, author: WorldAuthor, fields: Collection[str], now: datetime) -> Entity:
        """A user with these `user.fields`."""
        stated = dict(author.fields).get("verified_type")
        verified = stated or ("blue" if author.is_verified else "none")
        whole: Entity = {
            "id": self._user_ids[author.author_id],
            "name": author.display_name,
            "username": author.username,
            "created_at": f"{author.created_on.isoformat()}T00:00:00.000Z",
            "description": author.bio,
            "protected": author.is_locked,
            "verified": verified != "none",
            "verified_type": verified,
            "public_metrics": {
                "followers_count": author.audience_at(now),
                "following_count": author.following,
                "tweet_count": author.statuses_count,
                "listed_count": 0,
            },
        }
        # X leaves out what a profile does not fill in.
        if author.location:
            whole["location"] = author.location
        return _chosen(whole, (*ALWAYS_OF_A_USER, *fields))

    def author(self, post: WorldPost) -> WorldAuthor:
        """Who wrote a post."""
        return self.authors[post.author_id]

    def referenced(self, post: WorldPost) -> list[WorldPost]:
        """The posts that it replies to or quotes."""
        return [self.posts[one] for one in (post.in_reply_to, post.quote_of) if one in self.posts]

    def is_shown(self, post: WorldPost, now: datetime) -> bool:
        """Whether post and account are there at `now`, for all to see."""
        author = self.author(post)
        is_public = post.visibility != "private" and not author.is_locked
        return is_public and post.is_shown_at(now) and author.is_there_at(now)

    def _references(self, post: WorldPost) -> Entity:
        found = [("replied_to", post.in_reply_to), ("quoted", post.quote_of)]
        posts = [(kind, self.posts[one]) for kind, one in found if one in self.posts]
        if not posts:
            return {}
        references = [{"type": kind, "id": str(other.number)} for kind, other in posts]
        answered = [self._user_ids[o.author_id] for kind, o in posts if kind == "replied_to"]
        return {
            "referenced_tweets": references,
            **({"in_reply_to_user_id": answered[0]} if answered else {}),
        }

    def _text(self, post: WorldPost, now: datetime) -> tuple[str, list[tuple[str, str]]]:
        """The text as X stores it, and its (short, full) addresses."""
        text = post.text_at(now)
        if post.in_reply_to in self.posts:
            answered = self.author(self.posts[post.in_reply_to]).username
            if f"@{answered}".lower() not in text.lower():
                text = f"@{answered} {text}"
        links = list(post.links)
        if post.quote_of in self.posts:
            quoted = self.posts[post.quote_of]
            links.append(
                f"https://twitter.com/{self.author(quoted).username}/status/{quoted.number}"
            )
        if post.media_count:
            links.append(
                f"https://twitter.com/{self.author(post).username}/status/{post.number}/photo/1"
            )
        urls = [(f"https://t.co/{crc32(link.encode()):08x}", link) for link in links]
        for short, full in urls:
            text = text.replace(full, short) if full in text else f"{text} {short}"
        return escape(text, quote=False), urls

    def _entities(self, post: WorldPost, text: str, urls: Iterable[tuple[str, str]]) -> Entity:
        people = [*post.mentions]
        if post.in_reply_to in self.posts:
            people.insert(0, self.posts[post.in_reply_to].author_id)
        mentions = [
            {**span, "username": self.authors[name].username, "id": self._user_ids[name]}
            for name in dict.fromkeys(people)
            if (span := _span(text, f"@{self.authors[name].username}"))
        ]
        tags = [{**span, "tag": tag} for tag in post.hashtags if (span := _span(text, f"#{tag}"))]
        links = [
            {**span, "url": short, "expanded_url": full, "display_url": full.split("//")[-1][:30]}
            for short, full in urls
            if (span := _span(text, short))
        ]
        found = {"mentions": mentions, "hashtags": tags, "urls": links}
        return {name: items for name, items in found.items() if items}


def _span(text: str, part: str) -> dict[str, int] | None:
    start = text.lower().find(part.lower())
    return None if start < 0 else {"start": start, "end": start + len(part)}


def _metrics(post: WorldPost, now: datetime) -> Entity:
    figures = post.figures_at(now)
    share = figures.likes / post.likes if post.likes else 1.0
    return {
        "like_count": figures.likes,
        "reply_count": figures.replies,
        "retweet_count": figures.shares,
        "quote_count": 0,
        "bookmark_count": 0,
        "impression_count": int((post.views or 0) * share),
    }


def _chosen(whole: Entity, fields: Collection[str]) -> Entity:
    return {name: value for name, value in whole.items() if name in fields}
