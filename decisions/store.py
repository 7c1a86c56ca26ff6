"""The decisions store: opening it at today's schema, reading it, acting in it.

SQLite in the home folder by default, Postgres by `PORTEVOIX_DECISIONS_URL`. On SQLite a deleted
row's bytes are overwritten (`secure_delete`) and `compact` rebuilds the file without them.
"""

from __future__ import annotations

__all__ = ["Store", "open_store", "sqlite_file"]

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from cities.settings import Settings
from decisions.act import Act
from decisions.errors import RefusedError, StoreError
from decisions.forms import line, moment, slug
from decisions.migrate import migrate

WAIT_SECONDS = 30
# temp_store: VACUUM's working copy must not reach a temporary folder.
PRAGMAS = (
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma journal_mode = delete",
)


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; one may serve many threads."""

    engine: Engine
    settings: Settings

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the store and writes nothing."""
        with _told(), Session(self.engine) as session:
            yield session

    @contextmanager
    def act(self, city_id: str, *, actor: str, at: datetime) -> Iterator[Act]:
        """One act of `actor`: kept whole when the block ends, or not at all when it raises."""
        who = line("actor", actor)
        when = moment("at", at)
        city = slug("city_id", city_id)
        key = self.settings.block_key()
        # The lock is taken at once: two acts that read before they write would else both fail.
        engine = self.engine.execution_options(sqlite_begin="begin immediate")
        with _told(), Session(engine) as session, session.begin():
            yield Act(
                session=session,
                city_id=city,
                actor=who,
                at=when,
                folder=self.settings.home.folder(city),
                block_key=key,
            )

    def compact(self) -> None:
        """Rebuild the store's files so that nothing deleted stays in them.

        Postgres keeps a write-ahead log and its backups beside: those expire by their own rules.
        """
        is_sqlite = self.engine.dialect.name == "sqlite"
        engine = self.engine.execution_options(
            **({"sqlite_begin": None} if is_sqlite else {"isolation_level": "AUTOCOMMIT"})
        )
        with _told(), engine.connect() as connection:
            connection.exec_driver_sql("vacuum" if is_sqlite else "vacuum full")


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Open the store, brought to today's schema; its connections close with the block."""
    engine = _engine(settings.decisions_address())
    try:
        _bring_to_today(engine)
        yield Store(engine, settings)
    finally:
        engine.dispose()


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the store, None when it is no SQLite file."""
    url = make_url(settings.decisions_address())
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(url.database or "") if is_file else None


def _bring_to_today(engine: Engine) -> None:
    try:
        with _told():
            migrate(engine)
    except DatabaseError:
        raise StoreError(
            "decisions: what lies at this address is no decisions store; check "
            "PORTEVOIX_DECISIONS_URL, or restore a backup"
        ) from None


def _engine(address: str) -> Engine:
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(address)
        # Serializable: an act reads what is decided before it writes, as under SQLite's lock.
        return create_engine(url, hide_parameters=True, isolation_level="SERIALIZABLE")
    except (ArgumentError, ModuleNotFoundError):
        raise StoreError(
            "environment: PORTEVOIX_DECISIONS_URL: is no address that can be used; write it as "
            "sqlite:///FILE or postgresql+psycopg://…, and install that driver"
        ) from None


def _sqlite_engine(address: str) -> Engine:
    path = Path(make_url(address).database or "")
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": WAIT_SECONDS})
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late and skip DDL; `_begin` states them instead.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin(connection: Connection) -> None:
    statement = connection.get_execution_options().get("sqlite_begin", "begin")
    if statement:
        connection.exec_driver_sql(statement)


@contextmanager
def _told() -> Iterator[None]:
    """The driver's errors, as sentences without a row in them."""
    try:
        yield
    except IntegrityError:
        raise RefusedError(
            "decisions: somebody else decided the same at this moment; look again"
        ) from None
    except OperationalError:
        raise StoreError(
            "decisions: the store is busy or out of reach; try again, then check "
            "PORTEVOIX_DECISIONS_URL"
        ) from None
