"""The laws of the data: each file of `sql/checks` must return no row."""

from __future__ import annotations

__all__ = ["FOLDER", "check"]

import re
from pathlib import Path

import duckdb

from warehouse.errors import CheckError
from warehouse.sql_runner import run_sql

FOLDER = Path(__file__).parent / "sql" / "checks"


def check(connection: duckdb.DuckDBPyConnection, **parameters: object) -> None:
    """Run every check; raises `CheckError` that names the first law found broken.

    A file takes of `parameters` what it names.
    """
    for path in sorted(FOLDER.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        wanted = {name: parameters[name] for name in set(re.findall(r"\$(\w+)", text))}
        if run_sql(connection, path, **wanted).fetchone():
            law = text.splitlines()[0].removeprefix("-- ")
            raise CheckError(
                f"checks/{path.name}: this law is broken: {law} Nothing was loaded; "
                "remove the last landing files, or report it"
            )
