"""People's word comes back: what is decided after night 1 changes night 2, through the brief."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cities.blocking import block_hash
from cities.brief import Account
from decisions.act import Act
from decisions.corrections import correct
from decisions.members import Agreement, add, declare_residency, link
from decisions.objections import block
from decisions.store import open_store
from demo.serve import Proxy
from tests.constants import NIGHT_2
from tests.laws.nights import KEY, Stage, run_night
from warehouse.connection import open_warehouse

DECIDED_AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


@pytest.fixture
def stage(first_night: Stage, proxy: Proxy, tmp_path: Path) -> Stage:
    """Night 1 is over; the proxy stands at night 2."""
    proxy.set_clock(NIGHT_2)
    return first_night.copy(tmp_path / "data")


@contextmanager
def acting(stage: Stage) -> Iterator[Act]:
    """One act of an analyst, by day."""
    with (
        open_store(stage.settings) as store,
        store.act("montreval", actor="odile", at=DECIDED_AT) as act,
    ):
        yield act


def ask(stage: Stage, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of the warehouse."""
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        return warehouse.execute(sql, values).fetchall()


def ranked_account(stage: Stage, *, position: int = 1) -> Account:
    """An account of the person at that place of the overall ranking."""
    sql = """
        select platform, author_id from rankings join persons using (person_id)
        where theme = '' and position = ? order by author_id
    """
    platform, author_id = ask(stage, sql, position)[0]
    return Account(platform=platform, author_id=author_id)


def is_ranked(stage: Stage, account: Account) -> bool:
    """Whether the account's person stands in any ranking."""
    sql = "select 1 from rankings join persons using (person_id) where author_id = ?"
    return bool(ask(stage, sql, account.author_id))


def test_a_correction_changes_the_next_night(stage: Stage) -> None:
    account = ranked_account(stage)
    with acting(stage) as act:
        correct(act, account, subject="residency", value="not_resident", reason="known")
    assert is_ranked(stage, account)
    run_night(stage, NIGHT_2)
    assert not is_ranked(stage, account)


def test_a_correction_of_type_changes_the_next_night(stage: Stage) -> None:
    account = ranked_account(stage)
    with acting(stage) as act:
        correct(act, account, subject="account_type", value="business", reason="known")
    run_night(stage, NIGHT_2)
    assert not is_ranked(stage, account)


def test_a_theme_set_aside_leaves_that_ranking_alone(stage: Stage) -> None:
    sql = """
        select r.theme, platform, author_id from rankings as r join persons using (person_id)
        join author_scores as s using (platform, author_id)
        where r.theme <> '' and s.score = 'residency' and s.value > 0.8
        order by position, r.theme limit 1
    """  # surely a resident: one at the gate may leave all rankings by a night's new posts
    theme, platform, author_id = ask(stage, sql)[0]
    account = Account(platform=platform, author_id=author_id)
    with acting(stage) as act:
        correct(act, account, subject="theme", value=theme, reason="misread")
    run_night(stage, NIGHT_2)
    themes = ask(
        stage,
        "select theme from rankings join persons using (person_id) where author_id = ?",
        author_id,
    )
    assert (theme,) not in themes
    assert ("",) in themes


def test_a_member_is_confirmed_with_all_their_accounts(stage: Stage) -> None:
    unranked = ask(
        stage,
        """
        select platform, author_id from rankable_authors
        where author_id not in (
            select author_id from rankings join persons using (person_id))
        order by author_id limit 1
        """,
    )[0]
    first, second = ranked_account(stage), Account(platform=unranked[0], author_id=unranked[1])
    with acting(stage) as act:
        member_id = add(act, Agreement("2026-05", DECIDED_AT))
        link(act, member_id, first)
        link(act, member_id, second)
        declare_residency(act, member_id, is_resident=True)
    run_night(stage, NIGHT_2)
    persons = ask(stage, "select distinct person_id from persons where member_id = ?", member_id)
    assert len(persons) == 1
    labels = ask(
        stage,
        """
        select distinct label from author_scores
        where score = 'residency' and author_id in (?, ?)
        """,
        first.author_id,
        second.author_id,
    )
    assert labels == [("confirmed",)]
    assert is_ranked(stage, second)


def test_an_objection_empties_the_warehouse_the_next_night(stage: Stage) -> None:
    account = ranked_account(stage)
    with acting(stage) as act:
        block(act, account)
    run_night(stage, NIGHT_2)
    for table in ("authors", "posts", "author_scores", "persons"):
        assert not ask(stage, f"select 1 from {table} where author_id = ?", account.author_id)
    brief = stage.folder.brief(NIGHT_2)
    assert block_hash(KEY, account.platform, account.author_id) in brief.blocked


def test_an_objector_is_in_nobody_elses_words_the_next_night(stage: Stage) -> None:
    account, mention = mentioned_resident(stage)
    with acting(stage) as act:
        block(act, account)
    run_night(stage, NIGHT_2)
    (newest,) = stage.folder.snapshots.glob("*.duckdb")
    for path in (stage.folder.warehouse, newest):
        assert tables_holding(path, mention) == []


def mentioned_resident(stage: Stage) -> tuple[Account, str]:
    """A ranked resident whom somebody else's stored text names, and that name."""
    sql = """
        select persons.platform, persons.author_id, '@' || split_part(persons.author_id, '@', 1)
        from rankings
        inner join persons using (person_id)
        inner join edges on edges.to_author_id = persons.author_id
        inner join posts on posts.post_id = edges.post_id
        where
            rankings.theme = ''
            and contains(lower(posts.text), '@' || split_part(persons.author_id, '@', 1))
        order by rankings.position, persons.author_id limit 1
    """
    platform, author_id, mention = ask(stage, sql)[0]
    return Account(platform=platform, author_id=author_id), mention


def tables_holding(path: Path, mention: str) -> list[str]:
    """Tables with a row in which the mention stands as a word of its own."""
    import duckdb  # noqa: PLC0415 - read from outside the rooms

    word = rf"(^|\W){re.escape(mention)}(\W|$)"
    with duckdb.connect(path, read_only=True) as found:
        return [
            table
            for (table,) in found.execute("show tables").fetchall()
            if found.execute(
                f'select 1 from "{table}" as t where regexp_matches(lower(t::varchar), ?)', [word]
            ).fetchall()
        ]


def test_no_night_writes_in_the_decisions_store(stage: Stage) -> None:
    with acting(stage) as act:
        block(act, ranked_account(stage, position=2))
    before = stage.home.decisions_file.read_bytes()
    run_night(stage, NIGHT_2)
    assert stage.home.decisions_file.read_bytes() == before
