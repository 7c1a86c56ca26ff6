"""A Mastodon server's public API: hashtag timelines, posts, accounts, the instance itself."""

from __future__ import annotations

__all__ = ["MastodonSite"]

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote, urlencode

from demo.answers.entities import VERSION, account_entity, instance_entity, status_entity
from demo.answers.view import MastodonView, Window
from demo.exchange import Answer, Headers, Request, json_answer, stamp
from demo.limits import PlatformLimits
from demo.quota import Quota, Standing
from demo.services import Instance
from demo.world import World, WorldPost

TAGS_PER_MODE = 4
TRUE = ("1", "t", "true", "on", "yes")
NOT_FOUND = json_answer({"error": "Record not found"}, status=404)
ROBOTS = b"User-agent: *\nDisallow: /media_proxy/\nDisallow: /interact/\n"


class MastodonSite:
    """One instance of a world. An instance with a `token` shows posts and accounts only to it."""

    def __init__(
        self, world: World, instance: Instance, *, limits: PlatformLimits, quota: Quota
    ) -> None:
        self.token = instance.token
        self._view = MastodonView(world, instance.host)
        self._limits = limits
        self._quota = quota
        self._routes: list[tuple[re.Pattern[str], Callable[[Request, str], Answer]]] = [
            (re.compile(pattern), answer)
            for pattern, answer in (
                (r"/api/v1/timelines/tag/([^/]+)", self._timeline),
                (r"/api/v1/statuses/?()", self._statuses),
                (r"/api/v1/statuses/([^/]+)", self._status),
                (r"/api/v1/accounts/lookup/?()", self._lookup),
                (r"/api/v1/accounts/([^/]+)", self._account),
                (r"/api/v([12])/instance/?", self._instance),
                (r"/\.well-known/nodeinfo/?()", self._nodeinfo_links),
                (r"/nodeinfo/2\.0/?()", self._nodeinfo),
                (r"/robots\.txt()", self._robots),
                (r"/()", self._front_page),
            )
        ]

    def answer(self, request: Request) -> Answer:
        """Answer one request; 429 once the quota is used up."""
        if not request.path.startswith("/api/"):
            return self._routed(request)
        standing = self._quota.take()
        headers = _quota_headers(request, standing)
        if standing.is_over:
            return json_answer({"error": "Too many requests"}, status=429, headers=headers)
        answer = self._routed(request)
        return Answer(
            status=answer.status,
            body=answer.body,
            content_type=answer.content_type,
            headers=(*answer.headers, *headers),
        )

    def _routed(self, request: Request) -> Answer:
        if request.method not in ("GET", "HEAD"):
            return json_answer({"error": "This action is not allowed"}, status=403)
        for pattern, answer in self._routes:
            if match := pattern.fullmatch(request.path):
                return answer(request, unquote(match[1]))
        return json_answer({"error": "Not Found"}, status=404)

    def _is_closed(self, request: Request) -> bool:
        return self.token is not None and not (
            request.header("authorization") or request.parameter("access_token")
        )

    def _timeline(self, request: Request, tag: str) -> Answer:
        if self._is_closed(request):
            return _user_needed()
        modes = {m: request.parameters(m)[:TAGS_PER_MODE] for m in ("any", "all", "none")}
        ids = self._view.tagged([tag, *modes["any"]], modes["all"], modes["none"])
        page = self._view.page(ids, self._window(request), self._kept(request))
        data = [self._entity(number, request) for number in page]
        return json_answer(data, headers=self._links(request, tag, page))

    def _window(self, request: Request) -> Window:
        limit = self._limits.page_default
        if (asked := request.parameter("limit")) is not None:
            limit = min(abs(_number(asked)), self._limits.page_max)
        ids = {
            name: None if (value := request.parameter(name)) is None else _number(value)
            for name in ("max_id", "since_id", "min_id")
        }
        return Window(limit, **ids)

    def _kept(self, request: Request) -> Callable[[WorldPost], bool]:
        view, now = self._view, request.now
        wanted = {
            name: request.parameter(name) in TRUE for name in ("local", "remote", "only_media")
        }

        def keep(post: WorldPost) -> bool:
            is_local = view.author_of(post).host == view.host
            if (wanted["local"] and not is_local) or (wanted["remote"] and is_local):
                return False
            return (post.media_count > 0 or not wanted["only_media"]) and view.is_shown(post, now)

        return keep

    def _links(self, request: Request, tag: str, page: list[int]) -> Headers:
        """`next` goes to older posts, `prev` to newer ones; none on an empty page."""
        if not page:
            return ()
        kept = [(n, v) for n, v in request.query if n in ("local", "limit", "only_media")]
        base = f"https://{self._view.host}/api/v1/timelines/tag/{quote(tag)}"
        older = urlencode([*kept, ("max_id", page[-1])])
        newer = urlencode([*kept, ("min_id", page[0])])
        return (("Link", f'<{base}?{older}>; rel="next", <{base}?{newer}>; rel="prev"'),)

    def _entity(self, number: int, request: Request) -> dict[str, Any]:
        return status_entity(self._view, self._view.held(number), request.now)

    def _statuses(self, request: Request, _: str) -> Answer:
        """A batch: ids that are not there are left out; a longer list is refused."""
        if self._is_closed(request):
            return _user_needed()
        ids = list(dict.fromkeys(map(_number, request.parameters("id"))))
        if len(ids) > self._limits.page_default:
            return json_answer({"error": "Mastodon::ValidationError"}, status=422)
        shown = [number for number in ids if self._view.post(number, request.now)]
        return json_answer([self._entity(number, request) for number in shown])

    def _status(self, request: Request, asked: str) -> Answer:
        if self._is_closed(request):
            return _user_needed()
        number = _number(asked)
        if self._view.post(number, request.now) is None:
            return NOT_FOUND
        return json_answer(self._entity(number, request))

    def _account(self, request: Request, asked: str) -> Answer:
        if self._is_closed(request):
            return _user_needed()
        author = self._view.account(_number(asked))
        if author is None:
            return NOT_FOUND
        if not author.is_there_at(request.now):
            return json_answer({"error": "Gone"}, status=410)
        return json_answer(account_entity(self._view, author, request.now))

    def _lookup(self, request: Request, _: str) -> Answer:
        if self._is_closed(request):
            return _user_needed()
        name = (request.parameter("acct") or "").lstrip("@").lower()
        name = name if "@" in name else f"{name}@{self._view.host}"
        number = self._view.account_id_of(name)
        author = None if number is None else self._view.account(number)
        if author is None or not author.is_there_at(request.now):
            return NOT_FOUND
        return json_answer(account_entity(self._view, author, request.now))

    def _instance(self, _request: Request, version: str) -> Answer:
        return json_answer(instance_entity(self._view.host, version=int(version)))

    def _nodeinfo_links(self, _request: Request, _: str) -> Answer:
        schema = "http://nodeinfo.diaspora.software/ns/schema/2.0"
        address = f"https://{self._view.host}/nodeinfo/2.0"
        return json_answer({"links": [{"rel": schema, "href": address}]})

    def _nodeinfo(self, _request: Request, _: str) -> Answer:
        software = {"name": "mastodon", "version": VERSION}
        usage = {"users": {"total": 0, "activeMonth": 0, "activeHalfyear": 0}, "localPosts": 0}
        services: dict[str, list[str]] = {"outbound": [], "inbound": []}
        return json_answer(
            {"version": "2.0", "software": software, "protocols": ["activitypub"], "usage": usage,
             "services": services, "openRegistrations": False, "metadata": {}}
        )  # fmt: skip

    def _robots(self, _request: Request, _: str) -> Answer:
        return Answer(body=ROBOTS, content_type="text/plain; charset=utf-8")

    def _front_page(self, _request: Request, _: str) -> Answer:
        page = f"<!DOCTYPE html><title>{self._view.host}</title>"
        return Answer(body=page.encode(), content_type="text/html; charset=utf-8")


def _user_needed() -> Answer:
    return json_answer({"error": "This method requires an authenticated user"}, status=401)


def _number(text: str) -> int:
    """Ruby's to_i, near enough: what is no number is 0."""
    return int(text[:30]) if text.isascii() and text.isdigit() else 0


def _quota_headers(request: Request, standing: Standing) -> Headers:
    reset = request.now + timedelta(seconds=standing.reset_seconds)
    return (
        ("X-RateLimit-Limit", str(standing.limit)),
        ("X-RateLimit-Remaining", str(standing.remaining)),
        ("X-RateLimit-Reset", stamp(reset)),
    )
