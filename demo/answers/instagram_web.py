"""Instagram's site as instaloader asks it: hashtag pages, place pages, one post's figures."""

from __future__ import annotations

__all__ = ["WebSite"]

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, unquote

from demo.answers.instagram import InstagramView, is_hiding_likes
from demo.exchange import Answer, Request, json_answer
from demo.limits import PlatformLimits
from demo.quota import Quota
from demo.services import InstagramService
from demo.world import WorldPost

MEDIAS_A_SECTION = 3
PHOTO, VIDEO, ALBUM = 1, 2, 8
HIDDEN = -1
Entity = dict[str, Any]


class WebSite:
    """www.instagram.com and i.instagram.com. Place pages and single posts need the session."""

    def __init__(
        self,
        view: InstagramView,
        service: InstagramService,
        *,
        limits: PlatformLimits,
        quota: Quota,
    ) -> None:
        self.token: str | None = service.session.partition(":")[2]
        self._view = view
        self._places = {place.place_id: place.name for place in service.places}
        self._limits = limits
        self._quota = quota
        self._routes: list[tuple[re.Pattern[str], Callable[[Request, str], Answer]]] = [
            (re.compile(pattern), answer)
            for pattern, answer in (
                (r"/api/v1/tags/web_info/()", self._web_info),
                (r"/explore/tags/([^/]+)/", self._tag),
                (r"/explore/locations/(\d+)/", self._place),
                (r"/api/v1/media/(\d+)/info/", self._info),
                (r"/()", self._front_page),
            )
        ]

    def answer(self, request: Request) -> Answer:
        """Answer one request; 429 without a word of how long once the quota is used up."""
        if self._quota.take().is_over:
            sentence = "Please wait a few minutes before you try again."
            body = {"message": sentence, "require_login": True, "status": "fail"}
            return json_answer(body, status=429)
        for pattern, answer in self._routes:
            if match := pattern.fullmatch(request.path):
                return answer(request, unquote(match[1]))
        return _not_found()

    def _web_info(self, request: Request, _: str) -> Answer:
        return self._tag(request, request.parameter("tag_name") or "")

    def _tag(self, request: Request, tag: str) -> Answer:
        number = self._view.tag_id(tag)
        if number is None:
            return _not_found()
        indexes = self._view.under_tag(tag)
        data = {
            "id": str(number),
            "name": tag.lower(),
            "media_count": len(indexes),
            "recent": self._recent(request, indexes),
            "top": {"sections": [], "more_available": False, "next_max_id": None},
        }
        return json_answer({"data": data, "status": "ok"})

    def _place(self, request: Request, place_id: str) -> Answer:
        if not _session(request):
            return _to_login(request)
        if place_id not in self._places:
            return _not_found()
        recent = self._recent(request, self._view.at_place(place_id))
        info = {"location_id": place_id, "name": self._places[place_id]}
        return json_answer(
            {"native_location_data": {"recent": recent, "location_info": info}, "status": "ok"}
        )

    def _info(self, request: Request, number: str) -> Answer:
        if not _session(request):
            return _to_login(request)
        post = self._view.numbered(int(number), request.now)
        if post is None:
            body = {"message": "Media not found or unavailable", "status": "fail"}
            return json_answer(body, status=400)
        items = [self._media(post, request)]
        return json_answer({"items": items, "num_results": 1, "status": "ok"})

    def _front_page(self, _request: Request, _: str) -> Answer:
        page = b"<!DOCTYPE html><title>Instagram</title>"
        return Answer(body=page, content_type="text/html; charset=utf-8")

    def _recent(self, request: Request, indexes: Sequence[int]) -> Entity:
        below = _place_of(request.parameter("max_id"))
        sheet = self._view.sheet(indexes, request.now, limit=self._limits.page_default, below=below)
        medias = [{"media": self._media(post, request)} for post in sheet.posts]
        groups = [
            medias[at : at + MEDIAS_A_SECTION] for at in range(0, len(medias), MEDIAS_A_SECTION)
        ]
        following = sheet.next_below
        return {
            "sections": [
                {"layout_type": "media_grid", "layout_content": {"medias": group}}
                for group in groups
            ],
            "more_available": following is not None,
            "next_max_id": None if following is None else _cursor_of(following),
        }

    def _media(self, post: WorldPost, request: Request) -> Entity:
        figures = post.figures_at(request.now)
        is_hiding = is_hiding_likes(post.author_id)
        author = self._view.author_of(post)
        user = {
            "pk": str(self._view.user_id(post.author_id)),
            "username": author.author_id,
            "full_name": author.display_name,
            "is_private": author.is_locked,
            "is_verified": author.is_verified,
            "profile_pic_url": "https://www.instagram.com/static/images/anonymousUser.jpg",
        }
        taken_at = int(post.published_at.timestamp())
        return {
            "pk": str(post.number),
            "id": f"{post.number}_{user['pk']}",
            "code": post.post_id,
            "taken_at": taken_at,
            "user": user,
            "caption": {"text": post.text_at(request.now), "created_at": taken_at},
            "like_count": HIDDEN if is_hiding else figures.likes,
            "like_and_view_counts_disabled": is_hiding,
            "comment_count": figures.replies,
            "has_liked": False,
            "location": self._location(post),
            **_pictures(post),
        }

    def _location(self, post: WorldPost) -> Entity | None:
        name = self._places.get(post.place_id or "")
        return None if name is None else {"pk": post.place_id, "name": name}


def _pictures(post: WorldPost) -> Entity:
    if post.media_count > 1:
        return {"media_type": ALBUM, "carousel_media_count": post.media_count}
    if post.views is not None:
        return {"media_type": VIDEO, "view_count": post.views}
    return {"media_type": PHOTO}


def _cursor_of(index: int) -> str:
    return urlsafe_b64encode(f"below:{index}".encode()).decode()


def _place_of(cursor: str | None) -> int | None:
    """The index in a cursor; what is none begins anew, as on the site."""
    try:
        return int(urlsafe_b64decode(cursor or "").decode().removeprefix("below:"))
    except (NotBase64, ValueError):
        return None


def _session(request: Request) -> str:
    cookies = (pair.partition("=") for pair in request.header("cookie").split(";"))
    return {name.strip(): value.strip(' "') for name, _, value in cookies}.get("sessionid", "")


def _to_login(request: Request) -> Answer:
    address = f"https://www.instagram.com/accounts/login/?next={quote(request.path)}"
    return Answer(status=302, headers=(("Location", address),))


def _not_found() -> Answer:
    return json_answer({"message": "", "status": "fail"}, status=404)
