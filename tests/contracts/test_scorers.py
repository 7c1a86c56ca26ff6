"""What every scorer must respect, checked on every entry of the registry."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from duckdb import DuckDBPyConnection

from cities.folder import CityFolder
from scoring.registry import SCORERS, Scorer
from scoring.run import score
from tests.scoring.small_city import (
    AUTHORS,
    NIGHT_1,
    NIGHT_2,
    POSTS,
    Row,
    author,
    empty_city,
    fill,
    post,
)
from warehouse.connection import open_warehouse

ROOM = Path(__file__).parents[2] / "scoring"
NAMES = [scorer.name for scorer in SCORERS]
ODD_TEXTS = (
    "",
    "🎸🎶🍷",
    "نبيذ وموسيقى",
    "a" * 100_000,
    "vin " * 25_000,
    "\x00#montreval\x00",
    "'; --",
)
ODD_AUTHORS = (
    author("odd", display_name="", audience=None),
    author("huge", audience=9_000_000_000_000_000_000, bio="x" * 10_000),
    author("minus", audience=-5, declared_location=" , ; ( Lyon )"),
)
ODD_POSTS = (
    *(post("odd", n, text, language=None, likes=None) for n, text in enumerate(ODD_TEXTS)),
    post("huge", 1, "#montreval", likes=9_000_000_000_000_000_000),
    post("huge", 2, "concert #montreval", published_at=NIGHT_1 + timedelta(days=4_000)),
    post("huge", 3, "concert #montreval", published_at=datetime.fromisoformat("1970-01-01T00:00Z")),
    post("minus", 1, "jardin #montreval", likes=-3, replies=-1, shares=-9),
    post("ghost", 1, "sans profil #montreval"),
)


def rows_of(connection: DuckDBPyConnection, scorer: Scorer) -> list[dict[str, Any]]:
    """The rows that a scorer owns, in the order of its key."""
    where = "" if scorer.table != "author_scores" else f"where score = '{scorer.name}'"
    order = ", ".join(scorer.key)
    found = connection.execute(f"select * from {scorer.table} {where} order by {order}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def scores_of(folder: CityFolder, night: datetime = NIGHT_1) -> dict[str, list[dict[str, Any]]]:
    score(folder, night)
    with open_warehouse(folder, read_only=True) as connection:
        return {scorer.name: rows_of(connection, scorer) for scorer in SCORERS}


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """All scores of the small city and its oddities, made once."""
    folder = empty_city(tmp_path_factory.mktemp("scored"))
    with open_warehouse(folder) as connection:
        fill(connection, (*AUTHORS, *ODD_AUTHORS), (*POSTS, *ODD_POSTS))
    return scores_of(folder)


@pytest.fixture
def small_city(tmp_path: Path) -> CityFolder:
    folder = empty_city(tmp_path)
    with open_warehouse(folder) as connection:
        fill(connection)
    return folder


def numbers(rows: list[dict[str, Any]]) -> Iterator[float]:
    for row in rows:
        yield from (value for value in row.values() if isinstance(value, float))
        yield from (clue["contribution"] for clue in row.get("evidence") or ())


@pytest.mark.parametrize("name", NAMES)
def test_gives_numbers_that_are_finite(name: str, scored: dict[str, list[dict[str, Any]]]) -> None:
    assert all(math.isfinite(number) for number in numbers(scored[name]))


@pytest.mark.parametrize("name", NAMES)
def test_keeps_its_key_unique(name: str, scored: dict[str, list[dict[str, Any]]]) -> None:
    key = next(scorer.key for scorer in SCORERS if scorer.name == name)
    keys = [tuple(row[part] for part in key) for row in scored[name]]
    assert keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_adds_up(name: str, scored: dict[str, list[dict[str, Any]]]) -> None:
    for row in scored[name]:
        if row.get("evidence") is not None:
            total = row["total"] if "total" in row else row["score"]
            added = math.fsum(clue["contribution"] for clue in row["evidence"])
            assert added == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_holds_its_value_inside_its_interval(
    name: str, scored: dict[str, list[dict[str, Any]]]
) -> None:
    for row in scored[name]:
        if "low" in row:
            value = row["value"] if "value" in row else row["score"]
            assert row["low"] <= value <= row["high"]


@pytest.mark.parametrize("name", NAMES)
def test_says_each_clue_in_both_languages(
    name: str, scored: dict[str, list[dict[str, Any]]]
) -> None:
    clues = {clue["name"] for row in scored[name] for clue in row.get("evidence") or ()}
    for language in ("fr", "en"):
        text = (ROOM / "sentences" / f"{language}.yaml").read_text(encoding="utf-8")
        assert clues <= set(yaml.safe_load(text).get(name, {}))


@pytest.mark.parametrize("turned", [False, True])
def test_same_input_gives_the_same_digits_in_any_order(
    turned: bool,
    tmp_path: Path,
    scored: dict[str, list[dict[str, Any]]],
) -> None:
    authors: list[Row] = [*AUTHORS, *ODD_AUTHORS]
    posts: list[Row] = [*POSTS, *ODD_POSTS]
    folder = empty_city(tmp_path)
    with open_warehouse(folder) as connection:
        fill(connection, authors[::-1] if turned else authors, posts[::-1] if turned else posts)
    assert scores_of(folder) == scored


def test_a_second_run_changes_nothing(small_city: CityFolder) -> None:
    assert scores_of(small_city) == scores_of(small_city)


def test_a_night_without_news_leaves_posts_and_days_alone(small_city: CityFolder) -> None:
    first, second = scores_of(small_city), scores_of(small_city, NIGHT_2)
    for name in ("relevance", "themes", "days", "account_type", "residency", "reach"):
        assert second[name] == first[name]


@pytest.mark.parametrize("scorer", SCORERS, ids=NAMES)
def test_states_what_it_is(scorer: Scorer) -> None:
    path = ROOM / f"{scorer.score.__module__.rpartition('.')[2]}.py"
    text = (scorer.score.__globals__["__doc__"] or "").lower()
    assert "known failure" in text
    assert path.with_suffix(".sql").exists() or scorer.name == "days"


@pytest.mark.parametrize("population", [200, 2_000_000])
def test_a_city_of_any_size_is_scored(population: int, small_city: CityFolder) -> None:
    text = small_city.city_file.read_text(encoding="utf-8")
    small_city.city_file.write_text(
        text.replace("population: 48200", f"population: {population}"), encoding="utf-8"
    )
    reached = [row["value"] for row in scores_of(small_city)["reach"]]
    assert reached
    assert all(0 <= value <= population * (1 + 1e-9) for value in reached)
