"""The schema: numbered SQL files, each applied once, in one transaction with its record.

Order is the order of names. A migration that was released is never edited: add another.
"""

from __future__ import annotations

__all__ = ["FOLDER", "applied", "migrate", "pending"]

from pathlib import Path

import duckdb

from warehouse.errors import MigrationError, WarehouseError
from warehouse.sql_runner import run_script

FOLDER = Path(__file__).parent / "sql" / "migrations"


def applied(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Names of the migrations that this warehouse has had; reads only."""
    found = connection.execute(
        "select 1 from duckdb_tables() where table_name = 'migrations'"
        " and database_name = current_database()"
    ).fetchone()
    if not found:
        return ()
    rows = connection.execute("select name from migrations order by name").fetchall()
    return tuple(name for (name,) in rows)


def pending(connection: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> tuple[Path, ...]:
    """Migrations still to apply, in order; reads only.

    Raises `MigrationError` when the warehouse has had one that this code does not know.
    """
    files = sorted(folder.glob("[0-9]*.sql"))
    done = set(applied(connection))
    unknown = done - {file.stem for file in files}
    if unknown:
        raise MigrationError(
            f"warehouse.duckdb was made by a newer Portevoix (migration {min(unknown)}); "
            "install that version, or restore an older backup"
        )
    return tuple(file for file in files if file.stem not in done)


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> None:
    """Bring the schema to today's; a failed migration leaves no trace (DuckDB undoes DDL too)."""
    todo = pending(connection, folder)
    if todo:
        connection.execute("create table if not exists migrations (name varchar not null)")
    for file in todo:
        connection.begin()
        try:
            run_script(connection, file)
            connection.execute("insert into migrations values (?)", [file.stem])
        except WarehouseError as error:
            connection.rollback()
            raise MigrationError(str(error)) from None
        connection.commit()
