"""Recent posts of X that name the city."""

from __future__ import annotations

__all__ = ["XRecentSearch"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from cities.model import City
from cities.settings import Settings
from cities.sources import XSource
from collectors.paging import Cursor, Declaration, Page, Probe
from collectors.recent import Recent
from collectors.sources.x.client import SMALLEST_PAGE, XClient
from collectors.sources.x.night import XNight
from collectors.sources.x.purse import Prices, dollars
from collectors.sources.x.query import queries_of
from collectors.sources.x.records import PLATFORM
from collectors.sources.x.walk import SHOWN, Walk
from collectors.waiting import Patience


@dataclass(frozen=True, slots=True)
class XRecentSearch:
    """The recent search of X under the city's names, within a budget; every read is paid.

    X shows seven days, newest first. Each query is read downward from the night to the newest
    post of the night before; what a budget leaves is a hole that the cursor remembers, read after
    the newest posts of the next nights. Then posts of the last days are read back by id, as far as
    the budget goes: changed figures become posts, missing ones become gone.
    """

    declaration: ClassVar[Declaration] = Declaration(
        platform=PLATFORM,
        key="post: X's number; author: the user name, lower case",
        cursor="the highest id read, the stretches that are still unread, the spending by UTC day",
        second_run="reads what is newer than that id, then the holes, then reads back 7 days",
    )

    source: XSource
    queries: tuple[str, ...]
    client: XClient
    prices: Prices
    patience: Patience

    @classmethod
    def open(cls, city: City, source: XSource, settings: Settings) -> Self:
        """The source as the city file declares it; `CredentialError` without a token."""
        client = XClient(source.source_id, settings)
        queries = queries_of(city, source.language)
        return cls(source, queries, client, Prices.of(source.budget), Patience())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def pages(self, cursor: Cursor, recent: Recent, as_of: datetime) -> Iterator[Page]:
        """Search, then read back, as far as the budget goes."""
        walk = Walk.model_validate(cursor).at_night(self.queries, as_of)
        night = XNight(self.client, recent, walk, source=self.source, as_of=as_of)
        yield from night.read(self.queries)

    def probe(self, as_of: datetime) -> Probe:  # noqa: ARG002 - X's own hours bound the sample
        """Count the posts of the first query, and read the hour that holds the fewest of them.

        It knows nothing of what the nights have spent, so it says what it costs itself.
        """
        query = self.queries[0]
        buckets = self.patience.call(lambda: self.client.counts(query))
        counted = [b for b in buckets if isinstance(b, dict) and _count(b) > 0]
        total = sum(map(_count, counted))
        # The first and the last hour are cut short, and lie at the edge of what may be asked.
        inner = [b for b in counted if b not in (buckets[0], buckets[-1])]
        sample, cost = 0, self.prices.count
        if inner:
            hour = min(inner, key=_count)
            answer = self.patience.call(
                lambda: self.client.search(
                    query, size=SMALLEST_PAGE, start_time=hour["start"], end_time=hour["end"]
                )
            )
            found = answer.get("data")
            sample = len(found) if isinstance(found, list) else 0
            cost += self.prices.of_posts(sample)
        return Probe(sample or total, self.client.quota_left, self._sentence(total, cost))

    def _sentence(self, total: int, cost: int) -> str:
        night = self.prices.of_posts(total * len(self.queries) // SHOWN.days)
        return (
            f"X counts {total} posts of the last seven days under the first of "
            f"{len(self.queries)} queries, about {dollars(night)} USD a night at most; the budget "
            f"is {dollars(self.prices.night)} USD a night and {dollars(self.prices.month)} a "
            f"month; this check cost at most {dollars(cost)} USD beside it"
        )


def _count(bucket: Any) -> int:
    count = bucket.get("tweet_count")
    return count if isinstance(count, int) else 0
