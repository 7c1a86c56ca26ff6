"""Opening a published night from a notebook: the snapshot, never the warehouse behind it."""

from __future__ import annotations

__all__ = ["open_snapshot"]

from pathlib import Path

import duckdb

from cities.folder import CityFolder
from warehouse.errors import WarehouseError

MEMORY_LIMIT = "1GiB"


def open_snapshot(folder: CityFolder) -> duckdb.DuckDBPyConnection:
    """The city's newest snapshot: its tables by their bare names, read-only, UTC.

    No query can read or write a file or reach the network: external access is off, for good.
    The caller closes the connection. Raises `WarehouseError` when no night is published, or
    when its file cannot be read.
    """
    # Names are run ids, which sort by time.
    newest = max(folder.snapshots.glob("[!.]*.duckdb"), default=None)
    if newest is None:
        raise WarehouseError(
            f"{folder.city_id}: {folder.snapshots} holds no published night; "
            f"run `portevoix nightly {folder.city_id}`, or `make run` for the demo city"
        )
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            # No spilling: texts would lie beside the notebook, where no erasure looks.
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    try:
        _enter(connection, newest)
    except duckdb.Error:
        connection.close()
        raise WarehouseError(
            f"{newest.name}: this snapshot cannot be read; publish the night again"
        ) from None
    return connection


def _enter(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute("set global TimeZone = 'UTC'")
    connection.execute(f"attach '{quoted}' as snapshot (read_only)")
    connection.execute("use snapshot")
    # After the attach, which it would refuse.
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
