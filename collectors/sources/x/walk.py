"""Where the reading of X stands: what is read, what is still to read, what was spent."""

from __future__ import annotations

__all__ = ["INDEX_DELAY", "SHOWN", "Stretch", "Walk"]

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

# How far back the recent search goes, and how late its index is: a newer end is refused.
SHOWN = timedelta(days=7)
INDEX_DELAY = timedelta(seconds=30)


class Stretch(BaseModel):
    """Posts of one query that are still to read: above `since_id` and below `until_id`.

    `since_id` 0: from the first that X shows, else it was published at `since_at`. `until_id` 0:
    nothing of it was read, it ends at `until_at`; else that is when `until_id` was published.
    """

    model_config = ConfigDict(frozen=True)

    query: str
    since_id: int = 0
    since_at: AwareDatetime | None = None
    until_id: int = 0
    until_at: AwareDatetime


class Walk(BaseModel):
    """The cursor. X gives the newest first, so what a budget leaves is a hole below what was read.

    `newest_id`: the highest id ever read, published at `newest_at`. `stretches`: what is to read,
    holes of earlier nights among them. `spent`: UTC day → millionths of a dollar. The account of
    this night: `counted` queries were counted, to about `estimate` posts; `count_read` were read;
    `has_lost`: posts grew older than X shows before they could be read.
    """

    model_config = ConfigDict(frozen=True)

    as_of: AwareDatetime | None = None
    newest_id: int = 0
    newest_at: AwareDatetime | None = None
    stretches: tuple[Stretch, ...] = ()
    spent: dict[str, int] = Field(default_factory=dict)
    counted: int = 0
    estimate: int = 0
    count_read: int = 0
    has_lost: bool = False

    def at_night(self, queries: Sequence[str], as_of: datetime) -> Walk:
        """The walk in which the night of `as_of` goes on, or begins."""
        if self.as_of == as_of:
            return self
        oldest = as_of - SHOWN
        there = [stretch for stretch in self.stretches if stretch.until_at > oldest]
        is_late = self.as_of is not None and self.as_of < oldest
        begun = self.model_copy(
            update={
                "as_of": as_of,
                "counted": 0,
                "estimate": 0,
                "count_read": 0,
                "has_lost": is_late or len(there) < len(self.stretches),
            }
        )
        # A night before the last one has nothing left to read.
        is_back = self.as_of is not None and as_of < self.as_of
        return begun if is_back else begun._with_new_of(queries, there, as_of)

    def _with_new_of(
        self, queries: Sequence[str], there: Sequence[Stretch], as_of: datetime
    ) -> Self:
        """With one stretch a query up to this night; it takes in one that no page was read of."""
        stretches = list(there)
        for query in queries:
            untouched = [s for s in stretches if s.query == query and not s.until_id]
            below = untouched[-1] if untouched else None
            stretches = [s for s in stretches if s not in untouched]
            stretches.append(
                Stretch(
                    query=query,
                    since_id=below.since_id if below else self.newest_id,
                    since_at=below.since_at if below else self.newest_at,
                    until_at=as_of - INDEX_DELAY,
                )
            )
        return self.model_copy(update={"stretches": tuple(stretches)})

    def newest_stretch(self) -> Stretch | None:
        """What to read next: the newest that is unread, so that no query starves another."""
        return max(self.stretches, key=lambda stretch: stretch.until_at, default=None)

    def without(self, stretch: Stretch) -> Walk:
        """The walk once `stretch` is older than what X shows."""
        others = tuple(one for one in self.stretches if one != stretch)
        return self.model_copy(update={"stretches": others, "has_lost": True})

    def after_page(
        self, stretch: Stretch, published: Mapping[int, datetime | None], *, is_last: bool
    ) -> Walk:
        """The walk once a page of `stretch` was read: id → moment, None where it is odd."""
        others = tuple(one for one in self.stretches if one != stretch)
        # A page may be empty and not the last: X takes out what it does not show.
        newest, oldest = max(published, default=0), min(published, default=stretch.until_id)
        left = stretch.model_copy(
            update={"until_id": oldest, "until_at": published.get(oldest) or stretch.until_at}
        )
        is_newer = newest > self.newest_id
        return self.model_copy(
            update={
                "stretches": others if is_last else (*others, left),
                "newest_id": max(newest, self.newest_id),
                "newest_at": published[newest] or stretch.until_at if is_newer else self.newest_at,
                "count_read": self.count_read + len(published),
            }
        )
