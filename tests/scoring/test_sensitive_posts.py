"""What was stored before, and reveals too much, leaves before anything is scored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from cities.folder import CityFolder
from scoring.rescore import rescore
from scoring.run import score
from tests.scoring.small_city import NIGHT_1, NIGHT_2, insert, post
from warehouse.connection import open_warehouse

SECRET = "Ma chimio commence lundi #montreval"
COUNT = "select count(*) from posts where text like '%chimio%'"
TABLES = ("posts", "post_relevance", "post_themes", "theme_readings")


def rows(folder: CityFolder, sql: str) -> Sequence[tuple[Any, ...]]:
    """What a statement gives on the warehouse."""
    with open_warehouse(folder) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def scored(small_city: CityFolder) -> CityFolder:
    """The small city after its first night, where Ada had a private post stored before."""
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", [post("ada", 400, SECRET, published_at=NIGHT_1)])
    score(small_city, NIGHT_1)
    return small_city


def test_a_stored_post_leaves_unscored_and_is_counted(scored: CityFolder) -> None:
    assert rows(scored, COUNT) == [(0,)]
    assert rows(scored, "select as_of, count_stored from sensitive_counts") == [(NIGHT_1, 1)]
    for table in TABLES:
        assert rows(scored, f"select 1 from {table} where post_id like '%/400'") == []


def test_scored_again_it_counts_the_same(scored: CityFolder) -> None:
    score(scored, NIGHT_1)
    assert rows(scored, "select as_of, count_stored from sensitive_counts") == [(NIGHT_1, 1)]


def test_a_changed_text_is_looked_at_again(scored: CityFolder) -> None:
    later = NIGHT_1 + timedelta(hours=1)
    rows(
        scored,
        f"update posts set text = '{SECRET}', observed_at = '{later}' where author_id like 'marc%'",
    )
    score(scored, NIGHT_2)
    assert rows(scored, COUNT) == [(0,)]
    assert rows(scored, "select count(*) from author_days where author_id like 'marc%'") == [(0,)]


@pytest.fixture
def read_before(scored: CityFolder) -> CityFolder:
    """A city that scored a private post under words that did not know it."""
    with open_warehouse(scored) as connection:
        insert(connection, "posts", [post("ada", 401, SECRET)])
        connection.execute(
            "insert into post_relevance select 'mastodon', post_id, 0.5, 0, [],"
            " 'old/' || left(md5(text), 8) from posts where post_id like '%/401'"
        )
        connection.execute("update sensitive_reading set version = 'old'")
    return scored


def test_other_words_look_at_all_posts_again(read_before: CityFolder) -> None:
    score(read_before, NIGHT_2)
    assert rows(read_before, COUNT) == [(0,)]


def test_rescoring_looks_at_all_posts_again_too(read_before: CityFolder) -> None:
    rescore(read_before)
    assert rows(read_before, COUNT) == [(0,)]
    assert rows(read_before, "select count_stored from sensitive_counts") == [(2,)]
    for table in TABLES:
        assert rows(read_before, f"select 1 from {table} where post_id like '%/401'") == []
