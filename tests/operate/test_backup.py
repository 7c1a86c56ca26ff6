"""A backup is a copy of the home folder; a restore loses nothing of what stood, nor a no."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cities.brief import Account
from cities.folder import CityFolder, Home
from cities.settings import Settings
from decisions.contacts import last_contacts, record_contact
from decisions.corrections import all_corrections, correct
from decisions.members import Agreement, add, all_members, link
from decisions.objections import block, blocked_hashes
from decisions.store import open_store
from operate.backup import back_up, contents
from operate.errors import BackupError
from operate.restore import restore
from warehouse.connection import open_warehouse

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
LOU = Account(platform="mastodon", author_id="lou_71@saone.example")
ANA = Account(platform="mastodon", author_id="ana_12@saone.example")


def own_key(home: Home) -> Settings:
    """Settings whose key lies in the home folder, as of an operator who sets none."""
    return Settings(data=home.root)


def decide_on(settings: Settings, account: Account) -> None:
    """Rows of the decisions store that name an author."""
    with open_store(settings) as store, store.act("montreval", actor="odile", at=AT) as act:
        link(act, add(act, Agreement("2026-05", AT)), account)
        correct(act, account, subject="theme", value="wine", reason="misread")
        record_contact(act, account)


def object_to(settings: Settings, account: Account) -> str:
    """An objection."""
    with open_store(settings) as store, store.act("montreval", actor="odile", at=AT) as act:
        return block(act, account)


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
    done = restore(Settings(data=elsewhere.root), made, at=AT)
    assert done.former is None
    assert "must be blocked again" in " ".join(done.lines())
    assert (elsewhere.root / "hash.key").read_text() == "k" * 64
    with open_warehouse(elsewhere.folder("montreval"), read_only=True) as warehouse:
        assert warehouse.table("sources").fetchall() == [("bodacc", "bodacc", None, 1)]
    with closing(sqlite3.connect(elsewhere.decisions_file)) as decisions:
        assert decisions.execute("select count(*) from alembic_version").fetchone() == (1,)


def test_a_restore_keeps_the_former_home_beside(
    lived_in: Home, settings: Settings, tmp_path: Path
) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    (lived_in.root / "since").touch()
    former = restore(settings, made, at=AT).former
    assert former is not None
    assert (former / "since").exists()
    assert not (lived_in.root / "since").exists()
    with pytest.raises(BackupError, match="move it away"):
        restore(settings, made, at=AT)


def test_a_second_backup_of_the_same_moment_is_refused(lived_in: Home, tmp_path: Path) -> None:
    back_up(lived_in, tmp_path / "backups", at=AT)
    with pytest.raises(BackupError, match="there already"):
        back_up(lived_in, tmp_path / "backups", at=AT)


def test_what_is_no_backup_is_refused_and_nothing_moves(
    lived_in: Home, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(BackupError, match="is no backup"):
        restore(settings, tmp_path / "photos", at=AT)
    assert (lived_in.root / "hash.key").exists()


def test_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="portevoix init"):
        back_up(Home(tmp_path / "none"), tmp_path, at=AT)


def test_who_objected_since_the_backup_does_not_come_back(lived_in: Home, tmp_path: Path) -> None:
    settings = own_key(lived_in)
    decide_on(settings, LOU)
    decide_on(settings, ANA)
    before = object_to(settings, Account(platform="mastodon", author_id="zoe@saone.example"))
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    since = object_to(settings, LOU)
    done = restore(settings, made, at=AT)
    assert done.count_kept == 1
    with open_store(settings) as store, store.reading() as session:
        assert blocked_hashes(session, "montreval") == {before, since}
        assert [m.accounts for m in all_members(session, "montreval")] == [(ANA,)]
        assert [row.author_id for row in all_corrections(session, "montreval")] == [ANA.author_id]
        assert [contact.account for contact in last_contacts(session, "montreval")] == [ANA]
    assert b"lou_71" not in lived_in.decisions_file.read_bytes()


def test_a_backup_made_before_the_first_key_takes_it(lived_in: Home, tmp_path: Path) -> None:
    settings = own_key(lived_in)
    (lived_in.root / "hash.key").unlink()
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    since = object_to(settings, LOU)
    restore(settings, made, at=AT)
    assert object_to(settings, LOU) == since


def test_a_backup_of_another_key_is_refused_when_people_objected(
    lived_in: Home, tmp_path: Path
) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    (lived_in.root / "hash.key").write_text("z" * 64)
    object_to(own_key(lived_in), LOU)
    with pytest.raises(BackupError, match="another key"):
        restore(own_key(lived_in), made, at=AT)
    assert (lived_in.root / "hash.key").read_text() == "z" * 64
    assert not list(tmp_path.glob(".data.restoring"))


def test_objections_that_cannot_be_read_stop_a_restore(lived_in: Home, tmp_path: Path) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    lived_in.decisions_file.write_bytes(b"no store" * 100)
    with pytest.raises(BackupError, match="move the home folder away"):
        restore(own_key(lived_in), made, at=AT)
    assert lived_in.decisions_file.read_bytes().startswith(b"no store")


@pytest.mark.parametrize("inside", ["", "backups", "montreval/landing/x", "a/../b"])
def test_a_backup_inside_the_home_is_refused(lived_in: Home, inside: str) -> None:
    with pytest.raises(BackupError, match="give a folder outside"):
        back_up(lived_in, lived_in.root / inside, at=AT)
    assert not list(lived_in.root.rglob("*portevoix-*"))


def test_a_backup_through_a_link_into_the_home_is_refused(lived_in: Home, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(lived_in.root)
    with pytest.raises(BackupError, match="give a folder outside"):
        back_up(lived_in, tmp_path / "link" / "x", at=AT)


def test_a_backup_that_fails_leaves_nothing(lived_in: Home, tmp_path: Path) -> None:
    (lived_in.root / "broken.db").write_bytes(b"no store" * 100)
    with pytest.raises(BackupError, match="was not made"):
        back_up(lived_in, tmp_path / "backups", at=AT)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_to_what_is_a_file_is_one_sentence(lived_in: Home, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="was not made"):
        back_up(lived_in, tmp_path / "file", at=AT)


def test_cursors_are_copied_before_what_they_passed(
    lived_in: Home, folder: CityFolder, tmp_path: Path
) -> None:
    folder.state_file("bodacc").write_text("{}")
    folder.landing("bodacc").mkdir()
    (folder.landing("bodacc") / "x-00001.ndjson.gz").touch()
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    copied = Home(made).folder(folder.city_id)
    assert copied.state_file("bodacc").exists()
    state, landed = copied.root / "state", copied.landing("bodacc") / "x-00001.ndjson.gz"
    assert state.stat().st_ctime_ns <= landed.stat().st_ctime_ns


def test_a_journal_is_not_copied_beside_a_store_that_is_whole(
    lived_in: Home, tmp_path: Path
) -> None:
    (lived_in.root / "decisions.db-journal").touch()
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    assert not list(made.glob("*-journal"))


def test_what_is_held_is_said(lived_in: Home, tmp_path: Path) -> None:
    made = back_up(lived_in, tmp_path / "backups", at=AT)
    said = list(contents(own_key(lived_in), made))
    assert said[:3] == ["Cities: montreval.", "Decisions: held.", "Key of the block list: held."]
    elsewhere = Settings(
        data=lived_in.root, hash_key="k" * 64, decisions_url="postgresql+psycopg://h/d"
    )
    said = list(contents(elsewhere, made))
    assert "NOT held" in said[1]
    assert "NOT held" in said[2]
