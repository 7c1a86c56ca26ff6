"""Digests of a warehouse: equal when all rows are equal, whatever their order.

Names of runs and times of loads are left out, so that two warehouses made at different nights of
the same input compare.
"""

from __future__ import annotations

__all__ = ["digest", "table_digests"]

from hashlib import sha256

import duckdb

from cities.folder import CityFolder
from warehouse.connection import open_warehouse

LEFT_OUT = ("run_id", "as_of", "file")


def digest(folder: CityFolder) -> str:
    """One digest of all tables, 64 hexadecimal characters."""
    parts = (f"{table} {value}\n" for table, value in sorted(table_digests(folder).items()))
    return sha256("".join(parts).encode()).hexdigest()


def table_digests(folder: CityFolder) -> dict[str, str]:
    """The digest of each table, to show where two warehouses differ."""
    with open_warehouse(folder, read_only=True) as connection:
        return {table: _digest(connection, table) for table in _tables(connection)}


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select distinct tables.table_name"
        " from duckdb_tables() as tables"
        " inner join duckdb_columns() as columns using (database_name, table_name)"
        " where database_name = current_database()"
        " and not list_contains($1::varchar[], columns.column_name) order by all",
        [list(LEFT_OUT)],
    ).fetchall()
    return [name for (name,) in rows]


def _digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    rows = connection.execute(
        "select column_name from duckdb_columns() where table_name = ?"
        " and database_name = current_database() order by column_index",
        [table],
    ).fetchall()
    columns = ", ".join(f'"{name}"' for (name,) in rows if name not in LEFT_OUT)
    # S608: the names come from the catalogue of our own file.
    query = f"""
        select coalesce(sha256(string_agg(line, chr(10) order by line)), '')
        from (select row({columns})::varchar as line from "{table}")
    """  # noqa: S608
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""
