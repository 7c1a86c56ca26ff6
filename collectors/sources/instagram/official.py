"""Instagram by Meta's Graph API: the city's hashtags, and what tags the city's own account."""

from __future__ import annotations

__all__ = ["InstagramOfficial"]

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, Field

from cities.folder import run_id_of
from cities.model import City
from cities.settings import Settings
from cities.sources import InstagramOfficialSource
from collectors.errors import PayloadError
from collectors.paging import Cursor, Declaration, Odd, Page, Probe, sift
from collectors.recent import KEEP, Recent
from collectors.records import Base, Gone
from collectors.sources.instagram.graph import GraphClient, Reply
from collectors.sources.instagram.graph_trouble import SENTENCES, HashtagsUsedUpError
from collectors.sources.instagram.hashtags import LIMIT, tonight
from collectors.sources.instagram.records import PLATFORM, GraphMedia, MediaRecords
from collectors.waiting import Patience

logger = logging.getLogger(__name__)

# Hashtags are told for a day only; who tagged the city can be read back further, at first.
TAGS_HISTORY = timedelta(days=120)
READ_BACK_PAGE = 20
# Beyond, landing a post again after a kill costs less than writing the list with each page.
MOST_REMEMBERED = 2000
# No hashtag is written so: hashtags are letters, digits and underscores.
ACCOUNT = "@account"


class Walk(BaseModel):
    """The cursor.

    `ids`: hashtag → Meta's number. `asked`: hashtag → since when Meta counts it among the thirty.
    `lists`: what is read tonight, `done` of them; `read`: short codes that tonight landed.
    `has_history`: the tags of the city's account were read to their history once.
    """

    as_of: AwareDatetime | None = None
    ids: dict[str, str] = Field(default_factory=dict)
    asked: dict[str, AwareDatetime] = Field(default_factory=dict)
    lists: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    has_history: bool = False


@dataclass(frozen=True, slots=True)
class InstagramOfficial:
    """Posts that tag the city's account, then posts of the last 24 hours under its hashtags.

    Under a hashtag Meta tells no author: such posts count for the city alone. Its cursor is one
    string for all pages, so the server alone knows which comes next: a list that was broken off
    is begun anew, and what of it was landed is left out.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=PLATFORM,
        key="post: the short code of its address; author: the user name, lower case",
        cursor="the night, its lists read whole, since when each hashtag counts, their numbers",
        second_run="reads the hashtags' last 24 hours, the tags of 7 days, and asks for the rest",
    )

    source: InstagramOfficialSource
    tags: tuple[str, ...]
    client: GraphClient
    patience: Patience

    @classmethod
    def open(cls, city: City, source: InstagramOfficialSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        tags = tuple(dict.fromkeys(tag.lower() for tag in city.names.hashtags))
        return cls(source, tags, GraphClient(source, settings), Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def probe(self, as_of: datetime) -> Probe:  # noqa: ARG002 - Meta counts by its own clock
        """Ask for both permissions, without spending a hashtag."""
        count = self.patience.call(self.client.count_searched)
        tagged = self.patience.call(lambda: self.client.tags(limit=1))
        sentence = f"{count} of Meta's {LIMIT} hashtags of 7 days are in use; quota in percent"
        if len(self.tags) > LIMIT:
            sentence += f"; the city's {len(self.tags)} hashtags are read in turn"
        return Probe(len(tagged.items) + count, self.client.quota_left, sentence)

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Tonight's lists one after the other, then tagged posts that were not met again."""
        night = _Night(self, as_of, self._begin(Walk.model_validate(cursor), as_of))
        # A hashtag once asked counts for a week: it is written down before it is asked.
        yield Page((), night.walk.model_dump(mode="json"), is_to_keep_now=True)
        for name in night.walk.lists:
            if name not in night.walk.done:
                yield from night.read(name)
        unseen = recent.unseen(run_id_of(as_of))
        for start in range(0, len(unseen), READ_BACK_PAGE):
            yield night.read_back(unseen[start : start + READ_BACK_PAGE], recent)

    def _begin(self, last: Walk, as_of: datetime) -> Walk:
        if last.as_of == as_of:
            return last
        chosen = tonight(self.tags, last.asked, as_of)
        if waiting := len(self.tags) - len(chosen):
            logger.info("%s: %d hashtags wait their turn", self.source.source_id, waiting)
        return Walk(
            as_of=as_of,
            ids=last.ids,
            asked=last.asked | chosen,
            lists=(ACCOUNT, *chosen),
            has_history=last.has_history,
        )


