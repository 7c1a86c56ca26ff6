"""Instagram by the pages of its site: the city's hashtags and places."""

from __future__ import annotations

__all__ = ["OVERLAP", "InstagramWeb"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field

from cities.folder import run_id_of
from cities.model import City
from cities.settings import Settings
from cities.sources import InstagramWebSource
from collectors.errors import PayloadError
from collectors.paging import Cursor, Declaration, Odd, Page, Probe, sift
from collectors.recent import KEEP, Recent
from collectors.records import Base, Gone
from collectors.sources.instagram.pages import PLACE, PagesClient, Sheet
from collectors.sources.instagram.records import PLATFORM, WebMedia, author_id_of, wants_out
from collectors.sources.instagram.sections import medias_of
from collectors.sources.instagram.web_trouble import SENTENCES, NoPageError
from collectors.waiting import Patience

# A page is nearly in order of time, and a post may come to a list late: so each night reads the
# end of the night before once more.
OVERLAP = timedelta(hours=48)
# One question each: the posts asked longest ago come first, the others wait for a next night.
READ_BACK_A_NIGHT = 60
READ_BACK_PAGE = 10


class Reading(BaseModel):
    """How far one list was read. Pages go from new to old, so a walk counts once it is whole.

    `read_until`: all until then was read. `walk_as_of`, `page`: the walk under way, which began at
    that moment and goes on at Instagram's `page`; a later night ends it before it begins its own.
    """

    read_until: AwareDatetime | None = None
    walk_as_of: AwareDatetime | None = None
    page: str | None = None


class Walk(BaseModel):
    """The cursor: how far each list was read."""

    readings: dict[str, Reading] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstagramWeb:
    """Public posts under the city's hashtags and at the places that its file names.

    Each list is walked from its newest post down to what was read before, or to the history. Where
    a session is given, posts of the last days that the walk did not meet are then asked for one
    by one. No profile is read: followers are unknown, and so are bios.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=PLATFORM,
        key="post: its short code; author: the user name, lower case",
        cursor="until when each list was read whole, and the page of the walk under way",
        second_run="walks down to the night before less 48 hours, and reads back 60 posts",
    )

    source: InstagramWebSource
    lists: tuple[str, ...]
    client: PagesClient
    patience: Patience

    @classmethod
    def open(cls, city: City, source: InstagramWebSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        tags = tuple(dict.fromkeys(tag.lower() for tag in city.names.hashtags))
        places = tuple(f"{PLACE}{place_id}" for place_id in source.places)
        client = PagesClient(source.source_id, settings)
        return cls(source, (*tags, *places), client, Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def probe(self, as_of: datetime) -> Probe:  # noqa: ARG002 - the newest page, whatever the night
        """Read the first page of the first list that is there."""
        for name in self.lists:
            try:
                sheet = self.sheet(name, None)
            except NoPageError:
                continue
            said = "" if self.client.has_session else "no session: hashtags are read anonymously"
            return Probe(len(medias_of(sheet.sections, position=name)[0]), sentence=said)
        raise self.nothing_there()

    def sheet(self, name: str, page: str | None) -> Sheet:
        """One page of a list."""
        return self.patience.call(lambda: self.client.sheet(name, page))

    def nothing_there(self) -> NoPageError:
        """What is wrong when Instagram has none of the lists."""
        return NoPageError(f"{self.source.source_id}: {SENTENCES[NoPageError]}")

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Walk each list down to what was read before, then read back what was not met."""
        night = _Night(self, recent, as_of, Walk.model_validate(cursor))
        for name in self.lists:
            while not night.is_done(name):
                yield night.next_of(name)
        if night.missing >= set(self.lists):
            raise self.nothing_there()
        if self.client.has_session:
            yield from night.read_back()


@dataclass(slots=True)
class _Night:
    """One night's reading; `walk` is the cursor as it moves.

    `missing`: lists that Instagram does not have tonight; `asked`: list, walk and page, so that
    no walk goes round; `met`: posts that tonight landed.
    """

    web: InstagramWeb
    recent: Recent
    as_of: datetime
    walk: Walk
    missing: set[str] = field(default_factory=set)
    asked: set[tuple[str, datetime | None, str | None]] = field(default_factory=set)
    met: set[str] = field(init=False)

    def __post_init__(self) -> None:
        run_id = run_id_of(self.as_of)
        self.met = {n for n, post in self.recent.posts().items() if post.run_id == run_id}

    def is_done(self, name: str) -> bool:
        """Whether a list was read to tonight, or is not there."""
        reading = self.walk.readings.get(name, Reading())
        return name in self.missing or reading.read_until == self.as_of

    def next_of(self, name: str) -> Page:
        """The next page of a list."""
        reading = self._reading(name)
        walk = (name, reading.walk_as_of)
        self.asked.add((*walk, reading.page))
        try:
            sheet = self.web.sheet(name, reading.page)
        except NoPageError:
            return self._without(name, reading)
        medias, odd = self._medias(
            sheet, f"{name}, {'first' if not reading.page else 'later'} page"
        )
        floor = self._floor(reading)
        is_end = (
            not sheet.more_available
            or not sheet.next_max_id
            or (*walk, sheet.next_max_id) in self.asked
            or not sheet.sections
            or (bool(medias) and all(media.taken_at < floor for media in medias))
        )
        self._move(name, _ended(reading) if is_end else _moved(reading, sheet.next_max_id))
        tonights = [m for m in medias if floor <= m.taken_at <= self.as_of]
        return self._page([m for m in tonights if m.code not in self.met], odd)

    def read_back(self) -> Iterator[Page]:
        """Recent posts that no list showed tonight: again, with figures of now, or gone."""
        run_id = run_id_of(self.as_of)
        posts = self.recent.posts()
        unseen = sorted(self.recent.unseen(run_id), key=lambda code: posts[code].run_id)
        chosen = unseen[:READ_BACK_A_NIGHT]
        for start in range(0, len(chosen), READ_BACK_PAGE):
            yield self._read_again(chosen[start : start + READ_BACK_PAGE])

    def _reading(self, name: str) -> Reading:
        """Where a list goes on: at its page, or at its newest post tonight."""
        reading = self.walk.readings.get(name, Reading())
        is_under_way = reading.page is not None and reading.walk_as_of is not None
        return reading if is_under_way else _begun(reading, self.as_of)

    def _floor(self, reading: Reading) -> datetime:
        history = self.as_of - timedelta(days=self.web.source.history_days)
        return max(history, reading.read_until - OVERLAP) if reading.read_until else history

    def _without(self, name: str, reading: Reading) -> Page:
        """A list that is not there; where only its page is lost, the walk begins anew."""
        if reading.page is not None and reading.walk_as_of != self.as_of:
            self._move(name, Reading(read_until=reading.read_until))
        else:
            self.missing.add(name)
        return Page((), self.walk.model_dump(mode="json"))

    def _move(self, name: str, reading: Reading) -> None:
        readings = {**self.walk.readings, name: reading}
        self.walk = self.walk.model_copy(update={"readings": readings})

    def _medias(self, sheet: Sheet, position: str) -> tuple[list[WebMedia], list[Odd]]:
        items, odd_sections = medias_of(sheet.sections, position=position)
        medias, odd = sift(items, WebMedia.model_validate, position=position)
        if len(sheet.sections) > 1 and not medias:
            raise PayloadError(f"{self.web.source.source_id}: {SENTENCES[PayloadError]}")
        return medias, [*odd_sections, *odd]

    def _page(self, medias: Iterable[WebMedia], odd: Iterable[Odd] = ()) -> Page:
        given = list(medias)
        out = [media for media in given if wants_out(media.user, self.as_of)]
        parsed = [media.records(self.as_of) for media in given if media not in out]
        # Only those that the run remembers too, so that a killed night goes on as it would have.
        since = self.as_of - KEEP
        self.met |= {each.native_id for each in parsed if each.post.published_at >= since}
        authors = {each.author.author_id: each.author for each in parsed if each.author}
        records: list[Base] = [*authors.values()]
        for each in parsed:
            records += (each.post, *each.edges)
        withdrawn = dict.fromkeys(author_id_of(media.user.username) for media in out)
        records += [self._gone("author", who, "withdrawn") for who in withdrawn]
        return Page(
            tuple(records),
            self.walk.model_dump(mode="json"),
            odd=tuple(odd),
            native_ids={each.post.post_id: each.native_id for each in parsed},
            count_opted_out=len(out),
        )

    def _read_again(self, codes: list[str]) -> Page:
        found = {code: self._media(code) for code in codes}
        items = [item for item in found.values() if item is not None]
        medias, odd = sift(items, WebMedia.model_validate, position="read back")
        page = self._page(medias, odd)
        gone = tuple(
            self._gone("post", code, "deleted") for code, item in found.items() if item is None
        )
        return replace(page, records=(*page.records, *gone), met=tuple(codes))

    def _media(self, code: str) -> Any | None:
        return self.web.patience.call(lambda: self.web.client.media(code))

    def _gone(
        self,
        what: Literal["post", "author"],
        gone_id: str,
        reason: Literal["deleted", "withdrawn"],
    ) -> Gone:
        return Gone(
            platform=PLATFORM,
            what=what,
            gone_id=gone_id,
            reason=reason,
            observed_at=self.as_of,
        )


def _begun(reading: Reading, as_of: datetime) -> Reading:
    return Reading(read_until=reading.read_until, walk_as_of=as_of)


def _moved(reading: Reading, page: str | None) -> Reading:
    return reading.model_copy(update={"page": page})


def _ended(reading: Reading) -> Reading:
    return Reading(read_until=reading.walk_as_of)
