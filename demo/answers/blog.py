"""A blog or local medium: its front page, its feeds, its posts' pages, robots.txt, REST list.

What WordPress alone does (older pages, search feeds, Atom and RDF beside RSS, the REST list) only
sites of that form do.
"""

from __future__ import annotations

__all__ = ["BlogSite"]

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import md5
from html import escape
from math import ceil
from urllib.parse import urlencode, urlsplit
from zlib import crc32

from demo.answers.blog_feeds import Leaf, changed_at, feed_of, html_of
from demo.exchange import Answer, Headers, Request, json_answer
from demo.limits import PlatformLimits
from demo.quota import Quota
from demo.services import Website
from demo.world import World, WorldPost

HTML = "text/html; charset=UTF-8"
TYPES = {
    "wordpress": "application/rss+xml; charset=UTF-8",
    "rss2": "application/rss+xml; charset=UTF-8",
    "rss1": "application/rdf+xml; charset=UTF-8",
    "rss091": "text/xml; charset=UTF-8",
    "atom": "application/atom+xml; charset=UTF-8",
}
# WordPress's other feeds, below the first.
VARIANTS = {"": "wordpress", "rss2": "wordpress", "atom": "atom", "rdf": "rss1"}
REST = "/wp-json/wp/v2/posts"
REST_PAGE = 10
VARIANT = re.compile(r"([a-z0-9]*)/?")


class BlogSite:
    """One site of a world, at its host and at `www.` before it. It needs no credential."""

    token: str | None = None

    def __init__(
        self, world: World, site: Website, *, limits: PlatformLimits, quota: Quota
    ) -> None:
        self._site = site
        self._limits = limits
        self._quota = quota
        written = [p for p in world.posts if (p.platform, p.author_id) == ("blog", site.host)]
        self._posts = sorted(written, key=lambda post: post.published_at, reverse=True)
        self._by_path = {urlsplit(post.url).path: post for post in written}

    def answer(self, request: Request) -> Answer:
        """Answer one request; another writing of the host is sent to the first, under https."""
        if request.host != self._site.host or request.scheme != "https":
            return self._moved(request)
        standing = self._quota.take()
        if standing.is_over:
            headers = (("Retry-After", str(standing.reset_seconds)),)
            return _page("429 Too Many Requests", status=429, headers=headers)
        return self._routed(request)

    def _routed(self, request: Request) -> Answer:
        if request.path == "/robots.txt":
            return self._robots()
        if (form := self._form_of(request)) is not None:
            return self._feed(request, form)
        if request.path == "/":
            return self._front()
        if request.path.rstrip("/") == REST and self._site.form == "wordpress":
            return self._rest(request)
        post = self._by_path.get(request.path)
        if post is None or not post.is_shown_at(request.now):
            return _page("Page non trouvée", status=404)
        body = f"<h1>{escape(post.title)}</h1>\n{html_of(post, request.now)}"
        return _page(post.title, body=body, headers=self._marks())

    def _moved(self, request: Request) -> Answer:
        query = f"?{urlencode(request.query)}" if request.query else ""
        address = f"https://{self._site.host}{request.path}{query}"
        return _page("Moved Permanently", status=301, headers=(("Location", address),))

    def _robots(self) -> Answer:
        if self._site.robots is None:
            return _page("Page non trouvée", status=404)
        return Answer(body=self._site.robots.encode(), content_type="text/plain; charset=utf-8")

    def _form_of(self, request: Request) -> str | None:
        """The form in which a request asks for a feed; None when it asks for something else."""
        is_wordpress = self._site.form == "wordpress"
        if is_wordpress and (asked := request.parameter("feed")) and request.path == "/":
            return VARIANTS.get(asked)
        if request.path.rstrip("/") == self._site.feed_path.rstrip("/"):
            return self._site.form
        below = request.path.removeprefix(self._site.feed_path.rstrip("/") + "/")
        match = VARIANT.fullmatch(below) if below != request.path else None
        return VARIANTS.get(match[1]) if is_wordpress and match else None

    def _feed(self, request: Request, form: str) -> Answer:
        posts = self._found(request.now, request.parameter("s") or "")
        number = self._page_number(request)
        size = self._site.entries_a_page
        page = posts[(number - 1) * size : number * size]
        if number > 1 and not page:
            return _page("Page non trouvée", status=404)
        changed = max((changed_at(post, request.now) for post in posts), default=request.now)
        marks = self._feed_marks(changed)
        if _is_unchanged(request, dict(marks)):
            return Answer(status=304, content_type=TYPES[form], headers=marks)
        address = f"https://{self._site.host}{request.path}"
        leaf = Leaf(self._site, page, request.now, address)
        headers = (*marks, *self._marks())
        return Answer(body=feed_of(form, leaf), content_type=TYPES[form], headers=headers)

    def _page_number(self, request: Request) -> int:
        asked = request.parameter("paged") or "1"
        is_known = self._site.form == "wordpress" and asked.isdigit()
        return max(1, int(asked)) if is_known else 1

    def _feed_marks(self, changed: datetime) -> Headers:
        """As WordPress makes them: the time of the last change, and its digest."""
        modified = format_datetime(changed.astimezone(UTC), usegmt=True)
        digest = md5(modified.encode(), usedforsecurity=False).hexdigest()
        return (("Last-Modified", modified), ("ETag", f'"{digest}"'))

    def _marks(self) -> Headers:
        return (("X-Robots-Tag", "noindex, follow"),) if self._site.is_noindex else ()

    def _found(self, now: datetime, words: str = "") -> Sequence[WorldPost]:
        """What is shown, newest first; of it, what holds the words of a search."""
        shown = [post for post in self._posts if post.is_shown_at(now)]
        wanted = words.casefold().split()
        return [
            post
            for post in shown
            if all(word in f"{post.title} {post.text_at(now)}".casefold() for word in wanted)
        ]

    def _front(self) -> Answer:
        site = self._site
        title = escape(site.title, quote=True)
        head = []
        if site.is_noindex:
            head.append("<meta name='robots' content='noindex, nofollow' />")
        if site.is_discoverable:
            kind = TYPES[site.form].partition(";")[0].replace("text/xml", "application/rss+xml")
            feed = f"https://{site.host}{site.feed_path}"
            head.append(
                f'<link rel="alternate" type="{kind}" title="{title} &raquo; Flux" href="{feed}" />'
            )
        if site.form == "wordpress":
            head.append(
                f'<link rel="alternate" type="application/rss+xml" title="{title} &raquo; Flux des '
                f'commentaires" href="https://{site.host}/comments/feed/" />'
            )
        return _page(site.title, head="\n".join(head), headers=self._marks())

    def _rest(self, request: Request) -> Answer:
        """`GET /wp-json/wp/v2/posts`: `search`, `after`, `page`, `per_page`."""
        size = _whole(request, "per_page", REST_PAGE)
        number = _whole(request, "page", 1)
        if not 1 <= size <= self._limits.page_max or number < 1:
            return _rest_error("rest_invalid_param", "Invalid parameter(s): per_page")
        posts = list(self._found(request.now, request.parameter("search") or ""))
        if after := request.parameter("after"):
            moment = datetime.fromisoformat(after)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            posts = [post for post in posts if post.published_at > moment]
        pages = ceil(len(posts) / size)
        if number > max(1, pages):
            sentence = "The page number requested is larger than the number of pages available."
            return _rest_error("rest_post_invalid_page_number", sentence)
        shown = posts[(number - 1) * size : number * size]
        headers = (("X-WP-Total", str(len(posts))), ("X-WP-TotalPages", str(pages)))
        return json_answer([_rest_post(p, request.now) for p in shown], headers=headers)


