"""What one Mastodon server holds of a world: its own ids, its posts by hashtag, who it knows."""

from __future__ import annotations

__all__ = ["MastodonView", "Window", "normalised_tag"]

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zlib import crc32

from demo.world import Figures, World, WorldAuthor, WorldPost

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
NOT_IN_A_TAG = re.compile(r"[^\w·]")
SNOWFLAKE_SHIFT = 16


@lru_cache(maxsize=20_000)
def normalised_tag(name: str) -> str:
    """A hashtag as Mastodon stores it: one width, lower case, folded to ASCII, letters only.

    >>> normalised_tag("#MontRÉVAL")
    'montreval'
    """
    plain = unicodedata.normalize("NFKC", name).lower().translate(LIGATURES)
    letters = unicodedata.normalize("NFKD", plain)
    return NOT_IN_A_TAG.sub("", "".join(c for c in letters if not unicodedata.combining(c)))


@dataclass(frozen=True, slots=True)
class Window:
    """Which page: `min_id` asks for the page just after it, `since_id` for the newest page."""

    limit: int
    max_id: int | None = None
    since_id: int | None = None
    min_id: int | None = None


class MastodonView:
    """One instance: what it ever shows, whatever the moment; made once, read by many threads.

    Ids are the instance's own: snowflakes (milliseconds since 1970, then 16 bits), so they grow
    with time, and the same post bears another id on another instance.
    """

    def __init__(self, world: World, host: str) -> None:
        self.host = host
        accounts = [author for author in world.authors if author.platform == "mastodon"]
        self._authors = {author.author_id: author for author in accounts}
        self._posts: dict[int, WorldPost] = {}
        self._ids: dict[str, int] = {}
        self._by_tag: dict[str, list[int]] = {}
        known = {author.author_id for author in accounts if author.host == host}
        fetched = _referred_to(world, host)
        written = [post for post in world.posts if post.platform == "mastodon"]
        for post in sorted(written, key=lambda post: post.published_at):
            is_seen = host in post.seen_on
            if (is_seen or post.post_id in fetched) and post.visibility != "private":
                self._hold(post, is_listed=is_seen and post.visibility == "public")
                known.update((post.author_id, *post.mentions))
        self._accounts = self._number(known)
        self._account_ids = {name: number for number, name in self._accounts.items()}

    def _hold(self, post: WorldPost, *, is_listed: bool) -> None:
        number = self._snowflake(post.published_at, post.post_id)
        last = next(reversed(self._posts), 0)
        number = max(number, last + 1)
        self._posts[number] = post
        self._ids[post.post_id] = number
        if is_listed:
            for tag in {normalised_tag(tag) for tag in post.hashtags}:
                self._by_tag.setdefault(tag, []).append(number)

    def _number(self, names: Iterable[str]) -> dict[int, str]:
        accounts: dict[int, str] = {}
        for name in sorted(names):
            made = self._authors[name].created_on
            number = self._snowflake(datetime(made.year, made.month, made.day, tzinfo=UTC), name)
            while number in accounts:
                number += 1
            accounts[number] = name
        return accounts

    def _snowflake(self, when: datetime, name: str) -> int:
        milliseconds = int(when.timestamp() * 1000)
        return milliseconds << SNOWFLAKE_SHIFT | crc32(f"{self.host} {name}".encode()) & 0xFFFF

    def id_of(self, post_id: str | None) -> int | None:
        """The instance's id of a post, None when it never saw it."""
        return self._ids.get(post_id or "")

    def account_id_of(self, author_id: str) -> int | None:
        """The instance's id of an author, None when it does not know them."""
        return self._account_ids.get(author_id)

    def author_of(self, post: WorldPost) -> WorldAuthor:
        """Who wrote a post."""
        return self._authors[post.author_id]

    def author(self, author_id: str) -> WorldAuthor:
        """An author of the world by name."""
        return self._authors[author_id]

    def account(self, number: int) -> WorldAuthor | None:
        """The author of that account id, gone or not."""
        name = self._accounts.get(number)
        return None if name is None else self._authors[name]

    def held(self, number: int) -> WorldPost:
        """The post of an id that the instance gave, shown or not."""
        return self._posts[number]

    def post(self, number: int, now: datetime) -> WorldPost | None:
        """The post of that id, when it is shown at `now`."""
        found = self._posts.get(number)
        return found if found is not None and self.is_shown(found, now) else None

    def is_shown(self, post: WorldPost, now: datetime) -> bool:
        """Whether a post and its author are there at `now`."""
        return post.is_shown_at(now) and self.author_of(post).is_there_at(now)

    def figures(self, post: WorldPost, now: datetime) -> Figures:
        """What this instance knows of the figures: all at home, a fixed part elsewhere."""
        figures = post.figures_at(now)
        if self.author_of(post).host == self.host:
            return figures
        part = 0.4 + 0.4 * (crc32(f"{self.host} {post.post_id}".encode()) % 1000) / 1000
        return Figures(*(int(part * count) for count in figures))

    def tagged(self, any_of: Sequence[str], all_of: Sequence[str], none_of: Sequence[str]) -> (
        list[int]
    ):  # fmt: skip
        """Ids, oldest first, of posts with any of some tags, all of others, none of others."""
        lists = [self._by_tag.get(normalised_tag(tag), []) for tag in any_of]
        if len(lists) == 1 and not all_of and not none_of:
            return lists[0]
        kept = set().union(*lists)
        for tag in all_of:
            kept.intersection_update(self._by_tag.get(normalised_tag(tag), []))
        for tag in none_of:
            kept.difference_update(self._by_tag.get(normalised_tag(tag), []))
        return sorted(kept)

    def page(self, ids: Sequence[int], window: Window, keep: Callable[[WorldPost], bool]) -> (
        list[int]
    ):  # fmt: skip
        """One page of `ids`, newest first, of the posts that `keep` accepts."""
        floor = window.min_id if window.min_id is not None else window.since_id
        start = 0 if floor is None else bisect_right(ids, floor)
        stop = len(ids) if window.max_id is None else bisect_left(ids, window.max_id)
        upward = window.min_id is not None
        order = range(start, stop) if upward else range(stop - 1, start - 1, -1)
        page: list[int] = []
        for index in order:
            if len(page) >= window.limit:
                break
            if keep(self._posts[ids[index]]):
                page.append(ids[index])
        return page[::-1] if upward else page


def _referred_to(world: World, host: str) -> set[str | None]:
    """Posts that an instance fetches since one of its own answers or quotes them.

    It shows them by id and inside that post, in no timeline.
    """
    seen = [post for post in world.posts if host in post.seen_on]
    return {post.in_reply_to for post in seen} | {post.quote_of for post in seen}
