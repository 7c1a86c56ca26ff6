"""One night of one source: pages, privacy, landing; the cursor moves last."""

from __future__ import annotations

__all__ = ["collect"]

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from cities.effective import effective_city
from cities.folder import CityFolder
from cities.model import City
from cities.settings import Settings
from cities.sources import off_reason, use_of
from collectors.durable import remove_drafts
from collectors.errors import CollectError, WaitError
from collectors.known import KnownAuthors
from collectors.landing import (
    Counts,
    Lander,
    OddRecord,
    Outcome,
    outcome_file,
    read_outcome,
    write_outcome,
)
from collectors.paging import Page
from collectors.privacy import PrivacyFilter, Sifted
from collectors.recent import KEEP, Recent, RecentPost
from collectors.records import Author, Base, Edge, Gone, Opening, Post
from collectors.registry import open_source
from collectors.state import MAX_ODD, State, read_state, write_state

logger = logging.getLogger(__name__)

# A file a page would make hundreds of tiny ones; a crash reads at most so much again.
RECORDS_A_FILE = 250
# Told of the night alone: a source may be of one author.
UNTOLD = {"sensitive"}
COUNTED: dict[type[Base], str] = {
    Post: "posts",
    Author: "authors",
    Edge: "edges",
    Opening: "openings",
    Gone: "gone",
}


def collect(folder: CityFolder, source_id: str, as_of: datetime, *, settings: Settings) -> Outcome:
    """Collect what one source published until `as_of`, and say how it ended.

    Killed anywhere and run again with the same `as_of`, it lands the same records; once done, it
    does nothing. A source's failure is an `Outcome`, not an exception.
    """
    path = outcome_file(folder, source_id, as_of)
    if path.is_file() and (before := read_outcome(path)).state == "done":
        return before
    brief = folder.brief(as_of)
    city = effective_city(folder.city(), brief)
    sieve = PrivacyFilter(brief, use=use_of(city.source(source_id)), key=settings.block_key())
    if reason := off_reason(city.source(source_id)):
        outcome = Outcome(source_id=source_id, as_of=as_of, state="off", sentence=reason)
        write_outcome(folder, outcome)
        return outcome
    try:
        state = read_state(folder, source_id).at_night(as_of)
    except CollectError as error:
        outcome = Outcome(source_id=source_id, as_of=as_of, state="failed", sentence=str(error))
    else:
        outcome = _Night(folder, sieve.visited(city), source_id, as_of, sieve, state).run(settings)
    write_outcome(folder, outcome)
    logger.info("%s: %s, %s", source_id, outcome.state, outcome.counts.model_dump(exclude=UNTOLD))
    return outcome


