"""New establishments of the commune in Sirene, Insee's register of all businesses."""

from __future__ import annotations

__all__ = ["ARRONDISSEMENTS", "SireneEstablishments"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from pydantic import AwareDatetime, BaseModel, Field

from cities.model import City
from cities.settings import Settings
from cities.sources import SireneSource
from collectors.paging import Cursor, Declaration, Page, Probe, sift
from collectors.recent import Recent
from collectors.records import Base, Gone
from collectors.sources.sirene.client import START, SireneClient
from collectors.sources.sirene.records import (
    PARIS,
    REGISTER,
    Establishment,
    digest_of,
    opening_of,
)
from collectors.waiting import Patience

# Sirene knows the three great cities by their arrondissements only.
ARRONDISSEMENTS: dict[str, tuple[str, ...]] = {
    "75056": tuple(str(number) for number in range(75101, 75121)),
    "69123": tuple(str(number) for number in range(69381, 69390)),
    "13055": tuple(str(number) for number in range(13201, 13217)),
}
# Clocks differ, and a batch of Insee's may be published after the moment that it bears.
OVERLAP = timedelta(hours=24)


class Reading(BaseModel):
    """The cursor. `since`: establishments that Insee touched from then on (Paris, no zone).

    `page`: Insee's own cursor within tonight's question. `landed`: SIRET → the day of its first
    landing and the digest of what was landed, for those whose creation is in the history.
    """

    as_of: AwareDatetime | None = None
    since: datetime | None = None
    page: str | None = None
    treated_until: datetime | None = None
    landed: dict[str, tuple[date, str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SireneEstablishments:
    """Establishments created in the commune, in order of SIRET.

    A day of creation says little: records arrive days or weeks after it, or before. So each night
    asks for what Insee *touched* since the last one, among what was created within the history. A
    new SIRET is often a head office or a sole trader at home: each is a candidate, no more, until
    a person confirms it. Licence Ouverte 2.0 (Insee, base Sirene).
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=REGISTER,
        key="opening: the SIRET",
        cursor="the moment until which Insee's treatments were read, and Insee's page",
        second_run="asks for what was touched since, less a day; lands what is new or changed",
    )

    source: SireneSource
    communes: tuple[str, ...]
    client: SireneClient
    patience: Patience

    @classmethod
    def open(cls, city: City, source: SireneSource, settings: Settings) -> Self:
        """The source as the city file declares it."""
        insee = city.commune.insee
        communes = ARRONDISSEMENTS.get(insee, (insee,))
        return cls(source, communes, SireneClient(source.source_id, settings), Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def probe(self, as_of: datetime) -> Probe:
        """Read one establishment of the history."""
        question = self._question(Reading(), as_of)
        reply = self.patience.call(lambda: self.client.establishments(question, limit=1))
        return Probe(len(reply.establishments), sentence="30 questions a minute are free")

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:  # noqa: ARG002 - establishments are read again by their treatment
        """Read tonight's question page after page."""
        reading = self._begin(Reading.model_validate(cursor), as_of)
        while reading.page is not None:
            page, reading = self._next(reading, as_of)
            yield page

    def _begin(self, last: Reading, as_of: datetime) -> Reading:
        if last.as_of == as_of:
            return last
        history = self._history(as_of)
        landed = {siret: mark for siret, mark in last.landed.items() if mark[0] >= history}
        since = last.treated_until - OVERLAP if last.treated_until else None
        return Reading(
            as_of=as_of,
            since=since,
            page=START,
            treated_until=last.treated_until,
            landed=landed,
        )

    def _next(self, reading: Reading, as_of: datetime) -> tuple[Page, Reading]:
        question, at = self._question(reading, as_of), reading.page or START
        reply = self.patience.call(lambda: self.client.establishments(question, cursor=at))
        where = f"since {reading.since or 'the history'}, page {at if at == START else 'later'}"
        shops, odd = sift(reply.establishments, Establishment.model_validate, position=where)
        tonight = [shop for shop in shops if _paris(shop.treated_at) <= _paris(as_of)]
        parsed, odd_records = sift(
            tonight, lambda shop: self._records_of(shop, reading, as_of), position=f"{where}, sound"
        )
        fresh = [found for found in parsed if found is not None]
        marks = {siret: mark for siret, mark, _ in fresh}
        is_end = reply.next_cursor is None
        after = reading.model_copy(
            update={
                "page": reply.next_cursor,
                "treated_until": _paris(as_of) if is_end else reading.treated_until,
                "landed": {**reading.landed, **marks},
            }
        )
        records = tuple(record for _, _, record in fresh)
        return Page(records, after.model_dump(mode="json"), odd=(*odd, *odd_records)), after

    def _records_of(
        self, shop: Establishment, reading: Reading, as_of: datetime
    ) -> tuple[str, tuple[date, str], Base] | None:
        """What a shop lands as, with its mark; None when it is unchanged, or closed and unknown."""
        known = reading.landed.get(shop.siret)
        published_on = known[0] if known else shop.treated_on
        opening = opening_of(shop, published_on=published_on, as_of=as_of)
        if opening is not None:
            mark = (published_on, digest_of(opening))
            return None if known == mark else (shop.siret, mark, opening)
        if known is None or not known[1]:
            return None
        gone = Gone(
            platform=REGISTER,
            what="opening",
            gone_id=shop.siret,
            reason="withdrawn",
            observed_at=as_of,
        )
        return shop.siret, (published_on, ""), gone

    def _question(self, reading: Reading, as_of: datetime) -> str:
        communes = " OR ".join(f"codeCommuneEtablissement:{code}" for code in self.communes)
        parts = [
            f"({communes})" if len(self.communes) > 1 else communes,
            f"dateCreationEtablissement:[{self._history(as_of)} TO *]",
        ]
        if reading.since is not None:
            parts.append(
                f"dateDernierTraitementEtablissement:[{reading.since:%Y-%m-%dT%H:%M:%S} TO *]"
            )
        return " AND ".join(parts)

    def _history(self, as_of: datetime) -> date:
        return _paris(as_of).date() - timedelta(days=self.source.history_days)


def _paris(moment: datetime) -> datetime:
    """A moment as Insee writes it: local, without zone."""
    return moment if moment.tzinfo is None else moment.astimezone(PARIS).replace(tzinfo=None)
