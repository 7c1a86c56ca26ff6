"""One night's reading of X: each question is paid for before it is asked."""

from __future__ import annotations

__all__ = ["XNight"]

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cities.folder import run_id_of
from cities.sources import XSource
from collectors.errors import PayloadError
from collectors.paging import Page
from collectors.recent import Recent
from collectors.sources.x.client import IDS_PAGE, LARGEST_PAGE, SMALLEST_PAGE, XClient
from collectors.sources.x.parsing import counted_of, page_of, published_of
from collectors.sources.x.purse import Prices, Purse, dollars
from collectors.sources.x.till import Till
from collectors.sources.x.walk import SHOWN, Stretch, Walk

logger = logging.getLogger(__name__)

# A try that comes an hour later must not ask for what has left the seven days meanwhile.
EDGE = timedelta(hours=1)


class XNight:
    """Counts, searches, reads back; ends where the budget ends.

    Before each question a page without records is yielded whose cursor holds what the question
    may cost at worst: the run makes it durable, so a kill at any moment forgets no spending.
    """

    def __init__(
        self,
        client: XClient,
        recent: Recent,
        walk: Walk,
        *,
        source: XSource,
        as_of: datetime,
    ) -> None:
        self._client = client
        self._recent = recent
        self._walk = walk
        self._who = source.source_id
        self._as_of = as_of
        self._prices = Prices.of(source.budget)
        self._purse = Purse(walk.spent, self._prices, as_of)
        self._till = Till(client, self._prices, self._purse, self._mark)
        self._tokens: dict[Stretch, tuple[Mapping[str, Any], str]] = {}
        self._last_token = ""
        self._count_unread = 0

    def read(self, queries: Sequence[str]) -> Iterator[Page]:
        """All pages of the night."""
        yield from self._count(queries)
        yield from self._search(queries)
        yield from self._read_back()
        logger.info(
            "%s: about %d posts counted, %d read; %s USD spent tonight, %s this month",
            self._who,
            self._walk.estimate,
            self._walk.count_read,
            dollars(self._purse.tonight),
            dollars(self._purse.this_month),
        )
        yield Page((), self._cursor(), note=self._note())

    def _count(self, queries: Sequence[str]) -> Iterator[Page]:
        """How much there is to read, where at least one page can be paid for after the answer."""
        price = self._prices.count
        while self._walk.stretches and self._walk.counted < len(queries):
            if self._purse.left < price + self._prices.of_posts(SMALLEST_PAGE):
                return
            query = queries[self._walk.counted]
            buckets = yield from self._till.ask(price, partial(_counts, query=query))
            stretches = [s for s in self._walk.stretches if s.query == query]
            found = sum(counted_of(bucket, stretches) for bucket in buckets)
            self._walk = self._walk.model_copy(
                update={
                    "counted": self._walk.counted + 1,
                    "estimate": self._walk.estimate + found,
                }
            )

    def _page_size(self, queries: Sequence[str]) -> int:
        """No larger than what is still expected: a kill loses what was reserved."""
        if self._walk.counted < len(queries):
            return LARGEST_PAGE
        expected = self._walk.estimate - self._walk.count_read
        return min(LARGEST_PAGE, max(SMALLEST_PAGE, expected))

    def _search(self, queries: Sequence[str]) -> Iterator[Page]:
        """The newest unread first, until all is read or the budget is."""
        while (stretch := self._walk.newest_stretch()) is not None:
            if stretch.until_at <= self._oldest:
                self._walk = self._walk.without(stretch)
                continue
            size = self._prices.posts_for(self._purse.left, most=self._page_size(queries))
            if size < SMALLEST_PAGE:
                return
            bounds, token = self._tokens.pop(stretch, (self._bounds(stretch), ""))
            cost = self._prices.of_posts(size)
            answer = yield from self._till.ask(
                cost,
                partial(_found, query=stretch.query, size=size, next_token=token, **bounds),
            )
            self._till.settle(cost, answer)
            yield self._page_of_search(stretch, bounds, answer)

    @property
    def _oldest(self) -> datetime:
        """The earliest moment that may be asked for: X refuses what lies before its seven days."""
        # A night that is run late is seen at the hour of the answers, not at its own.
        now = max(self._as_of, self._client.answered_at or self._as_of)
        return now - SHOWN + EDGE

    def _bounds(self, stretch: Stretch) -> dict[str, Any]:
        # Without a lower bound, the search ends by itself where X ends.
        is_asked = stretch.since_at is not None and stretch.since_at > self._oldest
        return {
            "since_id": stretch.since_id if is_asked else 0,
            "until_id": stretch.until_id,
            "end_time": None if stretch.until_id else stretch.until_at,
        }

    def _page_of_search(
        self, stretch: Stretch, bounds: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Page:
        published = published_of(answer)
        token = str(_meta(answer).get("next_token") or "")
        self._refuse_standstill(stretch, published, answer, token)
        self._walk = self._walk.after_page(stretch, published, is_last=not token)
        if token:
            self._tokens[self._walk.stretches[-1]] = (bounds, token)
        # Two queries may find one post: it lands once a night.
        known = {str(number) for number in published if str(number) in self._recent}
        landed = known.difference(self._recent.unseen(run_id_of(self._as_of))) if known else known
        position = f"search below {stretch.until_id or 'this night'}"
        return page_of(
            answer,
            as_of=self._as_of,
            cursor=self._cursor(),
            position=position,
            without=landed,
        )

    def _refuse_standstill(
        self,
        stretch: Stretch,
        published: Mapping[int, datetime | None],
        answer: Mapping[str, Any],
        token: str,
    ) -> None:
        """`PayloadError` when going on would ask, and pay, for the same page again."""
        if not published and (answer.get("data") or _meta(answer).get("result_count")):
            raise PayloadError(f"{self._who}: posts of X come without ids; update Portevoix")
        is_again = stretch.until_id and min(published, default=0) >= stretch.until_id
        if token and (is_again or token == self._last_token):
            raise PayloadError(f"{self._who}: X gives the same page again; try again later")
        self._last_token = token

    def _read_back(self) -> Iterator[Page]:
        """Recent posts that tonight has not met, those first that were not read for longest."""
        posts = self._recent.posts()
        duty = sorted(
            self._recent.unseen(run_id_of(self._as_of)),
            key=lambda number: (posts[number].run_id, int(number)),
        )
        while duty:
            size = self._prices.posts_for(self._purse.left, most=IDS_PAGE)
            if size < 1:
                break
            numbers, duty = duty[:size], duty[size:]
            cost = self._prices.of_posts(len(numbers))
            answer = yield from self._till.ask(cost, partial(_posts, numbers=numbers))
            self._till.settle(cost, answer)
            yield page_of(
                answer,
                as_of=self._as_of,
                cursor=self._cursor(),
                position=f"read back from {numbers[0]}",
                asked=numbers,
            )
        self._count_unread = len(duty)

    def _cursor(self) -> dict[str, Any]:
        self._walk = self._walk.model_copy(update={"spent": self._purse.spent})
        return self._walk.model_dump(mode="json")

    def _mark(self) -> Page:
        return Page((), self._cursor(), is_to_keep_now=True)

    def _note(self) -> str:
        """What is left, in a sentence; empty when nothing is."""
        parts = []
        if self._walk.stretches:
            limit = self._purse.tightest
            counted = f" of about {self._walk.estimate}" if self._walk.counted else ""
            amount = self._prices.night if limit == "night" else self._prices.month
            parts.append(
                f"the budget of the {limit} ({dollars(amount)} USD) ended after "
                f"{self._walk.count_read} posts{counted}; the next nights read on, X shows seven "
                "days; raise the budget or narrow the names"
            )
        if self._count_unread:
            parts.append(f"{self._count_unread} recent posts could not be paid to be read again")
        if self._walk.has_lost:
            parts.append("posts older than the seven days that X shows were missed")
        return f"{self._who}: {'; '.join(parts)}" if parts else ""


def _counts(client: XClient, *, query: str) -> list[Any]:
    return client.counts(query)


def _found(client: XClient, *, query: str, size: int, **bounds: Any) -> dict[str, Any]:
    return client.search(query, size=size, **bounds)


def _posts(client: XClient, *, numbers: Sequence[str]) -> dict[str, Any]:
    return client.posts(numbers)


def _meta(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = answer.get("meta")
    return meta if isinstance(meta, dict) else {}
