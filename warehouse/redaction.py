"""A name in the words of a DuckDB file: where it stands, and those words without it."""

from __future__ import annotations

__all__ = ["found_as_words", "found_in_words", "redact_words"]

from collections.abc import Collection, Iterator

import duckdb

from warehouse.needles import Needles

Value = str | float | list["Value"] | dict[str, "Value"] | None


def found_as_words(connection: duckdb.DuckDBPyConnection, needles: Needles) -> bool:
    """Whether a needle stands as a word of its own in any row of any table."""
    return any(needles.are_in(line) for line in _lines(connection, needles))


def found_in_words(connection: duckdb.DuckDBPyConnection, needles: Needles) -> bool:
    """Whether a needle stands in any row at all, be it as a part of another word."""
    return next(_lines(connection, needles), None) is not None


def redact_words(
    connection: duckdb.DuckDBPyConnection,
    needles: Needles,
    *,
    columns: Collection[str] | None = None,
) -> None:
    """Put `@…` in place of the needles in every text, and drop them from every list of texts.

    Evidence too: its details may quote a post. Of all columns, or of those with these names.
    """
    found = _columns(connection)
    for table, column in [f for f in found if columns is None or f[1] in columns]:
        where = _where(f'"{column}"::varchar', needles)
        rows = connection.execute(
            f'select rowid, "{column}" from "{table}" where {where}',  # noqa: S608 - names of the catalogue
            list(needles.forms),
        ).fetchall()
        for row_id, value in rows:
            kept = _redacted(value, needles)
            if kept != value:
                connection.execute(
                    f'update "{table}" set "{column}" = ? where rowid = ?',  # noqa: S608 - names of the catalogue
                    [kept, row_id],
                )


def _redacted(value: Value, needles: Needles) -> Value:
    if isinstance(value, str):
        return needles.redact(value)
    if isinstance(value, dict):
        return {name: _redacted(part, needles) for name, part in value.items()}
    if isinstance(value, list):
        kept = [part for part in value if not (isinstance(part, str) and needles.are_in(part))]
        return [_redacted(part, needles) for part in kept]
    return value


def _lines(connection: duckdb.DuckDBPyConnection, needles: Needles) -> Iterator[str]:
    """Rows that hold a form, each as one text."""
    found = _columns(connection)
    for table in sorted({table for table, _ in found}):
        columns = ", ".join(f'"{column}"' for owner, column in found if owner == table)
        query = f"""
            select line
            from (select row({columns})::varchar as line from "{table}")
            where {_where("line", needles)}
        """  # noqa: S608 - names of the catalogue
        for (line,) in connection.execute(query, list(needles.forms)).fetchall():
            yield line


def _where(expression: str, needles: Needles) -> str:
    return " or ".join(f"contains(lower({expression}), ?)" for _ in needles.forms)


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select columns.table_name, columns.column_name"
        " from duckdb_columns() as columns"
        " inner join duckdb_tables() as tables using (database_name, table_name)"
        " where columns.database_name = current_database()"
        " order by columns.table_name, columns.column_index"
    ).fetchall()
