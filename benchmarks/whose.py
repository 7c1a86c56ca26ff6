"""Whose code runs: our own, or a client library's, asked by a timer each millisecond."""

from __future__ import annotations

__all__ = ["Whose", "watching"]

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

# What speaks with a platform; all that they call (ssl, sockets, JSON) is theirs too.
CLIENTS = frozenset(
    ("mastodon", "tweepy", "instaloader", "feedparser", "requests", "urllib3", "httpx", "httpcore")
)
OURS = frozenset(("cities", "collectors"))
SAMPLE_SECONDS = 0.001


@dataclass(slots=True)
class Whose:
    """Seconds so far, waiting for the platform included, and seconds of the processor.

    A signal stops the measured thread itself. A second thread would wait for the interpreter's
    lock, and so see above all the code that releases it: sockets. Each sample weighs what passed
    since the one before, as a long call into C puts the signal off until it returns.
    """

    seconds: float = 0
    own_seconds: float = 0
    own_processor_seconds: float = 0
    places: Counter[str] = field(default_factory=Counter)
    _last: float = 0
    _last_processor: float = 0

    @property
    def own_share(self) -> float:
        """The part of the time that our code took."""
        return self.own_seconds / self.seconds if self.seconds else 0

    def begin(self) -> None:
        """Count from now on."""
        self._last, self._last_processor = time.perf_counter(), time.thread_time()

    def see(self, _: int, frame: FrameType | None) -> None:
        """Weigh what the thread was doing."""
        now, processor = time.perf_counter(), time.thread_time()
        passed, worked = now - self._last, processor - self._last_processor
        self._last, self._last_processor = now, processor
        self.seconds += passed
        place = _own_place(frame)
        if place:
            self.own_seconds += passed
            self.own_processor_seconds += worked
            self.places[place] += round(worked * 1_000_000)


@contextmanager
def watching() -> Iterator[Whose]:
    """Watch the main thread while the block lasts."""
    whose = Whose()
    before = signal.signal(signal.SIGALRM, whose.see)
    whose.begin()
    signal.setitimer(signal.ITIMER_REAL, SAMPLE_SECONDS, SAMPLE_SECONDS)
    try:
        yield whose
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _own_place(frame: FrameType | None) -> str:
    """The innermost function of ours, '' where a client was called since.

    So a call back from a client into our code counts as ours, and what neither is (pydantic,
    gzip, the standard library) belongs to who called it.
    """
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        room = module.partition(".")[0]
        if room in CLIENTS:
            return ""
        if room in OURS:
            return f"{module}.{frame.f_code.co_qualname}"
        frame = frame.f_back
    return ""
