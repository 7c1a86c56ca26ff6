"""Openings announced in the BODACC, the official bulletin of civil and commercial notices."""

from __future__ import annotations

__all__ = ["OVERLAP", "BodaccOpenings"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from pydantic import AwareDatetime, BaseModel, Field

from cities.model import City
from cities.settings import Settings
from cities.sources import BodaccSource
from collectors.paging import Cursor, Declaration, Page, Probe, sift
from collectors.recent import Recent
from collectors.records import Base, Opening
from collectors.sources.bodacc.client import DEEPEST_ROW, PAGE, BodaccClient, Reply
from collectors.sources.bodacc.records import REGISTER, Notice, Town, digest_of, records_of
from collectors.waiting import Patience

WINDOW = timedelta(days=31)
DAY = timedelta(days=1)
# Notices are corrected and cancelled after days; a month covers nearly all.
OVERLAP = timedelta(days=30)

Parsed = tuple[Notice, tuple[Base, ...]]


class Reading(BaseModel):
    """The cursor. `start` … `end`: the window being read, from row `offset` on.

    `read_until`: the last day of nights that ended. `landed`: notice → digest of what was landed,
    for the days that are read again, so that an unchanged notice does not land twice.
    """

    as_of: AwareDatetime | None = None
    start: date | None = None
    end: date | None = None
    offset: int = 0
    read_until: date | None = None
    landed: dict[str, tuple[date, str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BodaccOpenings:
    """New businesses of the commune, by the day of their notice.

    Only traders of the commercial register are announced: no craftsman, no micro-entrepreneur.
    Licence Ouverte 2.0; of a sole trader only the trade name is kept, or the trader's name where
    the register knows no other.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=REGISTER,
        key="opening: the notice's id, with -2, -3 … for its further establishments",
        cursor="the last day read, and the row reached within a window of days",
        second_run="reads the last 30 days again; lands notices that are new or changed",
    )

    source: BodaccSource
    departement: str
    town: Town
    client: BodaccClient
    patience: Patience

    @classmethod
    def open(cls, city: City, source: BodaccSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        client = BodaccClient(source.source_id, settings)
        commune = city.commune
        return cls(source, commune.departement, Town.of(commune), client, Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def probe(self, as_of: datetime) -> Probe:
        """Read one notice of the last history."""
        last = as_of.date()
        start = last - timedelta(days=self.source.history_days)
        where = self._where(Reading(start=start, end=last))
        reply = self.patience.call(lambda: self.client.notices(where, limit=1))
        return Probe(len(reply.results), reply.quota_left)

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:  # noqa: ARG002 - notices are read again by date, not by id
        """Read window after window, up to the day of `as_of`."""
        reading = self._begin(Reading.model_validate(cursor), as_of)
        while reading.start is not None:
            page, reading = self._next(reading, as_of)
            yield page

    def _begin(self, last: Reading, as_of: datetime) -> Reading:
        if last.as_of == as_of:
            return last
        today = as_of.date()
        history = today - timedelta(days=self.source.history_days)
        start = last.read_until - OVERLAP if last.read_until else history
        landed = {name: mark for name, mark in last.landed.items() if mark[0] >= start}
        return Reading(
            as_of=as_of,
            start=start,
            end=min(start + WINDOW, today),
            read_until=last.read_until,
            landed=landed,
        )

    def _next(self, reading: Reading, as_of: datetime) -> tuple[Page, Reading]:
        """The next page of a window, and the reading after it."""
        reply = self.patience.call(
            lambda: self.client.notices(self._where(reading), offset=reading.offset)
        )
        if reply.total_count > DEEPEST_ROW and reading.end != reading.start:
            halved = _halved(reading)
            return Page((), halved.model_dump(mode="json")), halved
        where = f"{reading.start} to {reading.end}, row {reading.offset}"
        notices, odd_notices = sift(reply.results, Notice.model_validate, position=where)
        parsed, odd_records = sift(
            notices, lambda notice: self._parsed(notice, as_of), position=f"{where}, sound"
        )
        fresh = [(n, records) for n, records in parsed if _is_fresh(n, records, reading)]
        after = _after(reading, reply, as_of.date(), fresh)
        page = Page(
            _last_word(record for _, records in fresh for record in records),
            after.model_dump(mode="json"),
            odd=(*odd_notices, *odd_records),
        )
        return page, after

    def _parsed(self, notice: Notice, as_of: datetime) -> Parsed:
        return notice, records_of(notice, town=self.town, as_of=as_of)

    def _where(self, reading: Reading) -> str:
        postcodes = ", ".join(f'"{postcode}"' for postcode in sorted(self.town.postcodes))
        return (
            f'familleavis="creation" and numerodepartement="{self.departement}"'
            f" and cp in ({postcodes})"
            f" and dateparution>=date'{reading.start}' and dateparution<=date'{reading.end}'"
        )


def _is_fresh(notice: Notice, records: tuple[Base, ...], reading: Reading) -> bool:
    known = reading.landed.get(notice.id)
    return bool(records) and (known is None or known[1] != digest_of(records))


def _last_word(records: Iterable[Base]) -> tuple[Base, ...]:
    """Of an opening and its correction in one page, the later."""
    last: dict[str, Base] = {}
    for record in records:
        key = record.opening_id if isinstance(record, Opening) else record.model_dump_json()
        last[key] = record
    return tuple(last.values())


def _after(reading: Reading, reply: Reply, today: date, fresh: Iterable[Parsed]) -> Reading:
    """The next rows of the window, else the next window, else the end."""
    marks = {n.id: (n.dateparution, digest_of(records)) for n, records in fresh}
    landed = {**reading.landed, **marks}
    next_row = reading.offset + PAGE
    if reply.results and next_row < min(reply.total_count, DEEPEST_ROW):
        return reading.model_copy(update={"offset": next_row, "landed": landed})
    start = (reading.end or today) + DAY
    if start > today:
        return Reading(as_of=reading.as_of, read_until=today, landed=landed)
    window = {"start": start, "end": min(start + WINDOW, today), "offset": 0}
    return reading.model_copy(update={**window, "landed": landed})


def _halved(reading: Reading) -> Reading:
    """The first half of a window that holds more than the register lets one read."""
    start, end = reading.start or date.min, reading.end or date.max
    return reading.model_copy(update={"end": start + (end - start) // 2})
