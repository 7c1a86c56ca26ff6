"""What can go wrong in outreach::

OutreachError
├── TradeDataError   stop: trades.yaml or activities.yaml is broken
└── ErasureError     stop: something of the person could not be erased
"""

from __future__ import annotations

__all__ = ["ErasureError", "OutreachError", "TradeDataError"]

from cities.errors import PortevoixError


class OutreachError(PortevoixError):
    """Root of what outreach raises."""


class TradeDataError(OutreachError):
    """The trades or the activities do not have the stated form."""


class ErasureError(OutreachError):
    """A store still holds the person after erasure; the sentence names the files."""
