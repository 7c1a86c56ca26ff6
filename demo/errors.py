"""What can go wrong with a world folder::

PortevoixError
└── WorldError    stop: the folder must be mended, or made anew
"""

from __future__ import annotations

__all__ = ["WorldError"]

from cities.errors import PortevoixError


class WorldError(PortevoixError):
    """A world folder that cannot be read; names the file, the line, the field and the mend."""
