"""Opening the warehouse: one writer at a time, or readers; UTC; today's schema."""

from __future__ import annotations

__all__ = ["Warehouse", "open_file", "open_warehouse", "warehouse_lock"]

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cities.folder import CityFolder
from warehouse.errors import WarehouseBusyError, WarehouseError, cause_of
from warehouse.migrations import migrate

# What rooms above call an open warehouse: they do not import duckdb.
Warehouse = duckdb.DuckDBPyConnection

WAIT_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.1
MEMORY_LIMIT = "1300MiB"
PRIVATE = 0o600


@contextmanager
def open_warehouse(
    folder: CityFolder, *, read_only: bool = False, wait_seconds: float = WAIT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The city's warehouse: time zone UTC; when writable, made at need and migrated.

    A writer excludes all others, in this process too (DuckDB would let two threads share one
    file). Waits `wait_seconds` at most, then raises `WarehouseBusyError`; `WarehouseError` when
    there is nothing to read.
    """
    if read_only and not folder.warehouse.exists():
        raise WarehouseError(f"{folder.city_id}: there is no warehouse yet; run the load first")
    with warehouse_lock(folder, is_shared=read_only, wait_seconds=wait_seconds):
        if not read_only:
            # A killed run leaves here what did not fit in memory: texts that nobody would forget.
            shutil.rmtree(spill_folder(folder.warehouse), ignore_errors=True)
        connection = open_file(folder.warehouse, read_only=read_only)
        try:
            if not read_only:
                folder.warehouse.chmod(PRIVATE)
                migrate(connection)
            yield connection
        finally:
            connection.close()


def open_file(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """One DuckDB file with the house's settings; the caller closes it."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        connection = duckdb.connect(path, read_only=read_only, config=config)
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise WarehouseBusyError(
                f"{path.name}: another program holds the file; close it and run again"
            ) from None
        raise WarehouseError(f"{path.name} cannot be opened; restore a backup") from None
    except duckdb.Error as error:
        raise WarehouseError(f"{path.name} cannot be opened: {cause_of(error)}") from None
    connection.execute("set TimeZone = 'UTC'")
    return connection


def spill_folder(path: Path) -> Path:
    """Where DuckDB puts what does not fit in memory while it works on a file."""
    return path.with_name(f"{path.name}.tmp")


def remove_draft(path: Path) -> None:
    """Remove what a killed run left half made: a file, or the folder of what it spilled."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: undone when anything is raised inside."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def make_durable(path: Path) -> None:
    """Have the disk hold a file's content, or a folder's names, before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def warehouse_lock(
    folder: CityFolder, *, is_shared: bool = False, wait_seconds: float = WAIT_SECONDS
) -> Iterator[None]:
    """Hold the city's warehouse, beside DuckDB's own lock: an erasure replaces the file under it.

    The kernel lets go of a flock when its holder dies, so a killed night blocks nothing.
    """
    path = folder.warehouse.with_suffix(".lock")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        _wait_for(handle, fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX, wait_seconds)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, kind: int, wait_seconds: float) -> None:
    end = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise WarehouseBusyError(
                    f"another run has held the warehouse for {wait_seconds:g} seconds; "
                    "wait until it ends, then run again"
                ) from None
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return
