"""How far each site was read: the cursor of a source of blogs."""

from __future__ import annotations

__all__ = ["BELOW_FIRST", "Pending", "Reading", "SiteReading"]

from collections.abc import Iterable
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, Field

from collectors.opener import Marks

# Entries below the first page that stay known.
BELOW_FIRST = 30


class Pending(BaseModel):
    """What becomes true of a site when tonight's last page is durable.

    `page`: the next one to ask for. `window`, `dates`: as in `SiteReading`; `count_first`: how
    many of them the first page held.
    """

    page: int = 1
    window: dict[str, str] = Field(default_factory=dict)
    dates: dict[str, AwareDatetime | None] = Field(default_factory=dict)
    count_first: int = 0
    etag: str = ""
    modified: str = ""


class SiteReading(BaseModel):
    """One site. `feed`: the address of its feed; `etag`, `modified`: its last marks.

    `window`: short hash of each entry on the first page, and of some below → mark of what it
    said. `dates`: the date that we gave to an entry which has none of its own; None where none
    can be given. `is_over`: read tonight, or refused for `refusal`.
    """

    feed: str = ""
    etag: str = ""
    modified: str = ""
    window: dict[str, str] = Field(default_factory=dict)
    dates: dict[str, AwareDatetime | None] = Field(default_factory=dict)
    pending: Pending = Pending()
    is_over: bool = False
    refusal: str = ""

    @property
    def marks(self) -> Marks:
        """The conditions of the next question."""
        return Marks(self.etag, self.modified)

    def at_night(self, *, is_lens_same: bool) -> SiteReading:
        """Before the first question of a night; all is read anew when the lens changed."""
        if not is_lens_same:
            return SiteReading(feed=self.feed, dates=self.dates)
        return self.model_copy(update={"pending": Pending(), "is_over": False, "refusal": ""})

    def turned(self, pending: Pending, *, is_last: bool) -> SiteReading:
        """After a page: go on from `pending`, or be done and keep what was read as window."""
        if not is_last:
            return self.model_copy(update={"pending": pending})
        # An entry that goes lets an older one come up to the first page: it must be known there.
        known = list((pending.window | _others(self.window, pending.window)).items())
        window = dict(known[: pending.count_first + BELOW_FIRST])
        dates = self.dates | pending.dates
        return self.model_copy(
            update={
                "pending": Pending(),
                "is_over": True,
                "etag": pending.etag,
                "modified": pending.modified,
                "window": window,
                "dates": {key: day for key, day in dates.items() if key in window},
            }
        )


def _others(window: dict[str, str], without: dict[str, str]) -> dict[str, str]:
    return {key: mark for key, mark in window.items() if key not in without}


class Reading(BaseModel):
    """The cursor: the night, what is kept of a site (`lens`), and each site by its address."""

    as_of: AwareDatetime | None = None
    lens: str = ""
    sites: dict[str, SiteReading] = Field(default_factory=dict)

    def at_night(self, as_of: datetime, addresses: Iterable[str], lens: str) -> Reading:
        """The reading with which the night begins, or goes on."""
        if self.as_of == as_of and self.lens == lens:
            return self
        last = {address: self.sites.get(address, SiteReading()) for address in addresses}
        is_same = self.lens == lens
        sites = {a: site.at_night(is_lens_same=is_same) for a, site in last.items()}
        return Reading(as_of=as_of, lens=lens, sites=sites)

    def put(self, address: str, site: SiteReading) -> Reading:
        """The reading with one site moved on."""
        return self.model_copy(update={"sites": {**self.sites, address: site}})
