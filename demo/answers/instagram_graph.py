"""Meta's Graph API for Instagram: hashtag search, recent media, tags of the city's account.

Its oddities are played: no author under a hashtag; one cursor for all pages, so that the server
alone knows which comes next; pages in no order; thirty hashtags in seven days.
"""

from __future__ import annotations

__all__ = ["GraphSite"]

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from zlib import crc32

from demo.answers.instagram import InstagramView, Sheet, is_hiding_likes
from demo.exchange import Answer, Request, json_answer
from demo.limits import PlatformLimits
from demo.quota import Quota, Standing
from demo.services import InstagramService
from demo.world import WorldPost

HASHTAGS = 30
WINDOW = timedelta(days=7)
RECENT = timedelta(hours=24)
SAME_CURSOR = "QVFIUmRlbW8tY3Vyc29y"
Media = dict[str, Any]


class GraphSite:
    """graph.facebook.com for one city's professional account; called from several threads."""

    def __init__(
        self,
        view: InstagramView,
        service: InstagramService,
        *,
        limits: PlatformLimits,
        quota: Quota,
    ) -> None:
        self.token: str | None = service.token
        self._view = view
        self._account = service.account_id
        self._limits = limits
        self._quota = quota
        self._lock = Lock()
        self._asked: dict[str, datetime] = {}
        self._places: dict[str, int | None] = {}
        account = re.escape(service.account_id)
        self._routes: list[tuple[re.Pattern[str], Callable[[Request, str], Answer]]] = [
            (re.compile(pattern), answer)
            for pattern, answer in (
                (r"ig_hashtag_search()", self._search),
                (rf"{account}/tags()", self._tags),
                (rf"{account}/recently_searched_hashtags()", self._searched),
                (r"(\d+)/recent_media", self._recent),
                (r"(\d+)", self._media),
            )
        ]

    def answer(self, request: Request) -> Answer:
        """Answer one request, with the share of the quota that is used."""
        standing = self._quota.take()
        answer = self._refused(request, standing) or self._routed(request)
        return replace(answer, headers=(*answer.headers, _usage(standing)))

    def _refused(self, request: Request, standing: Standing) -> Answer | None:
        if not request.header("authorization") and not request.parameter("access_token"):
            return _error(104, "An access token is required to request this resource.")
        if standing.is_over:
            return _error(4, "(#4) Application request limit reached", status=403)
        return None

    def _routed(self, request: Request) -> Answer:
        path = re.fullmatch(r"/v\d+\.\d+/(.+?)/?", request.path)
        for pattern, answer in self._routes if path and request.method == "GET" else ():
            if match := pattern.fullmatch(path[1] if path else ""):
                return answer(request, match[1])
        return _error(100, "Unsupported get request.", subcode=33)

    def _search(self, request: Request, _: str) -> Answer:
        tag = (request.parameter("q") or "").lower()
        number = self._view.tag_id(tag)
        if not self._may_ask(request):
            return _not_permitted()
        if number is None:
            return _error(24, "The requested resource does not exist", subcode=2207024)
        return self._limited(tag, request.now) or json_answer({"data": [{"id": str(number)}]})

    def _searched(self, request: Request, _: str) -> Answer:
        active = sorted(self._active(request.now))
        numbers = [self._view.tag_id(tag) for tag in active]
        return json_answer({"data": [{"id": str(number)} for number in numbers]})

    def _recent(self, request: Request, asked: str) -> Answer:
        tag = self._view.tag(int(asked))
        if tag is None:
            return _error(100, "Unsupported get request.", subcode=33)
        if not self._may_ask(request) or "username" in _fields(request):
            return _not_permitted()
        if limited := self._limited(tag, request.now):
            return limited
        with self._lock:
            place = self._places.get(tag) if request.parameter("after") else None
            sheet = self._view.sheet(
                self._view.under_tag(tag),
                request.now,
                limit=self._limit(request),
                below=place,
                since=request.now - RECENT,
            )
            # After the last page there is nothing: below the first index of all.
            self._places[tag] = -1 if sheet.next_below is None else sheet.next_below
        in_no_order = sorted(sheet.posts, key=lambda post: crc32(post.post_id.encode()))
        data = [self._entity(post, request) for post in in_no_order]
        return json_answer(_paged(data, request, sheet, SAME_CURSOR))

    def _tags(self, request: Request, _: str) -> Answer:
        after = request.parameter("after")
        sheet = self._view.sheet(
            self._view.tagging_city(),
            request.now,
            limit=self._limit(request),
            below=int(after) if after and after.isdigit() else None,
        )
        data = [self._entity(post, request) for post in sheet.posts]
        return json_answer(_paged(data, request, sheet, str(sheet.next_below or 0)))

    def _media(self, request: Request, asked: str) -> Answer:
        post = self._view.media(int(asked), request.now)
        if post is None or not post.is_tagging_city:
            sentence = f"Unsupported get request. Object with ID '{asked}' does not exist"
            return _error(100, sentence, subcode=33)
        return json_answer(self._entity(post, request))

    def _may_ask(self, request: Request) -> bool:
        return request.parameter("user_id") == self._account

    def _limit(self, request: Request) -> int:
        asked = request.parameter("limit") or ""
        given = int(asked) if asked.isdigit() else self._limits.page_default
        return max(1, min(given, self._limits.page_max))

    def _active(self, now: datetime) -> dict[str, datetime]:
        with self._lock:
            return {tag: at for tag, at in self._asked.items() if now - at < WINDOW}

    def _limited(self, tag: str, now: datetime) -> Answer | None:
        """Count a hashtag; the refusal of a thirty-first within seven days."""
        active = self._active(now)
        if tag in active:
            return None
        if len(active) >= HASHTAGS:
            return _error(18, "(#18) Maximum number of hashtags queried", subcode=2207034)
        with self._lock:
            self._asked[tag] = now
        return None

    def _entity(self, post: WorldPost, request: Request) -> Media:
        kind = "reel" if post.views is not None else "p"
        children = [
            {"id": str(self._view.media_id(post) * 10 + n)} for n in range(post.media_count)
        ]
        figures = post.figures_at(request.now)
        whole: Media = {
            "id": str(self._view.media_id(post)),
            "caption": post.text_at(request.now),
            "media_type": _media_type(post),
            "permalink": f"https://www.instagram.com/{kind}/{post.post_id}/",
            "timestamp": post.published_at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "username": post.author_id,
            "comments_count": figures.replies,
        }
        if not is_hiding_likes(post.author_id):
            whole["like_count"] = figures.likes
        if len(children) > 1:
            whole["children"] = {"data": children}
        wanted = {"id", *_fields(request)}
        return {name: value for name, value in whole.items() if name in wanted}


