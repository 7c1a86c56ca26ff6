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
        for table, column in _words(connection)
        for _, value, platform in _near(connection, table, column, traces)
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
    found = _words(connection)
    for table, column in [f for f in found if columns is None or f[1] in columns]:
        for row_id, value, platform in _near(connection, table, column, traces):
            kept = _redacted(value, traces, platform)
            if kept != value:
                connection.execute(
                    f'update "{table}" set "{column}" = ? where rowid = ?',  # noqa: S608 - names of the catalogue
                    [kept, row_id],
                )


def forms_of_others(connection: duckdb.DuckDBPyConnection, traces: Traces) -> set[str]:
    """Of the account's written forms those that rows hold, and which are others' there."""
    found: set[str] = set()
    for table, column in _columns(connection):
        for form in set(traces.forms) - found:
            where = f'contains(lower("{column}"::varchar), ?)'
            query = f'select 1 from "{table}" where {where} limit 1'  # noqa: S608 - names of the catalogue
            if connection.execute(query, [form]).fetchone():
                found.add(form)
    return found


def _near(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, traces: Traces
) -> list[tuple[int, Value, str | None]]:
    """Rows whose column holds the bare name anywhere: (rowid, value, platform of the words)."""
    names = [name for owner, name in _columns(connection) if owner == table]
    platform = "platform" if "platform" in names else "null"
    parameters: list[Any] = [traces.name]
    if platform == "null" and "accounts" in names:
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


def _words(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [found for found in _columns(connection) if found[1] not in NO_WORDS]


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select columns.table_name, columns.column_name"
        " from duckdb_columns() as columns"
        " inner join duckdb_tables() as tables using (database_name, table_name)"
        " where columns.database_name = current_database()"
        " order by columns.table_name, columns.column_index"
    ).fetchall()
