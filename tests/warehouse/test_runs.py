"""The account of a night, and the laws of the data."""

from __future__ import annotations

import pytest

from cities.errors import PortevoixError
from collectors.landing import Counts, Outcome, write_outcome
from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import OTHER_SOURCE, SOURCE, Town, author, member, post
from warehouse.checks import FOLDER
from warehouse.connection import open_warehouse
from warehouse.digest import digest
from warehouse.errors import CheckError
from warehouse.load import load

# Each plants one violation of one check in a warehouse that is in order.
VIOLATIONS = {
    "post_keys": "insert into posts from posts",
    "author_keys": "insert into authors from authors",
    "edge_keys": "insert into edges select platform, author_id, 'b', 'reply', post_id, published_at"
    " from posts, range(2)",
    "opening_keys": "insert into openings by name select 'bodacc' as register_name,"
    " 'x' as opening_id, '' as name, '' as activity, '' as address, '' as postcode, '' as town,"
    " date '2026-11-16' as published_on, published_at as first_observed_at,"
    " published_at as observed_at from posts, range(2)",
    "post_figure_keys": "insert into post_figures select 'm', 'p', now(), 1, 1, 1, 1 from range(2)",
    "counts": "update posts set likes = -1",
    "sources_of_posts": "update posts set source_ids = []",
}


def test_each_source_gives_account_of_the_night(town: Town) -> None:
    town.land(post())
    failed = Outcome(
        source_id=OTHER_SOURCE,
        as_of=NIGHT_1,
        state="failed",
        sentence="the token expired",
        counts=Counts(blocked=2),
    )
    write_outcome(town.folder, failed)
    report = town.load()
    assert report.source_states == {SOURCE: "done", OTHER_SOURCE: "failed", "bodacc": "missing"}
    rows = town.rows("select state, sentence, count_blocked from source_runs order by source_id")
    assert rows[1:] == [("failed", "the token expired", 2), ("done", "", 0)]
    assert rows[0][0] == "missing"


def test_runs_of_earlier_nights_stay(town: Town) -> None:
    town.load()
    town.load(NIGHT_2)
    assert town.value("select count(*) from source_runs") == 6
    assert town.value("select count(*) from loads") == 2


def test_the_brief_is_stored_as_tables_and_replaced(town: Town) -> None:
    town.load(members=[member("anna").model_dump()])
    assert town.rows("select member_id from brief_members") == [("m-anna",)]
    assert town.rows("select author_id from brief_accounts") == [("anna@saone.example",)]
    town.load(NIGHT_2)
    assert town.value("select count(*) from brief_members") == 0


def test_a_night_without_brief_says_so(town: Town) -> None:
    with pytest.raises(PortevoixError, match="run the brief step first"):
        load(town.folder, NIGHT_1, settings=town.settings)


@pytest.mark.parametrize("name", sorted(VIOLATIONS))
def test_a_broken_law_undoes_the_load(town: Town, name: str) -> None:
    town.land(post(), author())
    town.load()
    with open_warehouse(town.folder) as connection:
        connection.execute(VIOLATIONS[name])
        connection.execute("update posts set observed_at = '2026-11-18 01:30:00+00'")
    before = digest(town.folder)
    town.land(post(2, observed_at=NIGHT_2), as_of=NIGHT_2)
    with pytest.raises(CheckError, match=rf"checks/{name}\.sql"):
        town.load(NIGHT_2)
    assert digest(town.folder) == before


def test_every_check_states_its_law() -> None:
    for path in FOLDER.glob("*.sql"):
        assert path.read_text(encoding="utf-8").startswith("-- "), path.name
