"""The one way in which a `.sql` file reaches DuckDB.

A file is one statement with bound `$name` parameters; only migrations are scripts.
"""

from __future__ import annotations

__all__ = ["run_script", "run_sql"]

from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError, cause_of


def run_sql(
    connection: duckdb.DuckDBPyConnection, path: Path, **parameters: object
) -> duckdb.DuckDBPyConnection:
    """Run the one statement of `path` with `parameters` bound to its `$name`s.

    Returns the connection, to fetch from. Raises `WarehouseError` that names the file.
    """
    try:
        return connection.execute(_read(path), parameters or None)
    except duckdb.Error as error:
        raise WarehouseError(f"{path.parent.name}/{path.name}: {cause_of(error)}") from None


def run_script(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run every statement of a migration, in the caller's transaction."""
    try:
        connection.execute(_read(path))
    except duckdb.Error as error:
        raise WarehouseError(f"{path.parent.name}/{path.name}: {cause_of(error)}") from None


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
