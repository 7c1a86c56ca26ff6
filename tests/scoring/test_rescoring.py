"""A changed model: its posts are read anew in their turn, newest first, and to the same end."""

from __future__ import annotations

import multiprocessing
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from cities.brief import blank_brief
from cities.folder import CityFolder, Home
from scoring.errors import NothingScoredError
from scoring.rescore import rescore
from scoring.run import score
from tests.scoring.small_city import (
    NIGHT_1,
    NIGHT_2,
    insert,
    post,
    write_brief,
)
from warehouse.connection import open_warehouse
from warehouse.digest import digest, table_digests

NIGHT_3 = NIGHT_2 + timedelta(days=1)
COUNT_POSTS = 54


@pytest.fixture
def changed(small_city: CityFolder) -> CityFolder:
    """A city scored once, whose file then says other words of a theme."""
    score(small_city, NIGHT_1)
    change_themes(small_city)
    return small_city


def change_themes(folder: CityFolder) -> None:
    text = folder.city_file.read_text(encoding="utf-8")
    changes = "theme_words:\n  sport:\n    add: {strong: [boulangerie]}\n"
    folder.city_file.write_text(text + changes, encoding="utf-8")


def change_neighbours(folder: CityFolder) -> None:
    text = folder.city_file.read_text(encoding="utf-8")
    folder.city_file.write_text(
        text.replace("neighbours: [", "neighbours: [Louhans, "), encoding="utf-8"
    )


def models(folder: CityFolder, table: str) -> list[str]:
    """Versions that the posts of a table bear, the newest post first."""
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            f"select split_part({table}.model, '/', 1) from {table}"
            " join posts using (platform, post_id) order by published_at desc, platform, post_id"
        ).fetchall()
    return [version for (version,) in rows]


def test_a_changed_theme_leaves_relevance_alone(changed: CityFolder) -> None:
    before = table_digests(changed)["post_relevance"]
    report = score(changed, NIGHT_2)
    assert report.fresh_posts == COUNT_POSTS
    assert report.progress.count_waiting == 0
    assert table_digests(changed)["post_relevance"] == before


def test_changed_places_leave_themes_alone(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    before = table_digests(small_city)
    change_neighbours(small_city)
    assert score(small_city, NIGHT_2).fresh_posts == COUNT_POSTS
    after = table_digests(small_city)
    assert after["theme_readings"] == before["theme_readings"]
    assert after["post_relevance"] != before["post_relevance"]


def test_the_backlog_is_read_newest_first_a_share_a_night(changed: CityFolder) -> None:
    old = models(changed, "theme_readings")[0]
    progress = score(changed, NIGHT_2, most_rescored=20).progress
    assert (progress.count_posts, progress.count_waiting_themes) == (COUNT_POSTS, COUNT_POSTS - 20)
    found = models(changed, "theme_readings")
    assert [version == old for version in found] == [False] * 20 + [True] * (COUNT_POSTS - 20)
    write_brief(changed, NIGHT_3, blank_brief("montreval", NIGHT_3))
    report = score(changed, NIGHT_3, most_rescored=100)
    assert (report.fresh_posts, report.progress.count_waiting) == (COUNT_POSTS - 20, 0)


def test_new_and_edited_posts_do_not_wait(changed: CityFolder) -> None:
    with open_warehouse(changed) as connection:
        insert(connection, "posts", [post("ada", 300, "Un concert", observed_at=NIGHT_2)])
        connection.execute(
            "update posts set text = 'Un vernissage', observed_at = $1"
            " where author_id like 'marc%' and post_id like '%/2'",
            [NIGHT_2],
        )
    report = score(changed, NIGHT_2, most_rescored=0)
    assert (report.fresh_posts, report.progress.count_waiting) == (2, COUNT_POSTS - 1)


def test_a_night_run_again_takes_no_second_share(changed: CityFolder) -> None:
    score(changed, NIGHT_2, most_rescored=20)
    before = digest(changed)
    assert score(changed, NIGHT_2, most_rescored=20).fresh_posts == 0
    assert digest(changed) == before


def test_a_share_a_night_ends_as_all_at_once(changed: CityFolder, tmp_path: Path) -> None:
    at_once = copy(changed, tmp_path / "at-once")
    score(at_once, NIGHT_2)
    score(changed, NIGHT_2, most_rescored=20)
    rescore(changed, step_posts=17)
    ours, theirs = table_digests(changed), table_digests(at_once)
    assert {t for t in ours if ours[t] != theirs[t]} == {"score_runs"}  # what the night itself read


def test_a_city_without_a_night_is_told_to_run_one(small_city: CityFolder) -> None:
    with pytest.raises(NothingScoredError, match="portevoix nightly montreval"):
        rescore(small_city)


def copy(folder: CityFolder, home: Path) -> CityFolder:
    shutil.copytree(folder.root.parent, home)
    return Home(home).folder(folder.city_id)


def rescore_slowly(root: Path) -> None:
    """All of it in six steps, in a child."""
    rescore(CityFolder(root), step_posts=9)


def test_killed_at_any_moment_it_ends_as_undisturbed(changed: CityFolder, tmp_path: Path) -> None:
    """Both scorers change, so that a kill may fall between any two of their tables."""
    change_neighbours(changed)
    undisturbed = copy(changed, tmp_path / "undisturbed")
    rescore_slowly(undisturbed.root)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.warm", "tests.scoring.test_rescoring"])
    count_at_work = 0
    for seconds in (0.5, 0.8, 1.1):
        child = context.Process(target=rescore_slowly, args=(changed.root,))
        child.start()
        child.join(seconds)
        count_at_work += child.is_alive()
        child.kill()
        child.join()
    assert count_at_work
    rescore_slowly(changed.root)
    assert table_digests(changed) == table_digests(undisturbed)