@dataclass(slots=True)
class _Night:
    """The run of one source: gathers pages into files and keeps the account."""

    folder: CityFolder
    city: City
    source_id: str
    as_of: datetime
    sieve: PrivacyFilter
    state: State
    recent: Recent = field(init=False)
    known: KnownAuthors = field(init=False)
    waiting: list[Base] = field(default_factory=list)
    note: str = ""

    def run(self, settings: Settings) -> Outcome:
        """Read to the end, or to the error that stops the source; what was read is landed."""
        remove_drafts(self.folder.state_file(self.source_id).parent)
        self._lander.discard_from(self.state.next_seq)
        self.recent = Recent(self.state.recent)
        self.recent.prune(self.as_of, self.sieve.blocked)
        self.known = self._known_authors()
        try:
            self._read(settings)
        except WaitError as error:
            self._land()
            return self._outcome("waiting", str(error), error.retry_at)
        except CollectError as error:
            self._land()
            return self._outcome("failed", str(error))
        return self._outcome("done", self.note)

    @property
    def _lander(self) -> Lander:
        return Lander(self.folder, self.source_id, self.as_of)

    def _known_authors(self) -> KnownAuthors:
        known = KnownAuthors(self.state.authors)
        # A state of an earlier version knows the authors of the last days alone.
        for post in self.recent.posts().values():
            known.put(post.author_hash, post.published_at.date())
        kept = timedelta(days=self.city.retention.posts_days)
        known.prune((self.as_of - kept).date(), self.sieve.blocked)
        return known

    def _read(self, settings: Settings) -> None:
        with open_source(self.city, self.source_id, settings) as source:
            for page in source.pages(self.state.cursor, self.recent, self.as_of):
                self._gather(page)
                if page.is_to_keep_now or len(self.waiting) >= RECORDS_A_FILE:
                    self._land()
            self._land()

    def _gather(self, page: Page) -> None:
        sifted = self.sieve.sift(filter(self._is_to_land, page.records))
        landed = (*sifted.records, *self._withdrawn(sifted))
        self.waiting += landed
        self.note = page.note or self.note
        self._remember(page, landed)
        odd = [OddRecord(position=each.position, cause=each.cause) for each in page.odd]
        self.state = self.state.model_copy(
            update={
                "cursor": page.cursor,
                "counts": self.state.counts + _counts(page, landed, sifted),
                "odd": (*self.state.odd, *odd)[:MAX_ODD],
            }
        )

    def _withdrawn(self, sifted: Sifted) -> list[Gone]:
        """A post that was landed, and then edited to reveal too much, leaves with its old text."""
        if not sifted.sensitive:
            return []
        landed = {post.post_id for post in self.recent.posts().values()}
        return [
            Gone(
                platform=platform,
                what="post",
                gone_id=post_id,
                reason="withdrawn",
                observed_at=self.as_of,
            )
            for platform, post_id in sorted(sifted.sensitive)
            if post_id in landed
        ]

    def _is_to_land(self, record: Base) -> bool:
        """Whether to write it down: who opted out without ever being landed stays unwritten."""
        if not isinstance(record, Gone) or record.what != "author":
            return True
        return self.sieve.author_hash(record.platform, record.gone_id) in self.known

    def _remember(self, page: Page, landed: tuple[Base, ...]) -> None:
        """Keep the lists of recent posts and of authors true to what is landed."""
        for gone in (record for record in landed if isinstance(record, Gone)):
            if gone.what == "author":
                author_hash = self.sieve.author_hash(gone.platform, gone.gone_id)
                self.recent.drop_author(author_hash)
                self.known.drop(author_hash)
            else:
                self.recent.drop_post(gone.gone_id)
        self.recent.meet(page.met, self.state.run_id)
        posts = {record.post_id: record for record in landed if isinstance(record, Post)}
        for post in posts.values():
            author_hash = self.sieve.author_hash(post.platform, post.author_id)
            if author_hash:
                self.known.put(author_hash, post.published_at.date())
        for post_id, native_id in page.native_ids.items():
            found = posts.get(post_id)
            if found is None or found.published_at < self.as_of - KEEP:
                self.recent.drop(native_id)
                continue
            self.recent.put(
                native_id,
                RecentPost(
                    post_id=post_id,
                    author_hash=self.sieve.author_hash(found.platform, found.author_id),
                    published_at=found.published_at,
                    run_id=self.state.run_id,
                ),
            )

    def _land(self) -> None:
        """Make what was gathered durable, then move the cursor."""
        seq = self.state.next_seq
        if self.waiting:
            self._lander.land(seq, self.waiting)
            seq += 1
        self.waiting = []
        self.recent.bound()
        update = {
            "next_seq": seq,
            "recent": self.recent.posts(),
            "authors": self.known.days(),
        }
        self.state = self.state.model_copy(update=update)
        write_state(self.folder, self.source_id, self.state)

    def _outcome(
        self,
        state: Literal["done", "waiting", "failed"],
        sentence: str = "",
        retry_at: datetime | None = None,
    ) -> Outcome:
        return Outcome(
            source_id=self.source_id,
            as_of=self.as_of,
            state=state,
            sentence=sentence,
            counts=self.state.counts,
            retry_at=retry_at,
            odd=self.state.odd,
        )


def _counts(page: Page, landed: tuple[Base, ...], sifted: Sifted) -> Counts:
    counts = dict.fromkeys(COUNTED.values(), 0)
    for record in landed:
        counts[COUNTED[type(record)]] += 1
    return Counts(
        **counts,
        opted_out=page.count_opted_out,
        blocked=sifted.count_blocked,
        odd=len(page.odd),
        sensitive=len(sifted.sensitive),
    )
