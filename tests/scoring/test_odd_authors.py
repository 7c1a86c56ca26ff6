"""Type and residency of authors whose profile or days are odd: bounded, explained, never broken."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from cities.folder import CityFolder
from scoring.run import score
from tests.scoring.small_city import NIGHT_1, Row, author, insert, post
from warehouse.connection import open_warehouse

NAMES = ("", "🍷", "Léa", "SARL Léa & fils, maison fondée en 1912", "x" * 5_000)
BIOS = ("", "📍", "📍 → ", "ex-Montrévaloise 📍 Lyon", "9h-12h 03 00 00 00 00 " * 300, "\x00'; --")
PLACES = ("", " , ; ( Lyon )", "France", "46.6,4.3", "Montréval, Lyon, Berlin", "’" * 900)
FAR = (
    datetime.fromisoformat("1970-01-01T00:00Z"),
    NIGHT_1,
    NIGHT_1 + timedelta(days=4_000),
)
LABELS = {
    "account_type": {
        "person", "business", "association", "institution", "media", "automated",
    },
    "residency": {"probable", "unknown"},
}  # fmt: skip


def authors() -> list[Row]:
    return [
        author(f"odd{n}", display_name=name, bio=bio, declared_location=place, audience=None)
        for n, (name, bio, place) in enumerate(product(NAMES, BIOS[:3], PLACES[:2]))
    ] + [
        author(f"far{n}", bio=bio, declared_location=place, audience=-7)
        for n, (bio, place) in enumerate(product(BIOS[3:], PLACES[2:]))
    ]


def posts() -> list[Row]:
    return [
        post(f"{name}{n}", m, text, published_at=FAR[m], likes=-1, replies=None)
        for name, n, (m, text) in product(
            ("odd", "far"), (0, 3, 7), enumerate(("", "J'habite #montreval", "#montreval" * 9))
        )
    ]


def scores(folder: CityFolder) -> list[dict[str, Any]]:
    with open_warehouse(folder, read_only=True) as connection:
        found = connection.execute(
            "select * from author_scores where score in ('account_type', 'residency')"
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def check(rows: list[dict[str, Any]]) -> None:
    assert rows
    for row in rows:
        assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1
        assert row["label"] in LABELS[row["score"]]
        added = math.fsum(clue["contribution"] for clue in row["evidence"])
        assert added == pytest.approx(row["total"], abs=1e-6)


def width(rows: list[dict[str, Any]], name: str) -> float:
    own = [row for row in rows if row["author_id"].startswith(f"{name}@")]
    return max(float(row["high"]) - float(row["low"]) for row in own)


def test_odd_profiles_and_days_have_a_score_that_adds_up(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        insert(connection, "authors", authors())
        insert(connection, "posts", posts())
    score(small_city, NIGHT_1)
    rows = scores(small_city)
    check(rows)
    assert width(rows, "odd7") > width(rows, "ada")


def test_one_author_with_a_million_posts_changes_no_other(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    before = {(row["author_id"], row["score"]): row["value"] for row in scores(small_city)}
    with open_warehouse(small_city) as connection:
        connection.execute(
            "update author_days set count_posts = 1000000, count_mentions = 1000000,"
            " sum_relevance = 1000000, count_evenings = 1000000 where author_id like 'table%'"
        )
    score(small_city, NIGHT_1)
    check(scores(small_city))
    after = {(row["author_id"], row["score"]): row["value"] for row in scores(small_city)}
    others = {key for key in before if not key[0].startswith("table")}
    assert {key: after[key] for key in others} == {key: before[key] for key in others}
