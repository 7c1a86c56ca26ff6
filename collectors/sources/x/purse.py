"""What reads of X cost, and what a night and a month may still spend; in millionths of a dollar."""

from __future__ import annotations

__all__ = ["Prices", "Purse", "dollars"]

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal, Self

from cities.sources import Budget

MICRO = 1_000_000
# Two months tell all that a night may have to count.
KEPT = timedelta(days=62)


def dollars(micros: int) -> str:
    """An amount as people read it.

    >>> dollars(1_234_500)
    '1.23'
    """
    return f"{micros / MICRO:.2f}"


@dataclass(frozen=True, slots=True)
class Prices:
    """The budget of the city file; prices rounded up, limits rounded down."""

    post: int
    author: int
    count: int
    night: int
    month: int

    @classmethod
    def of(cls, budget: Budget) -> Self:
        """The prices and limits of a budget."""
        return cls(
            post=_micros(budget.post_usd, ROUND_CEILING),
            author=_micros(budget.author_usd, ROUND_CEILING),
            count=_micros(budget.count_usd, ROUND_CEILING),
            night=_micros(budget.night_usd, ROUND_FLOOR),
            month=_micros(budget.month_usd, ROUND_FLOOR),
        )

    def of_posts(self, count: int) -> int:
        """What so many posts cost at worst: each of another author."""
        return count * (self.post + self.author)

    def posts_for(self, amount: int, *, most: int) -> int:
        """How many posts an amount pays for at worst, up to `most`."""
        one = self.of_posts(1)
        return most if one == 0 and amount >= 0 else max(0, min(most, amount // max(one, 1)))


class Purse:
    """Spent and reserved, by UTC day of the night. It changes as the night goes on.

    What is reserved counts as spent until the answer tells the true amount; killed in between, it
    stays spent, so that no limit is ever passed.
    """

    def __init__(self, spent: Mapping[str, int], prices: Prices, as_of: datetime) -> None:
        self._prices = prices
        self._day = as_of.astimezone(UTC).date().isoformat()
        oldest = (as_of.astimezone(UTC) - KEPT).date().isoformat()
        self._spent = {day: amount for day, amount in spent.items() if day >= oldest}

    @property
    def spent(self) -> dict[str, int]:
        """All that a cursor must keep: UTC day → amount."""
        return dict(self._spent)

    @property
    def tonight(self) -> int:
        """Spent or reserved by nights of this UTC day."""
        return self._spent.get(self._day, 0)

    @property
    def this_month(self) -> int:
        """Spent or reserved by nights of this UTC month."""
        month = self._day[:7]
        return sum(amount for day, amount in self._spent.items() if day.startswith(month))

    @property
    def left(self) -> int:
        """What may still be spent tonight; below 0 when the city file lowered a limit."""
        return min(self._prices.night - self.tonight, self._prices.month - self.this_month)

    @property
    def tightest(self) -> Literal["night", "month"]:
        """The limit that ends first."""
        left_of_month = self._prices.month - self.this_month
        return "month" if left_of_month < self._prices.night - self.tonight else "night"

    def pay(self, amount: int) -> None:
        """Reserve or spend; a negative amount gives back what was reserved too much."""
        self._spent[self._day] = max(0, self.tonight + amount)


def _micros(amount: float, rounding: str) -> int:
    return int((Decimal(str(amount)) * MICRO).to_integral_value(rounding=rounding))
