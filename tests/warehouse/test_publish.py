"""The snapshot: what it holds, and the wall that it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import duckdb
import pytest
import yaml

from cities.blocking import block_hash
from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import OTHER_SOURCE, REGISTER, SOURCE, Town, author, opening, post
from warehouse.connection import open_warehouse
from warehouse.publish import SNAPSHOT_TABLES, publish

PERSON_TABLES = (
    "residents",
    "scores",
    "posts",
    "post_themes",
    "rankings",
    "team",
    "invitations",
    "relays",
    "weight_moves",
)


def score(town: Town, name: str, *, label: str = "probable", person: float = 0.9) -> None:
    """Rows such as scoring and outreach leave for one author."""
    account = f"'mastodon', '{name}@saone.example'"
    clue = "[{'name': 'habit', 'contribution': 1.5, 'detail': ''}]"
    with open_warehouse(town.folder) as connection:
        for values in (
            f"author_scores values ({account}, 'residency', '', .8, .6, .9, '{label}',"
            f" 'log-odds', 1.5, {clue})",
            f"author_scores values ({account}, 'account_type', '', {person}, .5, 1, 'person',"
            " 'log-odds', 0, [])",
            f"author_scores values ({account}, 'reach', '', 40, 20, 80, '', 'log-people', 0, [])",
            f"author_scores values ({account}, 'affinity', 'wine', .4, .2, .5, '', 'share', 0, [])",
            f"persons values ('p-{name}', {account}, null)",
            f"rankings values ('', 'p-{name}', 1, 1, 1, 1, 'A', [], 0.9, 1, '')",
            f"weight_moves values ('p-{name}', 1, 2, 12)",
            f"team_proposal values ('p-{name}', 1, ['wine'], 0, [], 0.5)",
            f"invitation_proposals values ('o', 'p-{name}', 1, 1, [])",
            f"relay_proposals values ('o', 1, 'p-{name}', 'mastodon',"
            f" 'https://saone.example/users/{name}/statuses/1', '{name}@saone.example', .9, 2, [])",
        ):
            connection.execute(f"insert into {values}")


def mark_posts(town: Town) -> None:
    with open_warehouse(town.folder) as connection:
        connection.execute(
            "insert into post_relevance select platform, post_id, .9, 2, [], 'm' from posts"
        )
        connection.execute(
            "insert into post_themes select platform, post_id, 'wine', .8, 1, [], 'm' from posts"
        )


def published(town: Town, query: str, as_of: Any = NIGHT_1) -> list[tuple[Any, ...]]:
    path = publish(town.folder, as_of, settings=town.settings)
    with duckdb.connect(path, read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return connection.execute(query).fetchall()


def test_a_resident_is_published_with_all_that_pages_show(town: Town) -> None:
    town.land(post(1), post(2, published_at=NIGHT_1 - timedelta(days=200)), author())
    town.load()
    score(town, "anna")
    mark_posts(town)
    rows = published(
        town,
        "select person_id, accounts[1].handle, residency_state, residency, reach, audience,"
        " count_posts, last_post_at, is_member, top_themes, block_hashes from residents",
    )
    key = town.settings.block_key()
    last_post_at = NIGHT_1 - timedelta(days=3)
    hashes = [block_hash(key, "mastodon", "anna@saone.example")]
    figures = (0.8, 40, 120, 2, last_post_at)
    assert rows == [
        ("p-anna", "@anna@saone.example", "probable", *figures, False, ["wine"], hashes)
    ]
    posts = published(town, "select person_id, text, relevance, themes[1].theme from posts")
    assert posts == [("p-anna", post(1).text, 0.9, "wine")]
    assert published(town, "select evidence[1].name from scores where score = 'residency'")


def test_every_table_is_there(town: Town) -> None:
    town.load()
    rows = published(town, "select table_name from duckdb_tables()")
    assert {name for (name,) in rows} == set(SNAPSHOT_TABLES)
    assert published(town, "select run_id, city_name, is_ranking_open from run") == [
        ("20261117T013000Z", "Montréval", True)
    ]
    assert len(published(town, "from sources")) == 3


@pytest.mark.parametrize(
    ("label", "person"), [("unknown", 0.9), ("not_resident", 0.9), ("confirmed", 0.3)]
)
def test_who_is_no_resident_is_in_no_table(town: Town, label: str, person: float) -> None:
    town.land(post(), author())
    town.load()
    score(town, "anna", label=label, person=person)
    for table in PERSON_TABLES:
        assert published(town, f"from {table}") == [], table


def test_a_listening_source_puts_no_author_and_no_post(town: Town) -> None:
    town.change_source(SOURCE, use="listen")
    town.land(post(1), author())
    town.land(post(2), author(), source=OTHER_SOURCE)
    town.load()
    score(town, "anna")
    assert published(town, "select post_id from posts") == [(post(2).post_id,)]
    assert published(town, "select count_posts from residents") == [(1,)]


def test_from_rank_to_listen_the_next_snapshot_loses_them(town: Town) -> None:
    town.land(post(), author())
    town.load()
    score(town, "anna")
    assert published(town, "from residents")
    town.change_source(SOURCE, use="listen")
    town.load(NIGHT_2)
    path = publish(town.folder, NIGHT_2, settings=town.settings)
    for table in PERSON_TABLES:
        assert published(town, f"from {table}", NIGHT_2) == [], table
    assert b"anna" not in path.read_bytes()


def test_older_snapshots_end_when_somebody_withdraws(town: Town) -> None:
    town.land(post(), author(), post(2, "bea"), author("bea"))
    nights = [NIGHT_1 + timedelta(days=day) for day in range(4)]
    for as_of in nights[:3]:
        town.load(as_of)
        publish(town.folder, as_of, settings=town.settings)
    assert len(list(town.folder.snapshots.iterdir())) == 3
    hashes = [block_hash(town.settings.block_key(), "mastodon", "anna@saone.example")]
    town.load(nights[3], blocked=hashes)
    town.load(nights[3])
    path = publish(town.folder, nights[3], settings=town.settings)
    assert list(town.folder.snapshots.iterdir()) == [path]


def test_older_snapshots_end_when_a_source_only_listens_from_now_on(town: Town) -> None:
    town.load()
    publish(town.folder, NIGHT_1, settings=town.settings)
    town.change_source(SOURCE, use="listen")
    town.load(NIGHT_2)
    path = publish(town.folder, NIGHT_2, settings=town.settings)
    assert list(town.folder.snapshots.iterdir()) == [path]


def test_without_the_privacy_block_no_person_is_published(town: Town) -> None:
    town.land(post(), author())
    town.load()
    score(town, "anna")
    city = yaml.safe_load(town.folder.city_file.read_text(encoding="utf-8"))
    del city["privacy"]
    for source in city["sources"][:2]:
        source["use"] = "members"
    town.folder.city_file.write_text(yaml.safe_dump(city), encoding="utf-8")
    assert published(town, "select is_ranking_open from run") == [(False,)]
    for table in PERSON_TABLES:
        assert published(town, f"from {table}") == [], table


def test_volumes_count_all_sources_and_withhold_small_cells(town: Town) -> None:
    town.change_source(SOURCE, use="listen")
    town.land(*(post(n, f"voix{n}") for n in range(6)))
    town.land(*(post(n, f"voix{n}") for n in range(6, 12)), source=OTHER_SOURCE)
    old = {"published_at": NIGHT_1 - timedelta(days=30)}
    town.land(*(post(n + 100, f"voix{n}", **old) for n in range(9)), source=OTHER_SOURCE, seq=1)
    town.load()
    mark_posts(town)
    rows = published(town, "select theme, platform, count_posts, count_authors from volumes")
    assert rows == [("", "mastodon", 12, 12), ("wine", "mastodon", 12, 12)]


def test_openings_show_their_occasion_where_there_is_one(town: Town) -> None:
    town.land(opening(1), opening(2), source=REGISTER)
    town.load()
    with open_warehouse(town.folder) as connection:
        connection.execute(
            "insert into occasion_proposals values ('opening-1', 'opening', 'Le Fournil',"
            " 'A20260001', 'bakery', ['gastronomy'], 'tasting')"
        )
    rows = published(town, "select opening_id, trade, themes, activity_id from openings")
    assert sorted(rows) == [
        ("A20260001", "bakery", ["gastronomy"], "tasting"),
        ("A20260002", "", [], None),
    ]


def test_the_last_three_snapshots_are_kept(town: Town) -> None:
    nights = [NIGHT_1 + timedelta(days=n) for n in range(5)]
    leftover = town.folder.snapshots / ".20261101T013000Z.duckdb.draft"
    leftover.write_bytes(b"x")
    paths = []
    for night in nights:
        town.load(night)
        paths.append(publish(town.folder, night, settings=town.settings))
    assert sorted(town.folder.snapshots.iterdir()) == paths[-3:]
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths[-3:])
