"""The form of the invented posts that judge the themes."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import benchmarks
from cities.themes import ALL_THEMES

POSTS = Path(benchmarks.__file__).parent / "data" / "theme_posts_fr.ndjson"
EASY = {"plain", "negative"}
HARD = {
    *("irony", "mixed", "brand", "no_theme_word", "other_sense", "passing"),
    *("short", "emoji", "hashtags", "typos", "english"),
}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]


def test_each_row_has_its_five_fields(rows: list[Row]) -> None:
    for row in rows:
        assert set(row) == {"text", "themes", "maybe", "kind", "language"}
        assert row["text"] == row["text"].strip()
        assert 3 <= len(row["text"].split()) <= 60
        assert row["kind"] in EASY | HARD
        assert row["language"] == ("en" if row["kind"] == "english" else "fr")


def test_themes_are_known_and_either_sure_or_maybe(rows: list[Row]) -> None:
    for row in rows:
        named = row["themes"] + row["maybe"]
        assert set(named) <= set(ALL_THEMES)
        assert len(named) == len(set(named))


def test_no_two_posts_are_alike(rows: list[Row]) -> None:
    words = [frozenset(re.findall(r"\w{3,}", row["text"].casefold())) for row in rows]
    known = [some for some in words if len(some) >= 4]
    alike = [
        sorted(one & other)
        for place, one in enumerate(known)
        for other in known[:place]
        if 2 * len(one & other) > len(one | other)
    ]
    assert alike == []


def test_each_theme_weighs_enough_and_most_posts_are_hard(rows: list[Row]) -> None:
    themes = Counter(theme for row in rows for theme in row["themes"])
    assert len(rows) >= 800
    assert min(themes[theme] for theme in ALL_THEMES) >= 55
    assert sum(not row["themes"] for row in rows) >= 180
    assert sum(row["kind"] in HARD for row in rows) >= len(rows) * 2 / 3
    assert sum(row["language"] == "en" for row in rows) >= 24


def test_no_handle_and_no_address(rows: list[Row]) -> None:
    marks = re.compile(r"@|https?:|www\.|\b0[1-9](?:[ .]?\d\d){4}\b")
    assert [row["text"] for row in rows if marks.search(row["text"])] == []
