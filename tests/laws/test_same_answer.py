"""Same inputs, same answer; a night with nothing new adds nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from demo.serve import Proxy
from tests.constants import NIGHT_1, NIGHT_2
from tests.laws.nights import Stage, new_stage, run_night
from warehouse.connection import open_warehouse
from warehouse.digest import digest

FACTS = ("posts", "post_figures", "authors", "author_figures", "edges", "openings", "rejects")
SCORES = ("post_relevance", "post_themes", "author_days", "author_theme_days")


def counts(stage: Stage) -> dict[str, int]:
    """Rows of facts and of per-post scores."""
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        return {
            table: warehouse.table(table).count("*").fetchall()[0][0] for table in (*FACTS, *SCORES)
        }


def rankings(stage: Stage) -> list[tuple[object, ...]]:
    """The whole ranking, to the last digit."""
    with open_warehouse(stage.folder, read_only=True) as warehouse:
        return warehouse.execute("from rankings order by theme, position").fetchall()


def test_two_nights_filled_the_warehouse(second_night: Stage) -> None:
    found = counts(second_night)
    assert found["posts"] > 300
    assert all(found[table] for table in (*FACTS[:-1], *SCORES)), found
    assert rankings(second_night)


def test_the_same_inputs_give_the_same_answer(
    first_night: Stage, session_proxy: Proxy, tmp_path: Path
) -> None:
    again = Stage(new_stage(tmp_path / "again", session_proxy).home, {})
    for part in ("landing", "briefs", "state"):
        shutil.copytree(
            first_night.folder.root / part, again.folder.root / part, dirs_exist_ok=True
        )
    run_night(again, NIGHT_1)
    assert rankings(again) == rankings(first_night)
    assert digest(again.folder) == digest(first_night.folder)


def test_a_night_run_again_changes_nothing(
    second_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.set_clock(NIGHT_2)
    stage = second_night.copy(tmp_path / "data")
    run_night(stage, NIGHT_2)
    assert digest(stage.folder) == digest(second_night.folder)


def test_a_night_with_nothing_new_adds_no_row(
    second_night: Stage, proxy: Proxy, tmp_path: Path
) -> None:
    proxy.set_clock(NIGHT_2)
    stage = second_night.copy(tmp_path / "data")
    before = counts(stage)
    run_night(stage, NIGHT_2 + timedelta(hours=1))
    assert counts(stage) == before


def test_night_two_brings_what_changed(first_night: Stage, second_night: Stage) -> None:
    before, after = counts(first_night), counts(second_night)
    assert after["post_figures"] > before["post_figures"]
    assert after["openings"] > before["openings"]
