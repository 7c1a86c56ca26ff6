"""An account in the rows and words of a DuckDB file, and those words without it.

Of a row with a `platform`, the words are of that platform; of another table they may be of any.
Ids of accounts are no words: they are compared whole, with their platform.
"""

from __future__ import annotations

__all__ = [
    "PERSON_WORDS",
    "forms_of_others",
    "has_rows_of",
    "names_account",
    "redact_account",
]

from collections.abc import Collection, Iterator
from typing import Any

import duckdb

from cities.traces import Traces

# What people write, or what quotes them. Keys and addresses of rows are of those who stay.
PERSON_WORDS = frozenset({
    "bio", "declared_location", "display_name", "evidence", "hashtags", "links", "reasons", "text",
})  # fmt: skip
AUTHORS = ("author_id", "from_author_id", "to_author_id")
NO_WORDS = frozenset({*AUTHORS, "platform", "accounts", "block_hashes"})
Value = str | float | list["Value"] | dict[str, "Value"] | None


def has_rows_of(connection: duckdb.DuckDBPyConnection, traces: Traces) -> bool:
    """Whether a row of any table is of the account, or links to it."""
    key = [traces.platform, traces.author_id]
    columns = _columns(connection)
    keyed = {table for table, column in columns if column == "platform"}
    wheres = {
        (table, f"platform = ? and lower({column}) = ?")
        for table, column in columns
        if table in keyed and column in AUTHORS
    } | {
        (table, f"list_contains({_keys_of_accounts()}, [?, ?])")
        for table, column in columns
        if column == "accounts"
    }
    return any(
        connection.execute(f'select 1 from "{table}" where {where} limit 1', key).fetchone()  # noqa: S608 - names of the catalogue
        for table, where in sorted(wheres)
    )


def names_account(connection: duckdb.DuckDBPyConnection, traces: Traces) -> bool:
    """Whether the words of any row name the account."""
    found = (
        traces.are_in(text, platform)
        for table, columns in _tables_near(connection, traces)
        for column in columns
        if column not in NO_WORDS
        for _, value, platform in _near(
            connection, traces, table=table, column=column, columns=columns
        )
        for text in _texts(value)
    )
    return any(found)


def redact_account(
    connection: duckdb.DuckDBPyConnection,
    traces: Traces,
    *,
    columns: Collection[str] | None = None,
) -> None:
    """Put `@…` in place of the account in every text, and drop texts that name it from lists.

    Evidence too: its details may quote a post. Of all columns, or of those with these names.
    """
    for table, names in _tables_near(connection, traces):
        wanted = [name for name in names if name not in NO_WORDS]
        for column in [n for n in wanted if columns is None or n in columns]:
            near = _near(connection, traces, table=table, column=column, columns=names)
            for row_id, value, platform in near:
                kept = _redacted(value, traces, platform)
                if kept != value:
                    connection.execute(
                        f'update "{table}" set "{column}" = ? where rowid = ?',  # noqa: S608 - names of the catalogue
                        [kept, row_id],
                    )


def forms_of_others(connection: duckdb.DuckDBPyConnection, traces: Traces) -> set[str]:
    """Of the account's written forms those that rows hold, and which are others' there."""
    found: set[str] = set()
    for table, columns in _tables_near(connection, traces):
        held = ", ".join("bool_or(contains(line, ?))" for _ in traces.forms)
        query = f"select {held} from ({_lines(table, columns)})"  # noqa: S608 - names of the catalogue
        row = connection.execute(query, list(traces.forms)).fetchone() or ()
        found |= {form for form, is_held in zip(traces.forms, row, strict=True) if is_held}
    return found


def _tables_near(
    connection: duckdb.DuckDBPyConnection, traces: Traces
) -> list[tuple[str, tuple[str, ...]]]:
    """The tables in which the bare name stands anywhere, each with its columns."""
    tables: dict[str, tuple[str, ...]] = {}
    for table, column in _columns(connection):
        tables[table] = (*tables.get(table, ()), column)
    return [
        (table, columns)
        for table, columns in tables.items()
        if connection.execute(
            f"select 1 from ({_lines(table, columns)}) where contains(line, ?) limit 1",  # noqa: S608 - names of the catalogue
            [traces.name],
        ).fetchone()
    ]


def _lines(table: str, columns: Collection[str]) -> str:
    row = ", ".join(f'"{column}"' for column in columns)
    return f'select lower(row({row})::varchar) as line from "{table}"'  # noqa: S608 - names of the catalogue


def _near(
    connection: duckdb.DuckDBPyConnection,
    traces: Traces,
    *,
    table: str,
    column: str,
    columns: Collection[str],
) -> list[tuple[int, Value, str | None]]:
    """Rows whose column holds the bare name anywhere: (rowid, value, platform of the words)."""
    platform = "platform" if "platform" in columns else "null"
    parameters: list[Any] = [traces.name]
    if platform == "null" and "accounts" in columns:
        # A person with no account on the account's platform does not write of it by its name.
        platform = "if(list_contains(list_transform(accounts, lambda a: a.platform), ?), ?, '')"
        parameters = [traces.platform, traces.platform, traces.name]
    query = f"""
        select rowid, "{column}", {platform}
        from "{table}"
        where contains(lower("{column}"::varchar), ?)
    """  # noqa: S608 - names of the catalogue
    return connection.execute(query, parameters).fetchall()


def _keys_of_accounts() -> str:
    return "list_transform(accounts, lambda a: [a.platform, lower(a.author_id)])"


def _redacted(value: Value, traces: Traces, platform: str | None) -> Value:
    if isinstance(value, str):
        return traces.redacted(value, platform)
    if isinstance(value, dict):
        return {name: _redacted(part, traces, platform) for name, part in value.items()}
    if isinstance(value, list):
        named = (isinstance(part, str) and traces.are_in(part, platform) for part in value)
        kept = [part for part, is_named in zip(value, named, strict=True) if not is_named]
        return [_redacted(part, traces, platform) for part in kept]
    return value


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select columns.table_name, columns.column_name"
        " from duckdb_columns() as columns"
        " inner join duckdb_tables() as tables using (database_name, table_name)"
        " where columns.database_name = current_database()"
        " order by columns.table_name, columns.column_index"
    ).fetchall()
