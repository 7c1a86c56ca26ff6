"""What can stop an operator's act::

OperateError
├── NightFailedError     the run failed: the sentence names what is missing
├── ImportRefusedError   a file was not taken: the sentence says what to mend
└── BackupError          nothing was copied, nothing was replaced
"""

from __future__ import annotations

__all__ = ["BackupError", "ImportRefusedError", "NightFailedError", "OperateError"]

from cities.errors import PortevoixError


class OperateError(PortevoixError):
    """Root of what an operator's act raises."""


class NightFailedError(OperateError):
    """A night ended without all of its parts."""


class ImportRefusedError(OperateError):
    """A file of another tool was not taken, or not to its end."""


class BackupError(OperateError):
    """A backup or a restore was refused; what stands was not touched."""
