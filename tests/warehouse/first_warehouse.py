"""Makes `tests/fixtures/warehouse_0006.duckdb`: a small warehouse by the first six migrations.

`python -m tests.warehouse.first_warehouse`, from the migrations of the first release.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import duckdb

from cities.folder import CityFolder
from cities.settings import Settings
from tests.constants import ROOT
from tests.warehouse.nights import REGISTER, Town, author, edge, opening, post
from warehouse.migrations import FOLDER, migrate

TARGET = ROOT / "tests" / "fixtures" / "warehouse_0006.duckdb"
FIRST = "0006"
TABLES = ("authors", "author_figures", "posts", "edges", "openings", "sources", "loaded_files")
SMALL_BLOCK = 16_384  # DuckDB's usual block of 262,144 bytes would make a file of megabytes


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = CityFolder(Path(home) / "montreval")
        folder.make()
        shutil.copy(ROOT / "cities" / "examples" / "montreval.yaml", folder.city_file)
        town = Town(folder, Settings(data=Path(home), hash_key="k" * 64))
        town.land(post(1), post(2), post(3, "bea"), author(), author("bea"), edge("anna", "bea"))
        town.land(opening(), source=REGISTER)
        town.load()
        make_small(Path(home), folder.warehouse)


def make_small(home: Path, source: Path) -> None:
    first = home / "migrations"
    first.mkdir()
    for path in sorted(FOLDER.glob("*.sql")):
        if path.name[:4] <= FIRST:
            shutil.copy(path, first)
    TARGET.unlink(missing_ok=True)
    with duckdb.connect(config={"default_block_size": SMALL_BLOCK}) as connection:
        connection.execute(f"attach '{TARGET}' as small")
        connection.execute(f"attach '{source}' as today (read_only)")
        connection.execute("use small")
        migrate(connection, first)
        for table in TABLES:
            connection.execute(f"insert into {table} by name from today.{table}")
        connection.execute("checkpoint small")


if __name__ == "__main__":
    main()
