"""What can go wrong with the warehouse, by what the caller can do about it::

WarehouseError
├── WarehouseBusyError   wait, or come back later: another process holds the file
├── MigrationError       stop: the file is newer than this code, or a migration fails
└── CheckError           stop: a law of the data is broken; the load was undone
"""

from __future__ import annotations

__all__ = ["CheckError", "MigrationError", "WarehouseBusyError", "WarehouseError", "cause_of"]

import duckdb

from cities.errors import PortevoixError

# Their messages speak of SQL and files; those of the other classes may quote a value, so a text
# or a handle, and never leave this room.
SPEAKABLE = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
)


class WarehouseError(PortevoixError):
    """The warehouse cannot do what was asked; one sentence that names file and mend."""


class WarehouseBusyError(WarehouseError):
    """Another process or thread holds the warehouse, and did not let go in time."""


class MigrationError(WarehouseError):
    """The schema cannot be brought to today's."""


class CheckError(WarehouseError):
    """A check returned rows: the data breaks the law that the check's file states."""


def cause_of(error: duckdb.Error) -> str:
    """What may be said of a DuckDB error: its first line, or its class when it may quote data."""
    if isinstance(error, SPEAKABLE):
        return str(error).splitlines()[0]
    return type(error).__name__
