"""What can go wrong while collecting, by what the run does about it::

CollectError
├── WaitError         land what is there, come back after `retry_at`: a quota, a 5xx, a cut
├── CredentialError   stop this source: its token is missing, expired or refused
├── RefusedError      stop this source: the platform refuses this query (404, robots, terms)
├── PayloadError      skip this record (or this page): it does not have the stated form
└── StateError        stop this source: its state file is broken
"""

from __future__ import annotations

__all__ = [
    "CollectError",
    "CredentialError",
    "PayloadError",
    "RefusedError",
    "StateError",
    "WaitError",
]

from datetime import datetime

from cities.errors import PortevoixError


class CollectError(PortevoixError):
    """Root of what a source raises; one sentence that names the source and the mend."""


class WaitError(CollectError):
    """The platform asks to come back later.

    `wait_seconds` when it said how long (0 or more), `retry_at` when it said when, by its clock.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_at: datetime | None = None,
        wait_seconds: float | None = None,
    ) -> None:
        self.retry_at = retry_at
        self.wait_seconds = wait_seconds
        super().__init__(message)


class CredentialError(CollectError):
    """The source's token is missing, expired or refused."""


class RefusedError(CollectError):
    """The platform refuses this query for good."""


class PayloadError(CollectError):
    """A payload that does not have the form stated by the platform."""


class StateError(CollectError):
    """A state file that cannot be read."""
