"""Paying for questions to X: reserved durably before, settled after."""

from __future__ import annotations

__all__ = ["Till"]

from collections.abc import Callable, Generator, Mapping
from typing import Any

from collectors.errors import CollectError
from collectors.paging import Page
from collectors.sources.x.client import XClient
from collectors.sources.x.purse import Prices, Purse
from collectors.waiting import Patience

TRIES = 3


class Till:
    """Asks only what is paid for. `mark` gives a page that makes the cursor durable at once."""

    def __init__(
        self, client: XClient, prices: Prices, purse: Purse, mark: Callable[[], Page]
    ) -> None:
        self._client = client
        self._prices = prices
        self._purse = purse
        self._mark = mark
        self._patience = Patience()
        # X bills a resource once a UTC day: those that this process was billed for, by day.
        self._billed: set[tuple[str, str, str]] = set()

    def ask(self, cost: int, question: Callable[[XClient], Any]) -> Generator[Page, None, Any]:
        """The answer to a question that may cost so much at worst; each try is paid anew.

        A refusal gives nothing and costs nothing; of an answer that was cut nobody knows, so it
        stays paid. Raises the trouble when it lasts, or when no other try can be paid for.
        """
        for tries_left in reversed(range(TRIES)):
            self._purse.pay(cost)
            yield self._mark()
            try:
                return question(self._client)
            except CollectError as error:
                trouble = error
            if self._client.has_refused:
                self._purse.pay(-cost)
            yield self._mark()
            if not tries_left or self._purse.left < cost:
                raise trouble
            self._pause(trouble)
        raise AssertionError("the last try returns or raises")

    def settle(self, reserved: int, answer: Mapping[str, Any]) -> None:
        """Replace what was reserved by what the answer costs."""
        when = self._client.answered_at
        day = when.date().isoformat() if when else ""
        included = answer.get("includes")
        users = included.get("users") if isinstance(included, dict) else None
        posts = self._count_new(day, "post", answer.get("data"))
        authors = self._count_new(day, "user", users)
        self._purse.pay(posts * self._prices.post + authors * self._prices.author - reserved)

    def _count_new(self, day: str, kind: str, items: Any) -> int:
        count = 0
        for item in items if isinstance(items, list) else ():
            key = (day, kind, str(item.get("id") or "") if isinstance(item, dict) else "")
            # What has no id or no day cannot be told from another: it counts.
            count += key not in self._billed or not all(key)
            self._billed.add(key)
        return count

    def _pause(self, trouble: CollectError) -> None:
        """Wait as long as the house waits after that trouble; raise it when that is too long."""
        told = iter((trouble,))

        def once() -> None:
            for one in told:
                raise one

        self._patience.call(once)
