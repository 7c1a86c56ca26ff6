"""What Instagram holds of a world: posts by hashtag, by place, and those that tag the city."""

from __future__ import annotations

__all__ = ["InstagramView", "Sheet", "is_hiding_likes"]

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from demo.world import World, WorldAuthor, WorldPost

FIRST_MEDIA_ID = 17_850_000_000_000_000
FIRST_HASHTAG_ID = 17_840_000_000_000_000
FIRST_USER_ID = 4_000_000_000
HIDING_ONE_IN = 12


def is_hiding_likes(author_id: str) -> bool:
    """Whether an author hides the likes of their posts: one in twelve does."""
    return crc32(author_id.encode()) % HIDING_ONE_IN == 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list, newest first. `next_below`: where the next begins, None at the end."""

    posts: tuple[WorldPost, ...]
    next_below: int | None


class InstagramView:
    """Made once, read by many threads. A post's place in the order of time is its index."""

    def __init__(self, world: World) -> None:
        self._authors = {a.author_id: a for a in world.authors if a.platform == "instagram"}
        public = [p for p in world.posts if p.platform == "instagram" and p.visibility == "public"]
        self._posts = sorted(public, key=lambda post: (post.published_at, post.post_id))
        self._indexes = {post.number: index for index, post in enumerate(self._posts)}
        self._users = {name: FIRST_USER_ID + n for n, name in enumerate(sorted(self._authors))}
        self._by_tag: dict[str, list[int]] = {}
        self._by_place: dict[str, list[int]] = {}
        self._tagging: list[int] = []
        for index, post in enumerate(self._posts):
            for tag in {name.lower() for name in post.hashtags}:
                self._by_tag.setdefault(tag, []).append(index)
            if post.place_id is not None:
                self._by_place.setdefault(post.place_id, []).append(index)
            if post.is_tagging_city:
                self._tagging.append(index)
        self._tags = {FIRST_HASHTAG_ID + crc32(tag.encode()): tag for tag in self._by_tag}

    def author_of(self, post: WorldPost) -> WorldAuthor:
        """Who published a post."""
        return self._authors[post.author_id]

    def user_id(self, author_id: str) -> int:
        """The number of an account."""
        return self._users[author_id]

    def tag_id(self, tag: str) -> int | None:
        """The Graph API's number of a hashtag; None when nobody ever used it."""
        number = FIRST_HASHTAG_ID + crc32(tag.lower().encode())
        return number if number in self._tags else None

    def tag(self, number: int) -> str | None:
        """The hashtag of that number."""
        return self._tags.get(number)

    def media_id(self, post: WorldPost) -> int:
        """The Graph API's number of a post, which is not the one in its short code."""
        return FIRST_MEDIA_ID + self._indexes[post.number]

    def media(self, media_id: int, now: datetime) -> WorldPost | None:
        """The post of the Graph API's number, when it is shown at `now`."""
        index = media_id - FIRST_MEDIA_ID
        return self._shown(index, now) if 0 <= index < len(self._posts) else None

    def numbered(self, number: int, now: datetime) -> WorldPost | None:
        """The post of the number in its short code, when it is shown at `now`."""
        index = self._indexes.get(number)
        return None if index is None else self._shown(index, now)

    def under_tag(self, tag: str) -> Sequence[int]:
        """Indexes of the posts under a hashtag, oldest first."""
        return self._by_tag.get(tag.lower(), [])

    def at_place(self, place_id: str) -> Sequence[int]:
        """Indexes of the posts at a place, oldest first."""
        return self._by_place.get(place_id, [])

    def tagging_city(self) -> Sequence[int]:
        """Indexes of the posts that tag the city's account, oldest first."""
        return self._tagging

    def sheet(
        self,
        indexes: Sequence[int],
        now: datetime,
        *,
        limit: int,
        below: int | None = None,
        since: datetime | None = None,
    ) -> Sheet:
        """The page just below an index, of posts shown at `now` and not older than `since`."""
        stop = len(indexes) if below is None else bisect_left(indexes, below)
        found: list[int] = []
        for position in range(stop - 1, -1, -1):
            index = indexes[position]
            if since is not None and self._posts[index].published_at < since:
                break
            if self._shown(index, now) is None:
                continue
            if len(found) == limit:
                return Sheet(tuple(self._posts[i] for i in found), found[-1])
            found.append(index)
        return Sheet(tuple(self._posts[i] for i in found), None)

    def _shown(self, index: int, now: datetime) -> WorldPost | None:
        post = self._posts[index]
        author = self.author_of(post)
        is_there = author.is_there_at(now) and not author.is_locked
        return post if is_there and post.is_shown_at(now) else None
