"""A post whose author its platform does not tell: it counts for the city, never for a person."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cities.blocking import block_hash
from collectors.records import Post
from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import OTHER_SOURCE, SOURCE, Town, member, post
from tests.warehouse.test_publish import mark_posts, published
from warehouse.connection import open_warehouse

AUTHORS = "select author_id, count(*) from posts group by all order by 1 nulls last"


def untold(number: int = 1, **changes: Any) -> Post:
    """A post as the official way gives it."""
    return post(number, author_id=None, **changes)


def test_it_is_a_fact_without_an_author(town: Town) -> None:
    town.land(untold(1), post(2))
    report = town.load()
    assert (report.count_rows, report.count_rejects) == (2, 0)
    assert town.rows(AUTHORS) == [("anna@saone.example", 1), (None, 1)]
    assert town.rows("select author_id from rankable_authors") == [("anna@saone.example",)]
    assert town.rows("select author_id from personal_posts") == [("anna@saone.example",)]


def test_an_empty_author_is_still_a_reject(town: Town) -> None:
    path = town.land(untold(1), untold(2))
    line = untold(3).model_dump_json().replace('"author_id":null', '"author_id":""')
    _append(path, line)
    assert town.load().count_rejects == 1
    assert town.value("select count(*) from posts") == 2


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("nights", [1, 2], ids=["one night", "two nights"])
def test_an_author_told_by_one_way_is_told(town: Town, order: tuple[int, int], nights: int) -> None:
    ways = [untold(likes=3), post(likes=5)]
    for turn, at in enumerate(order):
        night = NIGHT_2 if turn and nights == 2 else NIGHT_1
        source = (SOURCE, OTHER_SOURCE)[at]
        town.land(ways[at].model_copy(update={"observed_at": night}), source=source, as_of=night)
        if nights == 2:
            town.load(night)
    town.load(NIGHT_2)
    assert town.rows(AUTHORS) == [("anna@saone.example", 1)]
    assert town.value("select source_ids from posts") == [OTHER_SOURCE, SOURCE]


def test_a_way_that_comes_later_in_the_night_tells_it(town: Town) -> None:
    town.land(untold())
    town.load()
    town.land(post(), source=OTHER_SOURCE)
    town.load()
    assert town.rows(AUTHORS) == [("anna@saone.example", 1)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("nights", [1, 2], ids=["one night", "two nights"])
def test_an_author_whom_only_a_listening_source_tells_is_not_ranked(
    town: Town, order: tuple[int, int], nights: int
) -> None:
    town.change_source(OTHER_SOURCE, use="listen")
    ways = [untold(), post()]
    for turn, at in enumerate(order):
        night = NIGHT_2 if turn and nights == 2 else NIGHT_1
        source = (SOURCE, OTHER_SOURCE)[at]
        town.land(ways[at].model_copy(update={"observed_at": night}), source=source, as_of=night)
        if nights == 2:
            town.load(night)
    town.load(NIGHT_2)
    assert town.rows("select author_id, named_by from posts") == [
        ("anna@saone.example", [OTHER_SOURCE])
    ]
    for view in ("personal_posts", "rankable_authors"):
        assert town.rows(f"from {view}") == []
    town.change_source(OTHER_SOURCE, use="rank")
    town.load(NIGHT_2 + timedelta(days=1))
    assert len(town.rows("from personal_posts")) == 1


def test_a_source_for_members_gives_none(town: Town) -> None:
    town.change_source(SOURCE, use="members")
    town.land(untold(1), post(2))
    town.load(members=[member("anna").model_dump()])
    assert town.rows(AUTHORS) == [("anna@saone.example", 1)]


def test_it_leaves_when_it_is_old_or_gone(town: Town) -> None:
    town.land(untold(1, published_at=NIGHT_1 - timedelta(days=360)), untold(2))
    town.load()
    town.load(NIGHT_1 + timedelta(days=30))
    assert town.rows("select post_id from posts") == [(untold(2).post_id,)]


def test_who_objects_takes_the_post_along_once_it_is_known_to_be_theirs(town: Town) -> None:
    town.land(untold(1), untold(2))
    town.land(post(1), source=OTHER_SOURCE)
    town.load()
    key = town.settings.block_key()
    town.load(NIGHT_2, blocked=[block_hash(key, "mastodon", "anna@saone.example")])
    assert town.rows("select post_id from posts") == [(untold(2).post_id,)]


def test_volumes_count_it_as_a_post_and_never_as_an_author(town: Town) -> None:
    town.change_source(SOURCE, use="listen")
    town.land(*(untold(n) for n in range(100, 130)))
    town.load()
    mark_posts(town)
    assert published(town, "from volumes") == []
    town.land(*(post(n, f"voix{n}") for n in range(10)), source=OTHER_SOURCE, as_of=NIGHT_2)
    town.load(NIGHT_2)
    with open_warehouse(town.folder) as connection:
        connection.execute("delete from post_relevance")
        connection.execute("delete from post_themes")
    mark_posts(town)
    rows = published(town, "select theme, count_posts, count_authors from volumes", NIGHT_2)
    assert rows == [("", 40, 10), ("wine", 40, 10)]
    assert published(town, "from posts", NIGHT_2) == []


def _append(path: Path, line: str) -> None:
    lines = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(f"{lines}{line}\n".encode(), mtime=0))
