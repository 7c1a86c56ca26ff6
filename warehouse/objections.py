"""Who objected, in the words of others: `@…` takes the place of the name, wherever it is stored."""

from __future__ import annotations

__all__ = ["objectors", "redact_objectors"]

from collections.abc import Iterable
from pathlib import Path

import duckdb

from cities.brief import Account
from cities.traces import Traces
from warehouse.redaction import PERSON_WORDS, redact_account
from warehouse.sql_runner import run_sql

SQL = Path(__file__).parent / "sql" / "leaving" / "objectors.sql"


def objectors(connection: duckdb.DuckDBPyConnection) -> tuple[Account, ...]:
    """Tonight's new objectors; needs `leaving_authors`."""
    rows = run_sql(connection, SQL).fetchall()
    return tuple(Account(platform=platform, author_id=author_id) for platform, author_id in rows)


def redact_objectors(connection: duckdb.DuckDBPyConnection, accounts: Iterable[Account]) -> None:
    """Take these accounts out of every text and list of texts, evidence too."""
    for account in accounts:
        redact_account(connection, Traces.of(account), columns=PERSON_WORDS)
