"""What can go wrong with scoring, by what the caller can do about it::

ScoringError
└── NothingScoredError   run a night first
"""

from __future__ import annotations

__all__ = ["NothingScoredError", "ScoringError"]

from cities.errors import PortevoixError


class ScoringError(PortevoixError):
    """The scores cannot be made; one sentence that names the mend."""


class NothingScoredError(ScoringError):
    """No night has scored anything yet, so there is nothing to score anew."""
