"""Hashtag timelines of a Mastodon instance."""

from __future__ import annotations

__all__ = ["OVERLAP", "MastodonTimelines"]

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field

from cities.folder import run_id_of
from cities.model import City
from cities.settings import Settings
from cities.sources import MastodonSource
from collectors.errors import PayloadError
from collectors.paging import Cursor, Declaration, Page, Probe, sift
from collectors.recent import Recent
from collectors.records import Base, Gone
from collectors.sources.mastodon.client import (
    STATUSES_PAGE,
    MastodonClient,
    snowflake,
)
from collectors.sources.mastodon.records import (
    PLATFORM,
    Status,
    StatusRecords,
    author_id_of,
    fold_tag,
    records_of,
    wants_out,
)
from collectors.waiting import Patience

# A post that travels between servers arrives late but bears the id of its birth: below a cursor
# that has already passed. So each night reads the end of the night before once more.
OVERLAP = timedelta(hours=48)


class Walk(BaseModel):
    """The cursor: the night it belongs to, how far each tag was read, which tags are read."""

    as_of: AwareDatetime | None = None
    tags: dict[str, int] = Field(default_factory=dict)
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MastodonTimelines:
    """All public posts of one instance under the city's hashtags.

    Each tag is walked upward with `min_id` (with `since_id` a server jumps to the newest page and
    leaves a hole), so the cursor only rises, and a run that is killed goes on where it was. Posts
    of the last days that were landed and not met in the walk are then read back by id: changed
    figures become posts, missing ones become gone.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=PLATFORM,
        key="post: the status's uri; author: user@domain, lower case",
        cursor="the highest status id read under each hashtag, and the night that read it",
        second_run="reads on from each id less 48 hours, and reads back the posts of 7 days",
    )

    source: MastodonSource
    tags: tuple[str, ...]
    client: MastodonClient
    patience: Patience

    @classmethod
    def open(cls, city: City, source: MastodonSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        tags = tuple(dict.fromkeys(fold_tag(tag) for tag in city.names.hashtags))
        client = MastodonClient(source.source_id, source.instance, settings)
        return cls(source, tags, client, Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def probe(self, as_of: datetime) -> Probe:
        """Read one post of the history under the first hashtag."""
        self.patience.call(self.client.respect_robots)
        after = snowflake(as_of - timedelta(days=self.source.history_days))
        page = self.patience.call(lambda: self.client.tagged(self.tags[0], after=after, limit=1))
        return Probe(len(page), self.client.quota_left)

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Walk each hashtag up to `as_of`, then read back what is recent and was not met."""
        self.patience.call(self.client.respect_robots)
        night = _Night(self, recent, as_of)
        walk = night.begin(Walk.model_validate(cursor))
        for tag in self.tags:
            while tag not in walk.done:
                page, walk = night.next_of(tag, walk)
                yield page
        unseen = recent.unseen(run_id_of(as_of))
        for start in range(0, len(unseen), STATUSES_PAGE):
            yield night.read_back(unseen[start : start + STATUSES_PAGE], walk)


