"""Erased is erased: in rows and in bytes, in the warehouse and in every snapshot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from cities.brief import Account
from tests.constants import NIGHT_1, NIGHT_2, ROOT
from tests.warehouse.nights import Town, author, edge, post
from tests.warehouse.test_publish import mark_posts, score
from warehouse.connection import open_warehouse
from warehouse.erasure import PERSON_TABLES, forget, holds
from warehouse.publish import publish

NAME = "zoé.berger"
ACCOUNT = Account(platform="mastodon", author_id="zoé.berger@saone.example")


def publish_a_town(town: Town) -> None:
    others = [post(n, f"voix{n}", text=f"Merci @{NAME} pour le vin") for n in range(40)]
    kept = post(99, "bea", text=f"Bravo @{NAME}tte", links=(f"https://saone.example/@{NAME}",))
    authors = [author(name) for name in ("bea", *(f"voix{n}" for n in range(40)))]
    town.land(post(1, NAME), *others, kept, author(NAME), *authors)
    town.land(edge(NAME, "bea"), edge("bea", NAME, 99), seq=1)
    town.load()
    for name in (NAME, "bea", "voix1"):
        score(town, name)
    mark_posts(town)
    publish(town.folder, NIGHT_1, settings=town.settings)
    town.load(NIGHT_2)
    publish(town.folder, NIGHT_2, settings=town.settings)


def test_an_author_is_found_then_nowhere(town: Town) -> None:
    publish_a_town(town)
    snapshots = sorted(town.folder.snapshots.iterdir())
    assert holds(town.folder, ACCOUNT) == [town.folder.warehouse, *snapshots]
    forget(town.folder, ACCOUNT)
    assert holds(town.folder, ACCOUNT) == []
    whole = b"".join(path.read_bytes() for path in files(town))
    assert "zoé.berger@saone.example".encode() not in whole
    assert town.value("select count(*) from edges") == 0


def test_no_published_table_of_persons_is_forgotten(town: Town) -> None:
    publish_a_town(town)
    snapshot = min(town.folder.snapshots.iterdir())
    with duckdb.connect(snapshot, read_only=True) as connection:
        tables = connection.execute(
            "select distinct table_name from duckdb_columns() where column_name = 'person_id'"
            " and not internal"
        ).fetchall()
    assert {table for (table,) in tables} == set(PERSON_TABLES)


def test_an_author_leaves_while_the_pages_are_served(town: Town) -> None:
    publish_a_town(town)
    with pages(town) as child:
        assert ask(child) == "3"
        forget(town.folder, ACCOUNT)
        assert ask(child) == "2"
        assert holds(town.folder, ACCOUNT) == []
    whole = b"".join(path.read_bytes() for path in files(town))
    assert NAME.encode() not in whole.replace(f"{NAME}tte".encode(), b"")


def test_the_others_stay_with_their_words(town: Town) -> None:
    publish_a_town(town)
    forget(town.folder, ACCOUNT)
    assert town.value("select count(*) from posts") == 41
    assert town.rows("select distinct text from posts where author_id like 'voix%'") == [
        ("Merci @… pour le vin",)
    ]
    rows = town.rows("select text, links from posts where author_id like 'bea%'")
    assert rows == [(f"Bravo @{NAME}tte", [])]
    for snapshot in town.folder.snapshots.iterdir():
        with duckdb.connect(snapshot, read_only=True) as connection:
            people = connection.execute("select person_id from residents").fetchall()
        assert people == [("p-bea",), ("p-voix1",)]


def test_evidence_that_quotes_the_author_is_redacted(town: Town) -> None:
    town.land(post(1, "bea"), author("bea"))
    town.load()
    with open_warehouse(town.folder) as connection:
        connection.execute(
            "insert into post_relevance select platform, post_id, 1, 2,"
            f" [{{'name': 'place', 'contribution': 2, 'detail': 'avec @{NAME}'}}], 'm' from posts"
        )
    forget(town.folder, ACCOUNT)
    assert town.value("select evidence from post_relevance") == [
        {"name": "place", "contribution": 2.0, "detail": "avec @…"}
    ]
    assert holds(town.folder, ACCOUNT) == []


MARIES = (
    Account(platform="x", author_id="marie"),
    Account(platform="instagram", author_id="marie"),
    Account(platform="blog", author_id="marie.example"),
    Account(platform="mastodon", author_id="marie@marie.example"),
)
WORDS = "Marie, @marie, x.com/marie, instagram.com/marie, www.marie.example, @marie@marie.example"


@pytest.mark.parametrize("account", MARIES, ids=lambda account: account.platform)
def test_of_four_maries_one_is_forgotten_and_the_others_keep_their_name(
    town: Town, account: Account
) -> None:
    for number, marie in enumerate(MARIES):
        platform = marie.platform
        own = {"platform": platform, "author_id": marie.author_id, "url": "https://a.example/"}
        town.land(
            post(number, post_id=f"own-{platform}", **own),
            post(number, post_id=f"of-{platform}", text=WORDS, **(own | {"author_id": "bea"})),
            author(handle="@marie", display_name="Marie", **own),
            seq=number,
        )
    town.load()
    publish(town.folder, NIGHT_1, settings=town.settings)
    town.load(NIGHT_2)
    assert town.folder.warehouse in holds(town.folder, account)
    forget(town.folder, account)
    assert holds(town.folder, account) == []
    left = [marie for marie in MARIES if marie != account]
    assert all(town.folder.warehouse in holds(town.folder, marie) for marie in left)
    platforms = sorted(marie.platform for marie in left)
    assert town.rows("select platform from authors order by all") == [(one,) for one in platforms]
    parts = WORDS.split(", ")
    for platform, text in town.rows("select platform, text from posts where author_id = 'bea'"):
        home = {at for at in (1,) if account.platform == platform != "blog"}
        gone = home | {2 + [marie.platform for marie in MARIES].index(account.platform)}
        assert text.split(", ") == [
            "@…" if at in gone else part for at, part in enumerate(parts)
        ], platform


def test_a_rewritten_warehouse_goes_on(town: Town) -> None:
    publish_a_town(town)
    forget(town.folder, ACCOUNT)
    town.land(post(500, "bea", observed_at=NIGHT_2), as_of=NIGHT_2, seq=7)
    town.load(NIGHT_2)
    assert town.value("select count(*) from rankable_authors") == 41
    assert town.value("select count(*) from resident_persons(0.5)") == 2
    assert town.value("select count(*) from migrations") > 0


def test_deleted_rows_that_are_still_in_the_file_are_found(town: Town) -> None:
    publish_a_town(town)
    with open_warehouse(town.folder) as connection:
        for table in ("posts", "authors", "edges", "author_figures"):
            connection.execute(f"delete from {table}")
        connection.execute("checkpoint")
    found = holds(town.folder, ACCOUNT)
    assert town.folder.warehouse in found


def test_forgetting_twice_and_forgetting_nobody_change_nothing(town: Town) -> None:
    forget(town.folder, ACCOUNT)
    publish_a_town(town)
    for _ in range(2):
        forget(town.folder, ACCOUNT)
    assert town.value("select count(*) from posts") == 41


def test_what_a_killed_run_left_is_removed(town: Town) -> None:
    publish_a_town(town)
    spill = town.folder.warehouse.with_name("warehouse.duckdb.tmp")
    spill.mkdir()
    (spill / "block.tmp").write_bytes(b"@zo\xc3\xa9.berger")
    (town.folder.snapshots / ".x.duckdb.draft").write_bytes(b"@zo\xc3\xa9.berger")
    assert len(holds(town.folder, ACCOUNT)) == 5
    forget(town.folder, ACCOUNT)
    assert holds(town.folder, ACCOUNT) == []
    assert not spill.exists()


@contextmanager
def pages(town: Town) -> Iterator[subprocess.Popen[str]]:
    """A process that reads the snapshots as the pages do, and holds them open."""
    command = [sys.executable, "-m", "tests.warehouse.reader", str(town.folder.root.parent)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        yield child
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait() == 0


def ask(child: subprocess.Popen[str]) -> str:
    """How many members of the team the pages show now."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("\n")
    child.stdin.flush()
    return child.stdout.readline().strip()


def files(town: Town) -> list[Path]:
    beside = [p for p in town.folder.root.iterdir() if p.name.startswith("warehouse")]
    return [p for p in (*beside, *town.folder.snapshots.iterdir()) if p.is_file()]
