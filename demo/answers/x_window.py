"""Which posts of a world a search of X bears on: seven days, times, ids, the page's token."""

from __future__ import annotations

__all__ = ["RefusalError", "XArchive", "XWindow", "problem", "token_of"]

import base64
import binascii
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Self
from zlib import crc32

from cities.names import fold
from demo.answers.x_entities import XEntities
from demo.answers.x_query import QueryError, XFacts, parse_query
from demo.exchange import Answer, Request, json_answer
from demo.world import WorldPost

SHOWN = timedelta(days=7)
# The index is a little late: the newest end that may be asked for, and the one by default.
NEWEST_END = timedelta(seconds=10)
DEFAULT_END = timedelta(seconds=30)
LONGEST_QUERY = 512
KEPT_SEARCHES = 16
PROBLEMS = "https://api.twitter.com/2/problems"


def problem(status: int, title: str, detail: str) -> Answer:
    """A refusal in X's form."""
    body = {"title": title, "detail": detail, "type": "about:blank", "status": status}
    return json_answer(body, status=status)


class RefusalError(Exception):
    """A parameter that X refuses (400)."""

    def __init__(self, name: str, reason: str) -> None:
        self.answer = json_answer(
            {
                "errors": [{"parameters": {name: []}, "message": f"'{name}' {reason}"}],
                "title": "Invalid Request",
                "detail": "One or more parameters to your request was invalid.",
                "type": f"{PROBLEMS}/invalid-request",
            },
            status=400,
        )
        super().__init__(name)


class XArchive:
    """The posts of a world by number, newest first, and the last searches."""

    def __init__(self, entities: XEntities) -> None:
        self._entities = entities
        self._posts = sorted(entities.posts.values(), key=lambda post: post.number)
        self._numbers = [post.number for post in self._posts]
        self._lock = Lock()
        self._found: dict[tuple[str, datetime], list[WorldPost]] = {}

    def post(self, number: int) -> WorldPost | None:
        """The post of that number, shown or not."""
        at = bisect_right(self._numbers, number) - 1
        return self._posts[at] if at >= 0 and self._numbers[at] == number else None

    def time_of(self, number: int) -> datetime | None:
        """When the last post up to that number was published; None before the first."""
        at = bisect_right(self._numbers, number) - 1
        return self._posts[at].published_at if at >= 0 else None

    def matching(self, request: Request, window: XWindow) -> list[WorldPost]:
        """The posts that a search finds, newest first, those that are not to be shown too."""
        query = request.parameter("query") or ""
        if not query or len(query) > LONGEST_QUERY:
            raise RefusalError("query", f"must have 1 to {LONGEST_QUERY} characters")
        found = self._search(query, request.now)
        return [post for post in found if window.holds(post)]

    def _search(self, query: str, now: datetime) -> list[WorldPost]:
        with self._lock:
            known = self._found.get((query, now))
        if known is not None:
            return known
        try:
            keeps = parse_query(query)
        except QueryError as error:
            raise RefusalError("query", str(error)) from None
        posts = [
            post
            for post in reversed(self._posts)
            if now - SHOWN < post.published_at <= now and keeps(self._facts(post, now))
        ]
        with self._lock:
            if len(self._found) >= KEPT_SEARCHES:
                self._found.clear()
            self._found[query, now] = posts
        return posts

    def _facts(self, post: WorldPost, now: datetime) -> XFacts:
        flags = [("reply", post.in_reply_to), ("quote", post.quote_of)]
        users = (self._entities.authors[name].username.lower() for name in post.mentions)
        return XFacts(
            text=f" {fold(post.text_at(now))} ",
            tags=frozenset(fold(tag) for tag in post.hashtags),
            mentions=frozenset(users),
            author=self._entities.author(post).username.lower(),
            language=post.language or "und",
            flags=frozenset(name for name, other in flags if other),
        )


@dataclass(frozen=True, slots=True)
class XWindow:
    """From `starts_at` (within) to `ends_at` (without), between two numbers (both without)."""

    starts_at: datetime
    ends_at: datetime
    above: int | None
    below: int | None

    @classmethod
    def of(cls, request: Request, archive: XArchive) -> Self:
        """The window that a request asks for; `RefusalError` where X refuses it."""
        oldest = request.now - SHOWN
        above, below = _number(request, "since_id"), _number(request, "until_id")
        for name, number in (("since_id", above), ("until_id", below)):
            when = archive.time_of(number) if number is not None else oldest
            if when is None or when < oldest:
                raise RefusalError(name, "must be a tweet id created in the last seven days")
        start, end = _moment(request, "start_time"), _moment(request, "end_time")
        if start is not None and start < oldest:
            raise RefusalError("start_time", "must be in the last seven days")
        if end is not None and not oldest < end <= request.now - NEWEST_END:
            raise RefusalError(
                "end_time", "must be a minimum of 10 seconds prior to the request time"
            )
        token = request.parameter("next_token")
        if token:
            after = _after_token(request, token)
            below = after if below is None else min(below, after)
        return cls(
            starts_at=oldest if above is not None or start is None else start,
            ends_at=end or request.now - DEFAULT_END,
            above=above,
            below=below,
        )

    def holds(self, post: WorldPost) -> bool:
        """Whether a post lies within."""
        is_below = self.below is None or post.number < self.below
        is_above = self.above is None or post.number > self.above
        return is_below and is_above and self.starts_at <= post.published_at < self.ends_at


def token_of(request: Request, number: int) -> str:
    """The token of the page after that number; it fits the same query only."""
    mark = crc32((request.parameter("query") or "").encode())
    return base64.urlsafe_b64encode(f"{mark}:{number}".encode()).decode().rstrip("=")


def _after_token(request: Request, token: str) -> int:
    mark = crc32((request.parameter("query") or "").encode())
    try:
        made = base64.urlsafe_b64decode(f"{token}{'=' * (-len(token) % 4)}").decode()
        given, _, number = made.partition(":")
        if given == str(mark):
            return int(number)
    except (binascii.Error, ValueError):
        pass
    raise RefusalError("next_token", "is not valid for this query")


def _number(request: Request, name: str) -> int | None:
    given = request.parameter(name)
    if given is None:
        return None
    if not given.isdigit() or len(given) > 19:
        raise RefusalError(name, "is not a tweet id")
    return int(given)


def _moment(request: Request, name: str) -> datetime | None:
    given = request.parameter(name)
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise RefusalError(name, "is not a moment of RFC 3339") from None
    return moment.astimezone(UTC)
