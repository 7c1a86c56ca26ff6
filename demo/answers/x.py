"""X's API v2 over a world: recent search and its counts, posts by id (`/2/tweets/…`).

`GET /demo/bill` is the demo's own: what X would have billed so far, for tests of budgets.
"""

from __future__ import annotations

__all__ = ["XSite"]

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from demo.answers.x_bill import XBill
from demo.answers.x_entities import XEntities
from demo.answers.x_window import RefusalError, XArchive, XWindow, problem, token_of
from demo.exchange import Answer, Headers, Request, json_answer, stamp
from demo.limits import PlatformLimits
from demo.quota import Quota, Standing
from demo.services import XService
from demo.world import World, WorldAuthor, WorldPost

MOST_IDS = 100
GRANULARITIES = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


class XSite:
    """The API for an app's bearer token; every refusal has X's problem form."""

    def __init__(
        self, world: World, service: XService, *, limits: PlatformLimits, quota: Quota
    ) -> None:
        self.token: str | None = service.token
        self._entities = XEntities(world)
        self._archive = XArchive(self._entities)
        self._limits = limits
        self._quota = quota
        self._routes: dict[str, Callable[[Request], Answer]] = {
            "/2/tweets/search/recent": self._search,
            "/2/tweets/counts/recent": self._count,
            "/2/tweets": self._lookup,
        }
        self._bill = XBill()

    def answer(self, request: Request) -> Answer:
        """Answer one request: 401 without the token, 429 once the quota is used up."""
        if request.header("authorization") != f"Bearer {self.token}":
            return problem(401, "Unauthorized", "Unauthorized")
        if request.path == "/demo/bill":
            return json_answer(self._bill.lines())
        route = self._routes.get(request.path)
        if route is None or request.method not in ("GET", "HEAD"):
            return problem(404, "Not Found", "Not Found")
        standing = self._quota.take()
        headers = _quota_headers(request, standing)
        if standing.is_over:
            return replace(problem(429, "Too Many Requests", "Too Many Requests"), headers=headers)
        try:
            answer = route(request)
        except RefusalError as refusal:
            answer = refusal.answer
        return replace(answer, headers=(*answer.headers, *headers))

    def _search(self, request: Request) -> Answer:
        size = self._size(request)
        window = XWindow.of(request, self._archive)
        found = self._archive.matching(request, window)
        # X fills a page, then takes out what is not to be shown: a page may be short, or empty.
        page = [post for post in found[:size] if self._entities.is_shown(post, request.now)]
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": str(page[0].number), "oldest_id": str(page[-1].number)}
        if len(found) > size:
            meta["next_token"] = token_of(request, found[size - 1].number)
        return json_answer({**self._body(page, request), "meta": meta})

    def _size(self, request: Request) -> int:
        given = request.parameter("max_results") or str(self._limits.page_default)
        if not given.isdigit() or not 10 <= int(given) <= self._limits.page_max:
            raise RefusalError("max_results", f"is not between 10 and {self._limits.page_max}")
        return int(given)

    def _count(self, request: Request) -> Answer:
        self._bill.count(request.now)
        window = XWindow.of(request, self._archive)
        name = request.parameter("granularity") or "hour"
        if name not in GRANULARITIES:
            raise RefusalError("granularity", "is not minute, hour or day")
        step = GRANULARITIES[name]
        matching = self._archive.matching(request, window)
        found = [post for post in matching if self._entities.is_shown(post, request.now)]
        counts = Counter(_begin(post.published_at, step) for post in found)
        data, start = [], window.starts_at
        while start < window.ends_at:
            end = min(_begin(start, step) + step, window.ends_at)
            data.append(
                {
                    "start": stamp(start),
                    "end": stamp(end),
                    "tweet_count": counts[_begin(start, step)],
                }
            )
            start = end
        return json_answer({"data": data, "meta": {"total_tweet_count": len(found)}})

    def _lookup(self, request: Request) -> Answer:
        ids = (request.parameter("ids") or "").split(",")
        if not all(one.isdigit() for one in ids) or len(ids) > MOST_IDS:
            raise RefusalError("ids", f"is not a list of 1 to {MOST_IDS} numbers")
        posts = [self._archive.post(int(one)) for one in ids]
        shown = [p for p in posts if p is not None and self._entities.is_shown(p, request.now)]
        there = {str(post.number) for post in shown}
        hidden = {
            str(p.number) for p in posts if p is not None and self._entities.author(p).is_locked
        }
        body = self._body(shown, request)
        errors = [_missing(one, is_hidden=one in hidden) for one in ids if one not in there]
        return json_answer({**body, **({"errors": errors} if errors else {})})

    def _body(self, posts: list[WorldPost], request: Request) -> dict[str, Any]:
        """`data` and `includes`; neither is there when it would be empty."""
        fields, now = _list(request, "tweet.fields"), request.now
        wanted = _list(request, "expansions")
        if "author_id" in wanted:
            fields.append("author_id")
        if "geo.place_id" in wanted:
            fields.append("geo")
        referenced = [
            other
            for post in posts
            for other in self._entities.referenced(post)
            if self._entities.is_shown(other, now)
        ]
        users = self._users(posts, referenced, wanted)
        includes: dict[str, Any] = {
            "users": [self._entities.user(u, _list(request, "user.fields"), now) for u in users],
            "tweets": [self._entities.post(p, fields, now) for p in _once(referenced)]
            if "referenced_tweets.id" in wanted
            else [],
            "places": [
                {"id": place, "full_name": place}
                for place in dict.fromkeys(p.place_id for p in posts if p.place_id)
                if "geo.place_id" in wanted
            ],
        }
        data = [self._entities.post(post, fields, now) for post in posts]
        included = {name: items for name, items in includes.items() if items}
        body: dict[str, Any] = {"data": data} if data else {}
        self._bill.add(now, posts=[*data, *includes["tweets"]], users=includes["users"])
        return {**body, **({"includes": included} if included else {})}

    def _users(
        self, posts: list[WorldPost], referenced: list[WorldPost], wanted: list[str]
    ) -> list[WorldAuthor]:
        names: list[str] = []
        if "author_id" in wanted:
            names += [post.author_id for post in posts]
        if "entities.mentions.username" in wanted:
            names += [name for post in posts for name in post.mentions]
        if "referenced_tweets.id.author_id" in wanted:
            names += [post.author_id for post in referenced]
        return [self._entities.authors[name] for name in dict.fromkeys(names)]


def _list(request: Request, name: str) -> list[str]:
    return (request.parameter(name) or "").split(",")


def _once(posts: Iterable[WorldPost]) -> list[WorldPost]:
    return list({post.number: post for post in posts}.values())


def _begin(when: datetime, step: timedelta) -> datetime:
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (when - midnight) // step * step


def _missing(one: str, *, is_hidden: bool) -> dict[str, Any]:
    kind = "not-authorized-for-resource" if is_hidden else "resource-not-found"
    return {
        "value": one,
        "resource_id": one,
        "parameter": "ids",
        "resource_type": "tweet",
        "title": "Authorization Error" if is_hidden else "Not Found Error",
        "detail": f"Could not find tweet with ids: [{one}].",
        "type": f"https://api.twitter.com/2/problems/{kind}",
    }


def _quota_headers(request: Request, standing: Standing) -> Headers:
    reset = request.now + timedelta(seconds=standing.reset_seconds)
    return (
        ("x-rate-limit-limit", str(standing.limit)),
        ("x-rate-limit-remaining", str(standing.remaining)),
        ("x-rate-limit-reset", str(int(reset.timestamp()))),
    )