def _media_type(post: WorldPost) -> str:
    if post.media_count > 1:
        return "CAROUSEL_ALBUM"
    return "IMAGE" if post.views is None else "VIDEO"


def _fields(request: Request) -> list[str]:
    return [name.partition("{")[0] for name in (request.parameter("fields") or "").split(",")]


def _paged(data: list[Media], request: Request, sheet: Sheet, after: str) -> dict[str, Any]:
    """A page; the last has a cursor too, but no `next`."""
    paging: dict[str, Any] = {"cursors": {"after": after}}
    if sheet.next_below is not None:
        paging["next"] = f"https://{request.host}{request.path}?after={after}"
    return {"data": data, "paging": paging} if data else {"data": data}


def _not_permitted() -> Answer:
    sentence = "(#10) Application does not have permission for this action"
    return _error(10, sentence, status=403)


def _error(code: int, message: str, *, subcode: int | None = None, status: int = 400) -> Answer:
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "demo"}
    extra = {} if subcode is None else {"error_subcode": subcode}
    return json_answer({"error": {**error, **extra}}, status=status)


def _usage(standing: Standing) -> tuple[str, str]:
    used = 100 * (standing.limit - standing.remaining) // standing.limit
    usage = {"call_count": used, "total_cputime": 0, "total_time": 0}
    return "X-App-Usage", json.dumps(usage)
