"""Waiting and trying again: a few seconds inside a task, never more than a minute in all.

Longer waits are not slept: the source says when to return, and the scheduler comes back.
"""

from __future__ import annotations

__all__ = ["Patience", "wait_from_headers"]

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from collectors.errors import PayloadError, WaitError

Result = TypeVar("Result")

TRIES = 3
LONGEST_RUN_SLEEP_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.3
# Our clock and the server's differ a little: asking at the very second is asking too early.
MARGIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class AskedWait:
    """What a platform asked for: how long, and until when by its own clock."""

    seconds: float | None
    until: datetime | None


class Patience:
    """Tries a call again while it fails in passing, out of one budget of sleep for the run.

    A `WaitError` that says how long is waited for when the budget allows, else raised at once; one
    that does not say, and a `PayloadError`, are tried three times in a few seconds.
    """

    def __init__(self, budget_seconds: float = LONGEST_RUN_SLEEP_SECONDS) -> None:
        self._left_seconds = budget_seconds

    def call(self, attempt: Callable[[], Result]) -> Result:
        """The result of `attempt`; raises its last error when patience ends."""
        retrying = Retrying(
            retry=retry_if_exception(self._is_worth_waiting),
            stop=stop_after_attempt(TRIES),
            wait=self._pause_seconds,
            reraise=True,
        )
        return retrying(attempt)

    def _is_worth_waiting(self, error: BaseException) -> bool:
        if isinstance(error, WaitError):
            return (error.wait_seconds or 0.0) + MARGIN_SECONDS <= self._left_seconds
        return isinstance(error, PayloadError)

    def _pause_seconds(self, call: RetryCallState) -> float:
        error = call.outcome.exception() if call.outcome else None
        asked = error.wait_seconds if isinstance(error, WaitError) else None
        pause = FIRST_PAUSE_SECONDS * 2 ** (call.attempt_number - 1)
        seconds = min(self._left_seconds, pause if asked is None else asked + MARGIN_SECONDS)
        self._left_seconds -= seconds
        return seconds


def wait_from_headers(headers: Mapping[str, str]) -> AskedWait:
    """How long a reply asks to wait, from its own headers alone: no clock of ours is needed.

    Reads `Retry-After` (seconds or a date), else `X-RateLimit-Reset` (ISO 8601 or epoch seconds)
    against `Date`.
    """
    now = _moment(headers.get("Date"))
    after = headers.get("Retry-After", "").strip()
    if after.isdigit():
        return AskedWait(float(after), _until(now, float(after)))
    until = _moment(after) or _moment(headers.get("X-RateLimit-Reset"))
    seconds = max(0.0, (until - now).total_seconds()) if until and now else None
    return AskedWait(seconds, until)


def _until(now: datetime | None, seconds: float) -> datetime | None:
    return datetime.fromtimestamp(now.timestamp() + seconds, UTC) if now else None


def _moment(text: str | None) -> datetime | None:
    """A moment written as an HTTP date, ISO 8601 or epoch seconds; None when it is neither."""
    if not text:
        return None
    readers: tuple[Callable[[str], Any], ...] = (
        _epoch,
        parsedate_to_datetime,
        datetime.fromisoformat,
    )
    for read in readers:
        try:
            moment: datetime = read(text)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _epoch(text: str) -> datetime:
    seconds = float(text)
    if not math.isfinite(seconds):
        raise ValueError("not a moment")
    return datetime.fromtimestamp(seconds, UTC)