@dataclass(frozen=True, slots=True)
class _Night:
    """One night's reading: makes pages of what the instance gives."""

    timelines: MastodonTimelines
    recent: Recent
    as_of: datetime

    def begin(self, last: Walk) -> Walk:
        """Where tonight's walk starts, or goes on."""
        if last.as_of == self.as_of:
            return last
        tags, days = self.timelines.tags, self.timelines.source.history_days
        history = snowflake(self.as_of - timedelta(days=days))
        overlap = snowflake((last.as_of or self.as_of) - OVERLAP)
        starts = {t: min(last.tags[t], overlap) if t in last.tags else history for t in tags}
        return Walk(as_of=self.as_of, tags=starts)

    def next_of(self, tag: str, walk: Walk) -> tuple[Page, Walk]:
        """The next page of a hashtag, oldest first, and the walk after it.

        The tag is done at an empty page, or at the first post later than the night.
        """
        after = walk.tags[tag]
        items = self._ask(lambda client: client.tagged(tag, after=after))
        fresh = [i for i in reversed(items) if (number := _number(i)) is None or number > after]
        end = snowflake(self.as_of + timedelta(milliseconds=1))
        tonight = [item for item in fresh if (_number(item) or 0) < end]
        numbers = [number for item in tonight if (number := _number(item)) is not None]
        if len(tonight) > 1 and not numbers:
            raise PayloadError(f"{self.timelines.source.source_id}: posts come without ids")
        is_done = not numbers or len(tonight) < len(fresh)
        walked = Walk(
            as_of=self.as_of,
            tags={**walk.tags, tag: max([after, *numbers])},
            done=(*walk.done, tag) if is_done else walk.done,
        )
        # A post under two of the city's hashtags lands once, under the first.
        before = frozenset(self.timelines.tags[: self.timelines.tags.index(tag)])
        return self._page(
            tonight, walked, position=f"#{tag} after {after}", not_under=before
        ), walked

    def read_back(self, native_ids: list[str], walk: Walk) -> Page:
        """Recent posts again, with their figures of tonight; those that are missing are gone."""
        items = self._ask(lambda client: client.statuses(native_ids))
        there = {str(_number(item)) for item in items}
        gone = [
            self._gone("post", self.recent.post_id(native_id), "deleted")
            for native_id in native_ids
            if native_id not in there
        ]
        page = self._page(items, walk, position=f"read back from {native_ids[0]}")
        return replace(page, records=(*page.records, *gone), met=tuple(native_ids))

    def _ask(self, question: Callable[[MastodonClient], list[Any]]) -> list[Any]:
        return self.timelines.patience.call(lambda: question(self.timelines.client))

    def _page(
        self,
        items: Iterable[Any],
        walk: Walk,
        *,
        position: str,
        not_under: frozenset[str] = frozenset(),
    ) -> Page:
        statuses, odd_items = sift(items, Status.model_validate, position=position)
        here = [s for s in statuses if not_under.isdisjoint(fold_tag(tag.name) for tag in s.tags)]
        # Each question once: a bio is long to look through, and two posts to compare.
        kept, left = [], []
        for status in here:
            is_out = wants_out(status.account, self.as_of)
            if is_out or status.visibility != "public":
                left.append((status, is_out))
            else:
                kept.append(status)
        parsed, odd_records = sift(kept, self._records_of, position=f"{position}, sound")
        withdrawn = dict.fromkeys(self._withdrawn(left))
        authors = {each.author.author_id: each.author for each in parsed}
        records: list[Base] = [*authors.values()]
        for each in parsed:
            records += (each.post, *each.edges)
        return Page(
            (*records, *withdrawn),
            walk.model_dump(mode="json"),
            odd=(*odd_items, *odd_records),
            native_ids={each.post.post_id: each.native_id for each in parsed},
            count_opted_out=len(left),
        )

    def _records_of(self, status: Status) -> StatusRecords:
        return records_of(status, instance=self.timelines.source.instance, as_of=self.as_of)

    def _withdrawn(self, statuses: Iterable[tuple[Status, bool]]) -> Iterator[Gone]:
        """Authors who want out (the run lands those whom it knows), posts public no more."""
        for status, is_out in statuses:
            if is_out:
                who = author_id_of(status.account.acct, self.timelines.source.instance)
                yield self._gone("author", who, "withdrawn")
            elif status.id in self.recent:
                yield self._gone("post", status.uri, "private")

    def _gone(
        self,
        what: Literal["post", "author"],
        gone_id: str,
        reason: Literal["deleted", "private", "withdrawn"],
    ) -> Gone:
        return Gone(
            platform=PLATFORM,
            what=what,
            gone_id=gone_id,
            reason=reason,
            observed_at=self.as_of,
        )


def _number(item: Any) -> int | None:
    """The id of a status as a number; None when it has none of Mastodon's form."""
    text = str(item.get("id")) if isinstance(item, dict) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else None
