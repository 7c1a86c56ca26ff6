"""The authors whom a source landed, to tell when one of them no longer wants to be found.

An author may opt out months after a post that is still kept. Only a short keyed hash and a day are
remembered, no longer than the author's last post is kept.
"""

from __future__ import annotations

__all__ = ["KnownAuthors"]

from collections.abc import Iterable, Mapping
from datetime import date

# 64 bits tell a million authors apart, and keep a state of 50,000 below 2 MB.
HASH_LENGTH = 16


class KnownAuthors:
    """Short keyed hash of an author → the day of their last landed post."""

    def __init__(self, days: Mapping[str, date] | None = None) -> None:
        self._days = dict(days or {})

    def __contains__(self, author_hash: str) -> bool:
        return author_hash[:HASH_LENGTH] in self._days

    def days(self) -> dict[str, date]:
        """All entries."""
        return dict(self._days)

    def put(self, author_hash: str, day: date) -> None:
        """Note that a post of that day was landed."""
        short = author_hash[:HASH_LENGTH]
        self._days[short] = max(day, self._days.get(short, day))

    def drop(self, author_hash: str) -> None:
        """Forget an author who is gone."""
        self._days.pop(author_hash[:HASH_LENGTH], None)

    def prune(self, oldest: date, blocked: Iterable[str]) -> None:
        """Forget whose posts are older than what is kept, and all who are now blocked."""
        self._days = {short: day for short, day in self._days.items() if day >= oldest}
        for author_hash in blocked:
            self.drop(author_hash)
