"""The posts of the last days that a source landed, to be read back each night.

Platforms tell nobody that a post was deleted: one must ask again. The list is pruned after
`KEEP`, holds the newest `MOST` posts, and an author only as a keyed hash.
"""

from __future__ import annotations

__all__ = ["KEEP", "Recent", "RecentPost"]

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel

# Likes and replies have come by then, and most deletions too; each more day costs requests.
KEEP = timedelta(days=7)
# More in a week than a commune makes on one source; the list is rewritten at each landing.
MOST = 10_000


class RecentPost(BaseModel):
    """One landed post: its key, its author's hash, the run that last saw it."""

    post_id: str
    author_hash: str
    published_at: AwareDatetime
    run_id: str


class Recent:
    """Landed posts by native id. The run writes it, the source reads it."""

    def __init__(self, posts: Mapping[str, RecentPost] | None = None) -> None:
        self._posts = dict(posts or {})

    def __contains__(self, native_id: str) -> bool:
        return native_id in self._posts

    def __len__(self) -> int:
        return len(self._posts)

    def posts(self) -> dict[str, RecentPost]:
        """All entries, by native id."""
        return dict(self._posts)

    def post_id(self, native_id: str) -> str:
        """The key of a landed post; `KeyError` when it is not of the last days."""
        return self._posts[native_id].post_id

    def unseen(self, run_id: str) -> list[str]:
        """Native ids that this run has not seen yet, in a fixed order."""
        return sorted(n for n, post in self._posts.items() if post.run_id != run_id)

    def put(self, native_id: str, post: RecentPost) -> None:
        """Note that a post was landed."""
        self._posts[native_id] = post

    def drop(self, native_id: str) -> None:
        """Forget one entry, if it is there."""
        self._posts.pop(native_id, None)

    def drop_post(self, post_id: str) -> None:
        """Forget a post that is gone."""
        self._posts = {n: p for n, p in self._posts.items() if p.post_id != post_id}

    def drop_author(self, author_hash: str) -> None:
        """Forget all posts of an author who is gone."""
        self._posts = {n: p for n, p in self._posts.items() if p.author_hash != author_hash}

    def bound(self) -> None:
        """Forget the oldest beyond `MOST`."""
        if len(self._posts) > MOST:
            newest = sorted(self._posts, key=lambda n: (self._posts[n].published_at, n))[-MOST:]
            self._posts = {native_id: self._posts[native_id] for native_id in newest}

    def meet(self, native_ids: Iterable[str], run_id: str) -> None:
        """Note that a run asked for these, whatever came of it."""
        for native_id in native_ids:
            if native_id in self._posts:
                seen = self._posts[native_id].model_copy(update={"run_id": run_id})
                self._posts[native_id] = seen

    def prune(self, as_of: datetime, blocked: Collection[str]) -> None:
        """Forget what is older than `KEEP`, and all of authors who are now blocked."""
        oldest = as_of - KEEP
        self._posts = {
            native_id: post
            for native_id, post in self._posts.items()
            if post.published_at >= oldest and post.author_hash not in blocked
        }
