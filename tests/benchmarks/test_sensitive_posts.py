"""The form of the labelled posts that judge what is dropped as sensitive."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

import benchmarks
from benchmarks.sensitive import is_kept_half
from cities.sensitive_posts import is_sensitive

POSTS = Path(benchmarks.__file__).parent / "data" / "sensitive_posts.ndjson"
CATEGORIES = {"religion", "opinions", "health", "sexuality", "origin", "union"}
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]


def test_each_row_has_its_five_fields(rows: list[Row]) -> None:
    for row in rows:
        assert set(row) == {"text", "language", "label", "category", "why"}
        assert all(value and value == value.strip() for value in row.values())
        assert row["language"] in {"fr", "en"}
        assert row["label"] in {"sensitive", "fine"}
        assert row["category"] in CATEGORIES


def test_no_text_is_there_twice(rows: list[Row]) -> None:
    assert len({row["text"].casefold() for row in rows}) == len(rows)


def test_each_category_weighs_enough_on_both_sides(rows: list[Row]) -> None:
    counts = Counter((row["label"], row["category"]) for row in rows)
    for label in ("sensitive", "fine"):
        assert sum(counts[label, category] for category in CATEGORIES) >= 330
        assert min(counts[label, category] for category in CATEGORIES) >= 50


def test_two_thirds_are_french(rows: list[Row]) -> None:
    french = sum(row["language"] == "fr" for row in rows) / len(rows)
    assert 0.6 < french < 0.72


def test_the_shipped_way_is_as_good_as_its_card_says(rows: list[Row]) -> None:
    dropped: dict[str, list[bool]] = {"sensitive": [], "fine": []}
    for row in rows:
        if is_kept_half(row["text"]):
            dropped[row["label"]].append(is_sensitive(f"Il fait beau. {row['text']}"))
    assert mean(dropped["sensitive"]) >= 0.84
    assert mean(dropped["fine"]) <= 0.07
