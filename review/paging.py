"""Lists in pages of 25."""

from __future__ import annotations

__all__ = ["PAGE_SIZE", "Paging", "window"]

from dataclasses import dataclass

from fastapi import HTTPException

from review.snapshot import Row

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a list stands: `page` from 1, `count_all` rows on all pages."""

    page: int
    count_all: int

    @classmethod
    def of(cls, rows: list[Row], *, page: int) -> Paging:
        """The paging of one page's rows, each with `count_all`; 404 past the last page."""
        if not rows and page > 1:
            raise HTTPException(404)
        return cls(page, rows[0]["count_all"] if rows else 0)

    @property
    def count_pages(self) -> int:
        """How many pages there are, one at least."""
        return max(-(-self.count_all // PAGE_SIZE), 1)

    @property
    def first(self) -> int:
        """The number of this page's first row, from 1."""
        return min((self.page - 1) * PAGE_SIZE + 1, self.count_all)

    @property
    def last(self) -> int:
        """The number of this page's last row."""
        return min(self.page * PAGE_SIZE, self.count_all)


def window(page: int) -> dict[str, int]:
    """The bound parameters of one page: limit and offset."""
    return {"limit": PAGE_SIZE, "offset": (page - 1) * PAGE_SIZE}
