"""How many requests a host still grants: a fixed window, as the platforms count."""

from __future__ import annotations

__all__ = ["Quota", "Standing"]

import time
from dataclasses import dataclass
from threading import Lock

from demo.limits import PlatformLimits


@dataclass(frozen=True, slots=True)
class Standing:
    """After one request: what is left of the window, and in how many seconds it ends."""

    limit: int
    remaining: int
    reset_seconds: int
    is_over: bool


class Quota:
    """The window of one host. It runs on real seconds: the world's clock stands still."""

    def __init__(self, limits: PlatformLimits) -> None:
        self._limits = limits
        self._lock = Lock()
        self._used = 0
        self._began = time.monotonic()

    def take(self) -> Standing:
        """Count one request."""
        with self._lock:
            elapsed = time.monotonic() - self._began
            if elapsed >= self._limits.window_seconds:
                self._restart()
                elapsed = 0.0
            self._used += 1
            left = self._limits.requests - self._used
            wait = max(1, int(self._limits.window_seconds - elapsed) + 1)
            return Standing(self._limits.requests, max(0, left), wait, left < 0)

    def renew(self) -> None:
        """Begin a new window: the world's clock has moved."""
        with self._lock:
            self._restart()

    def _restart(self) -> None:
        self._used = 0
        self._began = time.monotonic()
