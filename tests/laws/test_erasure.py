"""Erased is erased: the handle is in no byte of any store, and does not come back."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cities.brief import Account
from cities.handles import written_forms
from decisions.act import Act
from decisions.corrections import correct
from decisions.members import Agreement, add, link
from decisions.store import open_store
from demo.serve import Proxy
from tests.constants import NIGHT_1, NIGHT_2, ROOT
from tests.dags.test_nightly import environment, nightly
from tests.laws.nights import Stage, new_stage, run_night
from warehouse.connection import open_warehouse

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)


def ask(stage: Stage, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of the warehouse."""
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        return warehouse.execute(sql, values).fetchall()


def files_holding(root: Path, *needles: str) -> list[str]:
    """Files below `root` in which a needle is readable, compressed files opened."""
    wanted = [needle.lower().encode() for needle in needles]
    found = []
    for path in root.rglob("*"):
        if path.is_file() and ".demo" not in path.parts:
            content = path.read_bytes()
            if path.suffix == ".gz":
                content += gzip.decompress(content)
            if any(needle in content.lower() for needle in wanted):
                found.append(str(path.relative_to(root)))
    return found


def addresses(account: Account) -> list[str]:
    """The written forms that are nobody else's: a bare name, or `@name`, may be a namesake's."""
    forms = written_forms(account.platform, account.author_id)
    return [form for form in forms if not form.startswith("@")]


def mentioned_resident(stage: Stage) -> Account:
    """A ranked resident whom somebody else's post names."""
    sql = """
        select persons.platform, persons.author_id
        from rankings
        inner join persons using (person_id)
        inner join edges
            on edges.platform = persons.platform and edges.to_author_id = persons.author_id
        where rankings.theme = '' order by rankings.position, author_id limit 1
    """
    platform, author_id = ask(stage, sql)[0]
    return Account(platform=platform, author_id=author_id)


def decide(act: Act, account: Account) -> None:
    """Rows of the decisions store that name the author."""
    correct(act, account, subject="theme", value="wine", reason="misread")
    link(act, add(act, Agreement("2026-05", AT)), account)


@pytest.fixture(scope="module")
def stage(session_proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A home after a night by the DAG, with decisions, and a second night by the run functions."""
    session_proxy.set_faults([])
    session_proxy.set_clock(NIGHT_1)
    stage = new_stage(tmp_path_factory.mktemp("erase") / "data", session_proxy)
    assert nightly(stage, NIGHT_1).returncode == 0
    with (
        open_store(stage.settings) as store,
        store.act("montreval", actor="odile", at=AT) as act,
    ):
        decide(act, mentioned_resident(stage))
    session_proxy.set_clock(NIGHT_2)
    run_night(stage, NIGHT_2)
    return stage


@pytest.fixture(scope="module")
def erased(stage: Stage) -> tuple[Account, str]:
    """Whom the command erased, and what it printed."""
    account = mentioned_resident(stage)
    assert files_holding(stage.home.root, *addresses(account))
    done = subprocess.run(
        [
            *(sys.executable, "-m", "portevoix", "erase", "montreval"),
            *(f"{account.platform}:{account.author_id}", "--by", "odile"),
        ],
        env=environment(stage),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return account, done.stdout


def test_the_handle_is_in_no_byte(stage: Stage, erased: tuple[Account, str]) -> None:
    account, _ = erased
    assert files_holding(stage.home.root, *addresses(account)) == []


def test_the_handle_is_in_no_row(stage: Stage, erased: tuple[Account, str]) -> None:
    # DuckDB compresses text: bytes alone would prove too little
    forms = addresses(erased[0])
    for path in [stage.folder.warehouse, *stage.folder.snapshots.glob("*.duckdb")]:
        import duckdb  # noqa: PLC0415 - read from outside the rooms

        with duckdb.connect(path, read_only=True) as found:
            for (table,) in found.execute("show tables").fetchall():
                rows = found.execute(
                    f'select 1 from "{table}" as t, unnest(?) as f(form)'
                    " where contains(lower(t::varchar), form)",
                    [forms],
                ).fetchall()
                assert rows == [], (path.name, table)


def test_the_proof_is_printed(erased: tuple[Account, str]) -> None:
    _, said = erased
    for store in ("landing", "briefs", "warehouse", "snapshots", "decisions", "airflow"):
        assert store in said.lower()
    assert "backup" in said.lower()


def test_the_erased_do_not_come_back(
    stage: Stage, erased: tuple[Account, str], session_proxy: Proxy
) -> None:
    account, _ = erased
    session_proxy.set_clock(NIGHT_2)
    run_night(stage, NIGHT_2.replace(hour=3))
    assert files_holding(stage.home.root, *addresses(account)) == []
    assert not ask(
        stage,
        "select 1 from posts where platform = ? and author_id = ?",
        account.platform,
        account.author_id,
    )
