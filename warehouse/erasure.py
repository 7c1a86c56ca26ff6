"""Erasing an author from the warehouse and the snapshots, and proving it.

DELETE leaves readable text behind in a DuckDB file, even after CHECKPOINT (measured): so what is
left of each file is copied into a new one, which takes its place. The pages may hold a snapshot
open all the while: it is only read, changes are made in a copy.
"""

from __future__ import annotations

__all__ = ["PERSON_TABLES", "forget", "holds"]

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cities.brief import Account
from cities.folder import CityFolder
from cities.traces import Traces
from warehouse.connection import (
    WAIT_SECONDS,
    make_durable,
    open_file,
    remove_draft,
    spill_folder,
    transaction,
    warehouse_lock,
)
from warehouse.migrations import migrate
from warehouse.redaction import forms_of_others, has_rows_of, names_account, redact_account
from warehouse.sql_runner import run_script, run_sql

FOLDER = Path(__file__).parent / "sql" / "erasure"
LEAVING = Path(__file__).parent / "sql" / "leaving"
PERSON_TABLES = (
    "residents", "scores", "posts", "post_themes", "rankings", "team", "invitations", "relays",
    "weight_moves",
)  # fmt: skip
DRAFT = ".draft"
PRIVATE = 0o600


def forget(folder: CityFolder, account: Account, *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Remove an author with all that hangs on them, and redact them in others' words.

    Rows are theirs by platform and author id, exactly; words name them by `cities.traces`.
    Rewrites the warehouse and every snapshot. Killed half-way, run it again.
    """
    traces = Traces.of(account)
    with warehouse_lock(folder, wait_seconds=wait_seconds):
        if folder.warehouse.exists():
            _migrate(folder.warehouse)
            with _rewritten(folder.warehouse, folder.warehouse) as connection:
                _remove(connection, account)
                redact_account(connection, traces)
        for snapshot in _snapshots(folder):
            with _copied(snapshot) as copy, _rewritten(copy, snapshot) as connection:
                _remove_published(connection, account)
                redact_account(connection, traces)
        _remove_leftovers(folder)


def holds(folder: CityFolder, account: Account) -> list[Path]:
    """The files of warehouse and snapshots that hold the account: in rows, words or bytes.

    Bytes alone would miss words that DuckDB compresses; rows alone would miss deleted ones.
    """
    traces = Traces.of(account)
    with warehouse_lock(folder):
        found = [path for path in _databases(folder) if _holds(path, traces)]
        others = [path for path in _leftovers(folder) if path.is_file()]
        return found + [path for path in others if traces.are_in_bytes(path.read_bytes())]


def _holds(path: Path, traces: Traces) -> bool:
    connection = open_file(path, read_only=True)
    try:
        if has_rows_of(connection, traces) or names_account(connection, traces):
            return True
        # `@anna` is in the bytes when `@annabelle` is stored, or Anna of another platform.
        others = forms_of_others(connection, traces)
    finally:
        connection.close()
    return traces.are_in_bytes(path.read_bytes(), but=others)


def _migrate(path: Path) -> None:
    connection = open_file(path)
    try:
        migrate(connection)
    finally:
        connection.close()


@contextmanager
def _copied(snapshot: Path) -> Iterator[Path]:
    """A copy of a snapshot to make changes in; a published file has no log of writes beside it."""
    copy = snapshot.with_name(f".{snapshot.name}.copy{DRAFT}")
    shutil.copyfile(snapshot, copy)
    copy.chmod(PRIVATE)
    try:
        yield copy
    finally:
        copy.unlink(missing_ok=True)


@contextmanager
def _rewritten(path: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file `path`, to be changed; what is left of it is then copied to a new `target`."""
    draft = target.with_name(f".{target.name}{DRAFT}")
    draft.unlink(missing_ok=True)
    connection = open_file(path)
    try:
        with transaction(connection):
            yield connection
        (name,) = connection.execute("select current_database()").fetchone() or ("",)
        connection.execute("attach '" + str(draft).replace("'", "''") + "' as draft")
        connection.execute(f'copy from database "{name}" to draft')
        connection.execute("checkpoint draft")
        connection.execute("detach draft")
    finally:
        connection.close()
    draft.chmod(PRIVATE)
    make_durable(draft)
    draft.replace(target)
    make_durable(target.parent)


def _remove(connection: duckdb.DuckDBPyConnection, account: Account) -> None:
    run_sql(connection, FOLDER / "author.sql", **account.model_dump())
    run_sql(connection, FOLDER / "posts.sql", **account.model_dump())
    run_script(connection, FOLDER / "nobody_else.sql")
    run_script(connection, LEAVING / "remove_posts.sql")
    run_script(connection, LEAVING / "remove_authors.sql")
    run_script(connection, FOLDER / "remove_decided.sql")


def _remove_published(connection: duckdb.DuckDBPyConnection, account: Account) -> None:
    rows = connection.execute(
        "select person_id from residents where list_bool_or(list_transform(accounts,"
        " lambda a: a.platform = $platform and lower(a.author_id) = lower($author_id)))",
        account.model_dump(),
    ).fetchall()
    # A snapshot made before an upgrade has the tables of its day.
    published = {name for (name,) in connection.execute("show tables").fetchall()}
    for table in (table for table in PERSON_TABLES if table in published):
        for (person_id,) in rows:
            connection.execute(f"delete from {table} where person_id = ?", [person_id])  # noqa: S608 - our own names


def _databases(folder: CityFolder) -> list[Path]:
    return [path for path in (folder.warehouse, *_snapshots(folder)) if path.exists()]


def _snapshots(folder: CityFolder) -> list[Path]:
    return sorted(folder.snapshots.glob("[!.]*.duckdb"))


def _leftovers(folder: CityFolder) -> list[Path]:
    """What a killed run may have left: logs of writes, spilled rows, drafts."""
    beside = [folder.warehouse.with_name(f"{folder.warehouse.name}.wal")]
    beside += sorted(spill_folder(folder.warehouse).rglob("*"))
    for place in (folder.root, folder.snapshots):
        for draft in sorted(place.glob(f".*{DRAFT}*")):
            beside += [draft, *sorted(draft.rglob("*"))]
    beside += sorted(folder.snapshots.glob("*.wal"))
    return [path for path in beside if path.exists()]


def _remove_leftovers(folder: CityFolder) -> None:
    for path in (spill_folder(folder.warehouse), *_leftovers(folder)):
        remove_draft(path)