class _List:
    """One list, page after page; after a lost answer it is walked again to where it was."""

    def __init__(self, ask: Callable[[str | None], Reply]) -> None:
        self._ask = ask
        self._after: str | None = None
        self._count = 0
        self._is_torn = False

    def next(self) -> Reply:
        """The next page."""
        if self._is_torn:
            self._after = None
            for _ in range(self._count):
                self._after = self._ask(self._after).after
        self._is_torn = True
        reply = self._ask(self._after)
        self._is_torn = False
        self._after = reply.after
        self._count += 1
        return reply


@dataclass(slots=True)
class _Night:
    """One night's reading; `walk` is the cursor as it moves."""

    official: InstagramOfficial
    as_of: datetime
    walk: Walk
    codes: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.codes = set(self.walk.read)

    def read(self, name: str) -> Iterator[Page]:
        """All pages of one list; the last bears the mark that it is done."""
        try:
            ask = self._question(name)
        except HashtagsUsedUpError:
            odd = Odd(f"#{name}", SENTENCES[HashtagsUsedUpError])
            yield replace(self._done(name), odd=(odd,))
            return
        if ask is not None:
            yield from self._pages(_List(ask), name)
        yield self._done(name)

    def read_back(self, native_ids: list[str], recent: Recent) -> Page:
        """Tagged posts of the last days that the list no longer shows: again, or gone."""
        found = {native_id: self._media(native_id) for native_id in native_ids}
        page = self._page([item for item in found.values() if item is not None], "read back")
        gone = tuple(
            Gone(
                platform=PLATFORM,
                what="post",
                gone_id=recent.post_id(native_id),
                reason="deleted",
                observed_at=self.as_of,
            )
            for native_id, item in found.items()
            if item is None
        )
        return replace(page, records=(*page.records, *gone), met=tuple(native_ids))

    def _media(self, native_id: str) -> Any | None:
        return self._call(lambda: self.official.client.media(native_id))

    def _question(self, name: str) -> Callable[[str | None], Reply] | None:
        """How a list is asked for; None for a hashtag that nobody uses."""
        client = self.official.client
        if name == ACCOUNT:
            return client.tags
        number = self.walk.ids.get(name) or self._call(lambda: client.hashtag_id(name))
        if number is None:
            return None
        self.walk = self.walk.model_copy(update={"ids": {**self.walk.ids, name: number}})
        return lambda after: client.recent(number, after)

    def _pages(self, pages: _List, name: str) -> Iterator[Page]:
        """Pages to the end, which is no cursor, a page that was seen, or posts too old."""
        seen: set[str] = set()
        number = 0
        while True:
            reply = self._call(pages.next)
            number += 1
            ids = {str(item.get("id")) for item in reply.items if isinstance(item, dict)}
            if reply.items and ids <= seen:
                return
            seen |= ids
            yield self._page(reply.items, f"{name}, page {number}")
            if reply.after is None or (name == ACCOUNT and self._is_old(reply.items)):
                return

    def _page(self, items: list[Any], position: str) -> Page:
        medias, odd = sift(items, GraphMedia.model_validate, position=position)
        if len(items) > 1 and not medias:
            raise PayloadError(f"{self.official.source.source_id}: {SENTENCES[PayloadError]}")
        tonights = [media for media in medias if media.timestamp <= self.as_of]
        parsed, odd_records = sift(tonights, self._records_of, position=f"{position}, sound")
        fresh = [each for each in parsed if each.post.post_id not in self.codes]
        self.codes.update(each.post.post_id for each in fresh)
        read = (*self.walk.read, *(each.post.post_id for each in fresh))
        self.walk = self.walk.model_copy(update={"read": read[:MOST_REMEMBERED]})
        return Page(
            tuple(_records(fresh)),
            self.walk.model_dump(mode="json"),
            odd=(*odd, *odd_records),
            # Only what tags the city may be asked for by its number.
            native_ids={e.post.post_id: e.native_id for e in fresh if e.author is not None},
        )

    def _done(self, name: str) -> Page:
        update = {
            "done": (*self.walk.done, name),
            "has_history": self.walk.has_history or name == ACCOUNT,
        }
        self.walk = self.walk.model_copy(update=update)
        return Page((), self.walk.model_dump(mode="json"))

    def _is_old(self, items: list[Any]) -> bool:
        since = self.as_of - (KEEP if self.walk.has_history else TAGS_HISTORY)
        medias, _ = sift(items, GraphMedia.model_validate, position="")
        return all(media.timestamp < since for media in medias)

    def _records_of(self, media: GraphMedia) -> MediaRecords:
        return media.records(self.as_of)

    def _call(self, question: Callable[[], Any]) -> Any:
        return self.official.patience.call(question)


def _records(parsed: list[MediaRecords]) -> Iterator[Base]:
    authors = {each.author.author_id: each.author for each in parsed if each.author is not None}
    yield from authors.values()
    for each in parsed:
        yield each.post
        yield from each.edges
