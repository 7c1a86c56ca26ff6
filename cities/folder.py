"""Where everything of a city lies on disk."""

from __future__ import annotations

__all__ = ["CityFolder", "Home", "run_id_of"]

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cities.brief import Brief, read_brief
from cities.errors import UnknownCityError
from cities.model import City
from cities.reading import read_city

PRIVATE = 0o700


def run_id_of(as_of: datetime) -> str:
    """The id of the night that starts at `as_of`: sortable, the same when rerun.

    >>> run_id_of(datetime(2026, 11, 17, 2, 30, tzinfo=UTC))
    '20261117T023000Z'
    """
    if as_of.tzinfo is None:
        raise ValueError("as_of must carry its time zone")
    return as_of.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


@dataclass(frozen=True, slots=True)
class CityFolder:
    """`data/<city_id>/`: the one argument by which every run function finds its files."""

    root: Path

    @property
    def city_id(self) -> str:
        """The folder's name."""
        return self.root.name

    @property
    def city_file(self) -> Path:
        """The city file."""
        return self.root / "city.yaml"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that holds facts, scores, proposals."""
        return self.root / "warehouse.duckdb"

    @property
    def snapshots(self) -> Path:
        """The folder of published snapshots, `<run_id>.duckdb`."""
        return self.root / "snapshots"

    @property
    def briefs(self) -> Path:
        """The folder of briefs, `<run_id>.json`."""
        return self.root / "briefs"

    def state_file(self, source_id: str) -> Path:
        """Cursor and spend of a source."""
        return self.root / "state" / f"{source_id}.json"

    def landing(self, source_id: str) -> Path:
        """The folder where a source lands its records."""
        return self.root / "landing" / source_id

    def brief_file(self, as_of: datetime) -> Path:
        """The brief of one night."""
        return self.briefs / f"{run_id_of(as_of)}.json"

    def snapshot_file(self, as_of: datetime) -> Path:
        """The snapshot of one night."""
        return self.snapshots / f"{run_id_of(as_of)}.duckdb"

    def make(self) -> None:
        """Make the folder, its parts and the home, for the owner alone; keeps what is there."""
        Home(self.root.parent).make()
        for part in (self.root, self.briefs, self.snapshots):
            part.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        for name in ("state", "landing"):
            (self.root / name).mkdir(mode=PRIVATE, exist_ok=True)
        self.root.chmod(PRIVATE)

    def city(self) -> City:
        """The city file, checked; raises `CityFileError` or `UnknownCityError`."""
        if not self.city_file.is_file():
            raise UnknownCityError(
                f"{self.city_id}: there is no {self.city_file}; run `portevoix init` first"
            )
        return read_city(self.city_file)

    def brief(self, as_of: datetime) -> Brief:
        """The brief of that night."""
        return read_brief(self.brief_file(as_of))


@dataclass(frozen=True, slots=True)
class Home:
    """`data/`: all cities, the decisions store, Airflow's folder. A backup is a copy of it."""

    root: Path

    @property
    def decisions_file(self) -> Path:
        """The decisions store when it is SQLite."""
        return self.root / "decisions.db"

    @property
    def airflow(self) -> Path:
        """AIRFLOW_HOME."""
        return self.root / "airflow"

    def make(self) -> None:
        """Make the home folder, readable by the owner alone; keeps what is there.

        `mkdir(parents=True)` gives its mode to the last folder only, and an operator may have made
        this one: so the mode is set each time.
        """
        self.root.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        self.root.chmod(PRIVATE)

    def folder(self, city_id: str) -> CityFolder:
        """The folder of one city, whether it exists or not."""
        return CityFolder(self.root / city_id)

    def folders(self) -> Iterator[CityFolder]:
        """The folders that hold a city file, by name."""
        if not self.root.is_dir():
            return
        for entry in sorted(os.scandir(self.root), key=lambda entry: entry.name):
            if entry.is_dir() and (Path(entry.path) / "city.yaml").is_file():
                yield CityFolder(Path(entry.path))
