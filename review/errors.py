"""What the pages refuse, by what the reader can do about it::

ReviewError
├── NotLoopbackError   stop: the pages must not be served to other machines
├── PortTakenError     stop: another program listens there
└── NoSnapshotError    come back later: no night of this city has been published
"""

from __future__ import annotations

__all__ = ["NoSnapshotError", "NotLoopbackError", "PortTakenError", "ReviewError"]

from cities.errors import PortevoixError


class ReviewError(PortevoixError):
    """Root of what the pages refuse; one sentence for the person at the keyboard."""


class NotLoopbackError(ReviewError):
    """The pages were asked to listen on an address that other machines reach."""


class PortTakenError(ReviewError):
    """Another program listens on that port."""


class NoSnapshotError(ReviewError):
    """A city has no published snapshot, or its newest one cannot be opened."""
