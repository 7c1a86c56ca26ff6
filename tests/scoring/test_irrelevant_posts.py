"""A post that speaks of something else is kept for a month, not for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cities.folder import CityFolder
from scoring.run import score
from tests.scoring.small_city import NIGHT_1, NIGHT_2, insert, post
from warehouse.connection import open_warehouse

MONTH = timedelta(days=30)
A_MOMENT = timedelta(minutes=1)
ELSEWHERE = "Marché de Noël à Strasbourg, en Alsace, avec mes cousins de Colmar"
HERE = "Ce matin au marché de Montréval-sur-Saône avec mes cousins #montreval"
TABLES = ("posts", "post_relevance", "post_themes", "theme_readings")


def numbers(folder: CityFolder, table: str) -> Sequence[int]:
    """Numbers of Ada's posts that a table still knows."""
    with open_warehouse(folder) as connection:
        rows = connection.execute(
            f"select distinct split_part(post_id, '/', -1)::int as number from {table}"
            " where number >= 400 order by number"
        ).fetchall()
    return [number for (number,) in rows]


def test_what_speaks_of_something_else_leaves_after_its_days(small_city: CityFolder) -> None:
    old = NIGHT_1 - MONTH - A_MOMENT
    with open_warehouse(small_city) as connection:
        insert(
            connection,
            "posts",
            [
                post("ada", 400, ELSEWHERE, first_observed_at=old),
                post("ada", 401, HERE, first_observed_at=old),
                post("ada", 402, ELSEWHERE, first_observed_at=NIGHT_1 - MONTH),
            ],
        )
    score(small_city, NIGHT_1)
    assert numbers(small_city, "posts") == [401, 402]
    assert numbers(small_city, "post_relevance") == [401, 402]
    score(small_city, NIGHT_2)
    for table in TABLES:
        assert 401 in numbers(small_city, table), table
        assert 402 not in numbers(small_city, table), table


def test_its_days_are_summed_without_it_and_twice_is_once(small_city: CityFolder) -> None:
    counts = "select sum(count_posts), count(*), sum(sum_relevance) from author_days"
    with open_warehouse(small_city) as connection:
        posts = [post("ada", 400, ELSEWHERE, first_observed_at=NIGHT_1 - MONTH)]
        insert(connection, "posts", posts)
    score(small_city, NIGHT_1)
    seen = []
    for _ in range(2):
        score(small_city, NIGHT_2)
        with open_warehouse(small_city) as connection:
            seen.append(connection.execute(counts).fetchone())
            stored = connection.execute("select count(*) from personal_posts").fetchone()
        assert seen[-1] is not None
        assert stored == seen[-1][:1]
    assert seen[0] == seen[1]
