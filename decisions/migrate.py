"""Bringing a store to today's schema, by Alembic, without any alembic.ini."""

from __future__ import annotations

__all__ = ["migrate"]

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, func, select

from decisions.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 71999  # any number, the same for all who open the store


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Apply the missing migrations in one transaction; a second opener waits for the first.

    Raises `StoreError` when a newer Portevoix made the store.
    """
    if _revision(engine) == ScriptDirectory(str(MIGRATIONS)).get_current_head():
        return
    config = Config()
    # A per cent sign would be read as the start of a variable.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    begin = engine.execution_options(sqlite_begin="begin immediate")
    with _alone(engine), begin.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, to)
        except CommandError:
            raise StoreError(
                "decisions: a newer Portevoix made this store; install that version or restore "
                "an older backup"
            ) from None


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """On Postgres, hold the migrations alone; on SQLite `begin immediate` does it."""
    if engine.dialect.name == "sqlite":
        yield
        return
    # A connection apart: a snapshot taken before the wait would not see the other's tables.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(func.pg_advisory_lock(LOCK)))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(LOCK)))


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
