"""What can go wrong when somebody decides, by what they can do about it::

    DecisionError
    ├── MalformedError  mend the value: it does not have the stated form
    ├── UnknownError    look again: no such member, occasion, invitation, correction
    ├── RefusedError    do something else first, or nothing: it contradicts what is decided
    └── StoreError      try again, or have the operator mend the store

Sentences name the field and the mend, never an account or a person.
"""

from __future__ import annotations

__all__ = ["DecisionError", "MalformedError", "RefusedError", "StoreError", "UnknownError"]

from cities.errors import PortevoixError


class DecisionError(PortevoixError):
    """Root of what the decisions store raises; the act was not done, nothing was written."""


class MalformedError(DecisionError):
    """A value does not have the form that its field asks for."""


class UnknownError(DecisionError):
    """The city has no decision of this id."""


class RefusedError(DecisionError):
    """The act contradicts what people have decided already."""


class StoreError(DecisionError):
    """The store cannot be used now: busy, out of reach, or made by a newer Portevoix."""