def _rest_post(post: WorldPost, now: datetime) -> dict[str, object]:
    changed = changed_at(post, now)
    return {
        "id": crc32(post.post_id.encode()) % 10**6,
        "date_gmt": post.published_at.strftime("%Y-%m-%dT%H:%M:%S"),
        "modified_gmt": changed.strftime("%Y-%m-%dT%H:%M:%S"),
        "guid": {"rendered": post.post_id},
        "link": post.url,
        "title": {"rendered": escape(post.title)},
        "content": {"rendered": html_of(post, now), "protected": False},
    }


def _rest_error(code: str, message: str) -> Answer:
    body = {"code": code, "message": message, "data": {"status": 400}}
    return json_answer(body, status=400)


def _whole(request: Request, name: str, default: int) -> int:
    text = request.parameter(name)
    return default if text is None else int(text) if text.isdigit() else 0


def _is_unchanged(request: Request, marks: dict[str, str]) -> bool:
    """Whether all conditions that a request names hold, as WordPress checks them."""
    etag, since = request.header("if-none-match"), request.header("if-modified-since")
    if not etag and not since:
        return False
    is_same = not etag or etag.removeprefix("W/") == marks["ETag"]
    return is_same and (not since or _moment(since) >= _moment(marks["Last-Modified"]))


def _moment(text: str) -> datetime:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _page(
    title: str, *, head: str = "", body: str = "", status: int = 200, headers: Headers = ()
) -> Answer:
    text = (
        f'<!DOCTYPE html>\n<html lang="fr-FR">\n<head>\n<meta charset="UTF-8" />\n'
        f"<title>{escape(title)}</title>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return Answer(status=status, body=text.encode(), content_type=HTML, headers=headers)
