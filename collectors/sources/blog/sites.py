"""Blogs and local media: the feeds of the sites that the city file names."""

from __future__ import annotations

__all__ = ["BlogSites"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self
from urllib.parse import urlsplit

from cities.folder import run_id_of
from cities.model import City
from cities.settings import Settings
from cities.sources import BlogSource
from collectors.errors import CollectError, RefusedError, WaitError
from collectors.opener import Opener
from collectors.paging import Cursor, Declaration, Page, Probe
from collectors.recent import Recent
from collectors.records import Base, Gone
from collectors.sources.blog.feed import Feed
from collectors.sources.blog.harvest import Lens, harvest
from collectors.sources.blog.reading import Pending, Reading, SiteReading
from collectors.sources.blog.records import PLATFORM, Site, author_of, wants_out
from collectors.sources.blog.visit import OptedOutError, Visitor
from collectors.waiting import Patience

SAYS_NO = "says of itself that it is not to be read"
BACK_A_PAGE = 20
# A city's blogs make some hundred posts a week; more would be impolite.
MOST_BACK = 500
MOST_TOLD = 8
Step = tuple[Page, Reading]


@dataclass(frozen=True, slots=True)
class BlogSites:
    """The entries of each site's feed, as far as they name the city.

    A site that fails or refuses stops no other: all are read, then the night ends with one
    sentence on those that were not; it fails when one failed, or when all refuse. An entry that
    leaves the feed is not gone; the pages of posts of the last days that no feed showed tonight
    are asked for, and a 404 is.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=PLATFORM,
        key="post: the entry's id, else its address; author: the site's host without www",
        cursor="for each site the marks of its feed, its first page, and the page reached tonight",
        second_run="asks each feed whether it changed; lands entries that are new or changed",
    )

    source: BlogSource
    lens: Lens
    visitor: Visitor

    @classmethod
    def open(cls, city: City, source: BlogSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        visitor = Visitor(Opener(settings.contact), Patience())
        return cls(source, Lens.of(city, source), visitor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.visitor.close()

    def probe(self, as_of: datetime) -> Probe:  # noqa: ARG002 - a feed is asked as it stands
        """Ask each site for its feed; fails when none can be read."""
        troubles: dict[int, CollectError] = {}
        count = 0
        for number, address in enumerate(self.source.sites):
            self.visitor.begin()
            try:
                entrance = self.visitor.enter(address)
            except CollectError as error:
                troubles[number] = error
                continue
            count += len(entrance.feed.entries) if entrance.feed else 0
        if len(troubles) == len(self.source.sites):
            raise self._trouble(troubles)
        return Probe(count, sentence=self._told(troubles) if troubles else "")

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Read site after site, then ask for recent posts that were not met; then tell trouble."""
        last = Reading.model_validate(cursor)
        reading = last.at_night(as_of, self.source.sites, self.lens.mark)
        troubles: dict[int, CollectError] = {}
        for number, address in enumerate(self.source.sites):
            try:
                for page, after in self._steps(number, Site.at(address), reading, as_of):
                    reading = after
                    yield page
            except CollectError as error:
                troubles[number] = error
        hosts = {urlsplit(self.source.sites[number]).hostname or "" for number in troubles}
        yield from self._read_back(recent, reading, as_of, hosts)
        if _is_to_fail(troubles, of=len(self.source.sites)):
            raise self._trouble(troubles)
        if troubles:
            note = f"{self.source.source_id}: {self._told(troubles)}"
            yield Page((), reading.model_dump(mode="json"), note=note)

    def _steps(self, number: int, site: Site, reading: Reading, as_of: datetime) -> Iterator[Step]:
        """The pages of one site that are left of tonight, each with the reading after it."""
        state = reading.sites[site.address]
        if state.refusal:
            raise OptedOutError(state.refusal)
        if state.is_over:
            return
        self.visitor.begin()
        try:
            feed, state = self._first(site, state, as_of)
        except OptedOutError as error:
            yield self._withdrawn(site, reading, as_of, str(error))
            raise
        while feed is not None:
            position = f"sites[{number}], page {state.pending.page}"
            found = harvest(feed, site, state, self.lens, as_of=as_of, position=position)
            state = state.turned(found.pending, is_last=found.is_last)
            reading = reading.put(site.address, state)
            authors = (author_of(feed, site, as_of),) if found.posts else ()
            yield (
                Page(
                    (*authors, *found.posts),
                    reading.model_dump(mode="json"),
                    odd=found.odd,
                    native_ids={post.post_id: post.url for post in found.posts},
                    met=found.met,
                ),
                reading,
            )
            if state.is_over:
                return
            feed = self.visitor.older(state.feed, state.pending.page)
        reading = reading.put(site.address, self._ended(state))
        yield Page((), reading.model_dump(mode="json")), reading

    def _first(
        self, site: Site, state: SiteReading, as_of: datetime
    ) -> tuple[Feed | None, SiteReading]:
        """The page at which the site is to be read, None when there is nothing more."""
        if state.pending.page > 1:
            return self.visitor.older(state.feed, state.pending.page), state
        entrance = self.visitor.enter(site.address, feed=state.feed, marks=state.marks)
        if entrance.feed is None:
            return None, state
        if wants_out(entrance.feed, as_of):
            raise OptedOutError(SAYS_NO)
        marks = Pending(etag=entrance.marks.etag, modified=entrance.marks.modified)
        return entrance.feed, state.model_copy(update={"feed": entrance.address, "pending": marks})

    def _ended(self, state: SiteReading) -> SiteReading:
        """After the last page, or after a feed that is as it was."""
        if state.pending.page > 1:
            return state.turned(state.pending, is_last=True)
        return state.model_copy(update={"is_over": True})

    def _withdrawn(self, site: Site, reading: Reading, as_of: datetime, why: str) -> Step:
        """A site that says no: what is known of it goes, and it begins anew if it ever says yes."""
        refused = reading.put(site.address, SiteReading(is_over=True, refusal=why))
        gone = Gone(
            platform=PLATFORM,
            what="author",
            gone_id=site.author_id,
            reason="withdrawn",
            observed_at=as_of,
        )
        return Page((gone,), refused.model_dump(mode="json"), count_opted_out=1), refused

    def _read_back(
        self, recent: Recent, reading: Reading, as_of: datetime, skipped: set[str]
    ) -> Iterator[Page]:
        """Ask for the pages of recent posts that no feed showed tonight; 404 and 410 are gone."""
        unseen = recent.unseen(run_id_of(as_of))[:MOST_BACK]
        cursor = reading.model_dump(mode="json")
        for start in range(0, len(unseen), BACK_A_PAGE):
            addresses = unseen[start : start + BACK_A_PAGE]
            gone: list[Base] = [
                Gone(
                    platform=PLATFORM,
                    what="post",
                    gone_id=recent.post_id(address),
                    reason="deleted",
                    observed_at=as_of,
                )
                for address in addresses
                if self._is_gone(address, skipped)
            ]
            yield Page(tuple(gone), cursor, met=tuple(addresses))

    def _is_gone(self, address: str, skipped: set[str]) -> bool:
        """Whether a page is gone; a host in trouble is left alone for tonight."""
        host = urlsplit(address).hostname or ""
        if host in skipped:
            return False
        try:
            return self.visitor.is_gone(address)
        except CollectError:
            skipped.add(host)
            return False

    def _trouble(self, troubles: dict[int, CollectError]) -> CollectError:
        """One error for all sites that were not read: a wait when any of them may be waited for."""
        waits = [error for error in troubles.values() if isinstance(error, WaitError)]
        said = f"{self.source.source_id}: {self._told(troubles)}"
        if not waits:
            return RefusedError(f"{said}; mend or remove them in the city file")
        moments = [error.retry_at for error in waits if error.retry_at is not None]
        return WaitError(
            f"{said}; the rest is read by the next try", retry_at=min(moments, default=None)
        )

    def _told(self, troubles: dict[int, CollectError]) -> str:
        """Which sites, by their place in the city file, and why: never their address."""
        told = [f"sites[{number}] {error}" for number, error in troubles.items()][:MOST_TOLD]
        if len(troubles) > MOST_TOLD:
            told.append(f"and {len(troubles) - MOST_TOLD} more")
        of = len(self.source.sites)
        return f"{len(troubles)} of {of} sites could not be read: {', '.join(told)}"


def _is_to_fail(troubles: dict[int, CollectError], *, of: int) -> bool:
    """Whether a night failed: some sites that say no to programs are told, and no failure."""
    refused = sum(isinstance(error, OptedOutError) for error in troubles.values())
    return len(troubles) > refused or 0 < of == refused
