"""What X bills: each post and user once a UTC day, each count."""

from __future__ import annotations

__all__ = ["XBill"]

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from typing import Any


class XBill:
    """The bill of one app, by UTC day; thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._billed: set[tuple[str, str, str]] = set()
        self._counts: Counter[str] = Counter()

    def add(
        self,
        now: datetime,
        *,
        posts: Iterable[Mapping[str, Any]],
        users: Iterable[Mapping[str, Any]],
    ) -> None:
        """Bill what an answer holds."""
        day = now.date().isoformat()
        with self._lock:
            self._billed.update((day, "posts", str(post["id"])) for post in posts)
            self._billed.update((day, "users", str(user["id"])) for user in users)

    def count(self, now: datetime) -> None:
        """Bill one count."""
        with self._lock:
            self._counts[now.date().isoformat()] += 1

    def lines(self) -> dict[str, dict[str, int]]:
        """UTC day → posts, users, counts."""
        with self._lock:
            days = {day for day, _, _ in self._billed} | set(self._counts)
            read = Counter((day, kind) for day, kind, _ in self._billed)
            return {
                day: {
                    "posts": read[day, "posts"],
                    "users": read[day, "users"],
                    "counts": self._counts[day],
                }
                for day in sorted(days)
            }
