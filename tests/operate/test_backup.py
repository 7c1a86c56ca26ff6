"""A backup is a copy of the home folder; a restore loses nothing of what stood."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cities.folder import CityFolder, Home
from cities.settings import Settings
from decisions.store import open_store
from operate.backup import back_up, restore
from operate.errors import BackupError
from warehouse.connection import open_warehouse

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


@pytest.fixture
def lived_in(folder: CityFolder, home: Home, settings: Settings) -> Home:
    """A home with a city, a warehouse, decisions, the key, and a world of the demo."""
    with open_warehouse(folder) as warehouse:
        warehouse.execute("insert into sources values ('bodacc', 'bodacc', null, 1)")
    with open_store(settings):
        pass
    (home.root / "hash.key").write_text("k" * 64)
    (home.root / ".demo").mkdir()
    (home.root / ".demo" / "world.json").write_text("{}")
    return home


def test_a_backup_restores_to_the_same_home(lived_in: Home, tmp_path: Path) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    assert made.name == "portevoix-20261117T090000Z"
    assert oct(made.stat().st_mode)[-3:] == "700"
    assert not (made / ".demo").exists()
    elsewhere = Home(tmp_path / "elsewhere")
    assert restore(elsewhere, made) is None
    assert (elsewhere.root / "hash.key").read_text() == "k" * 64
    with open_warehouse(elsewhere.folder("montreval"), read_only=True) as warehouse:
        assert warehouse.table("sources").fetchall() == [("bodacc", "bodacc", None, 1)]
    with closing(sqlite3.connect(elsewhere.decisions_file)) as decisions:
        assert decisions.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_a_restore_keeps_the_former_home_beside(lived_in: Home, tmp_path: Path) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    (lived_in.root / "since").touch()
    former = restore(lived_in, made)
    assert former is not None
    assert (former / "since").exists()
    assert not (lived_in.root / "since").exists()
    with pytest.raises(BackupError, match="move it away"):
        restore(lived_in, made)


def test_a_second_backup_of_the_same_moment_is_refused(lived_in: Home, tmp_path: Path) -> None:
    back_up(lived_in, tmp_path / "backups", at=AT)
    with pytest.raises(BackupError, match="there already"):
        back_up(lived_in, tmp_path / "backups", at=AT)


def test_what_is_no_backup_is_refused_and_nothing_moves(lived_in: Home, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(BackupError, match="is no backup"):
        restore(lived_in, tmp_path / "photos")
    assert (lived_in.root / "hash.key").exists()


def test_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="portevoix init"):
        back_up(Home(tmp_path / "none"), tmp_path, at=AT)
