"""The store itself: schema, upgrades, two at once, what it says when it cannot be used."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import make_url, select
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from cities.brief import Account
from cities.folder import Home
from cities.settings import Settings
from decisions import contacts, members, objections
from decisions.brief import brief_of
from decisions.errors import MalformedError, RefusedError, StoreError
from decisions.members import Agreement
from decisions.models import Base, Contact, UtcDateTime
from decisions.store import Store, open_store
from tests.constants import NIGHT_1
from tests.decisions.conftest import LOU, NOW, Acting, entries

FIRST = Path(__file__).parents[1] / "fixtures" / "decisions_0001.db"


def test_the_migrations_make_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_first_store_reaches_today_and_keeps_its_rows(home: Home, settings: Settings) -> None:
    shutil.copy(FIRST, home.decisions_file)
    with open_store(settings) as store:
        with store.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, Base.metadata) == []
        with store.reading() as session:
            brief = brief_of(session, "montreval", NIGHT_1)
            assert len(entries(session)) == 13
    assert [len(part) for part in (brief.blocked, brief.members, brief.corrections)] == [1, 1, 2]
    assert [len(p) for p in (brief.contacts, brief.occasions, brief.invitations)] == [1, 1, 2]
    assert brief.members[0].accounts == (LOU,)
    assert brief.members[0].joined_at == datetime(2026, 11, 17, 9, tzinfo=UTC)
    assert brief.settings == {"team": {"size": 8}}


def test_every_table_can_be_made_on_postgres_and_says_its_city() -> None:
    dialect = make_url("postgresql://").get_dialect()()
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        assert "city_id" in table.columns
        generic = {type(column.type).__module__.split(".")[1] for column in table.columns}
        assert generic <= {"sql", "moments"}


def test_the_file_is_the_owners_alone_and_has_no_journal(
    store: Store, acting: Acting, home: Home
) -> None:
    with acting() as act:
        contacts.record_contact(act, LOU)
    assert home.decisions_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.root.glob("decisions.db*")] == ["decisions.db"]
    with store.engine.connect() as connection:
        for pragma, value in (
            ("foreign_keys", 1),
            ("secure_delete", 1),
            ("journal_mode", "delete"),
        ):
            assert connection.exec_driver_sql(f"pragma {pragma}").scalar() == value


def test_an_act_that_fails_leaves_nothing(store: Store, acting: Acting) -> None:
    accounts = (LOU, Account(platform="minitel", author_id="x"))
    with pytest.raises(MalformedError, match="platform: is not one"), acting() as act:
        tuple(contacts.record_contact(act, account) for account in accounts)
    with store.reading() as session:
        assert session.scalars(select(Contact)).all() == []
        assert entries(session) == []


def test_two_who_decide_the_same_at_once_decide_it_once(store: Store, acting: Acting) -> None:
    with acting() as act:
        ids = [members.add(act, Agreement("v1", NOW)) for _ in range(4)]
    together = Barrier(4)

    def link(member_id: str) -> bool:
        together.wait()
        try:
            with acting() as act:
                members.link(act, member_id, LOU)
        except RefusedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(link, ids)) == [False, False, False, True]
    with store.reading() as session:
        linked = [m.accounts for m in members.all_members(session, "montreval") if m.accounts]
    assert linked == [(LOU,)]


def test_stores_opened_at_once_are_made_once(settings: Settings) -> None:
    def count_blocked(_: int) -> int:
        with open_store(settings) as store, store.reading() as session:
            return len(objections.blocked_hashes(session, "montreval"))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count_blocked, range(4))) == [0, 0, 0, 0]


def test_pages_read_while_somebody_decides(store: Store, acting: Acting) -> None:
    with acting() as act:
        objections.block(act, LOU)
        with store.reading() as session:
            assert len(objections.blocked_hashes(session, "montreval")) == 0


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite+nodriver:///x.db", "postgresql+nodriver://localhost/x"]
)
def test_an_address_that_cannot_be_used_is_told_without_it(home: Home, address: str) -> None:
    settings = Settings(data=home.root, decisions_url=SecretStr(address))
    with (
        pytest.raises(StoreError, match="PORTEVOIX_DECISIONS_URL: is no address") as caught,
        open_store(settings),
    ):
        pass
    assert address not in str(caught.value)


def test_a_file_that_is_no_store_is_told(home: Home, settings: Settings) -> None:
    home.decisions_file.write_bytes(b"not a database at all, but long enough to look" * 40)
    with pytest.raises(StoreError, match="is no decisions store"), open_store(settings):
        pass


def test_a_store_of_a_newer_portevoix_is_refused(home: Home, settings: Settings) -> None:
    with open_store(settings):
        pass
    connection = sqlite3.connect(home.decisions_file)
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="a newer Portevoix made this store"), open_store(settings):
        pass


@pytest.mark.parametrize(
    ("actor", "at", "sentence"),
    [
        ("", NOW, "actor: must have"),
        ("Mme Roux", datetime(2026, 11, 17), "at: carries no time zone"),  # noqa: DTZ001 - what is refused
    ],
)
def test_an_act_has_an_actor_and_a_moment(
    store: Store, actor: str, at: datetime, sentence: str
) -> None:
    with (
        pytest.raises(MalformedError, match=sentence),
        store.act("montreval", actor=actor, at=at),
    ):
        pass


def test_a_naive_moment_never_reaches_the_store(store: Store, acting: Acting) -> None:
    assert isinstance(Contact.__table__.c.contacted_at.type, UtcDateTime)
    with pytest.raises(StatementError, match="time zone"), acting() as act:
        act.session.add(
            Contact(
                contact_id="t-1",
                city_id="montreval",
                contacted_at=datetime(2026, 11, 17),  # noqa: DTZ001 - what is refused
                contacted_by="x",
                **LOU.model_dump(),
            )
        )
