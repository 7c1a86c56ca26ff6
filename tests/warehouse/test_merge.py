"""Merging by natural key: what a second look at the same thing does."""

from __future__ import annotations

from datetime import timedelta

from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import OTHER_SOURCE, REGISTER, Town, author, edge, opening, post
from warehouse.digest import digest, table_digests

NIGHT_3 = NIGHT_2 + timedelta(days=1)
FIGURES = "select likes, replies, shares from posts"


def test_one_post_on_two_instances_is_one_row_with_the_largest_figures(town: Town) -> None:
    town.land(post(likes=3, shares=5))
    town.land(post(likes=9, shares=2, replies=None), source=OTHER_SOURCE)
    town.load()
    assert town.rows(FIGURES) == [(9, 1, 5)]
    assert town.value("select source_ids from posts") == [OTHER_SOURCE, "mastodon-saone"]
    assert town.value("select count(*) from post_figures") == 0


def test_a_source_that_comes_later_in_the_night_adds_what_it_saw(town: Town) -> None:
    town.land(post(likes=3, shares=5))
    town.load()
    town.land(post(likes=9, shares=2), source=OTHER_SOURCE)
    town.load()
    assert town.rows(FIGURES) == [(9, 1, 5)]
    assert town.value("select source_ids from posts") == [OTHER_SOURCE, "mastodon-saone"]


def test_figures_keep_what_a_later_night_replaced(town: Town) -> None:
    for night, likes in ((NIGHT_1, 3), (NIGHT_2, 3), (NIGHT_3, 8)):
        town.land(post(likes=likes, observed_at=night), as_of=night)
        town.load(night)
    assert town.rows("select observed_at, likes from post_figures") == [(NIGHT_2, 3)]
    assert town.rows("select first_observed_at, observed_at, likes from posts") == [
        (NIGHT_1, NIGHT_3, 8)
    ]


def test_nights_loaded_together_give_what_nights_loaded_apart_give(town: Town) -> None:
    for night, likes in ((NIGHT_1, 3), (NIGHT_2, 5), (NIGHT_3, 8)):
        town.land(post(likes=likes, observed_at=night), author(observed_at=night), as_of=night)
    town.load(NIGHT_3)
    together = table_digests(town.folder)
    town.folder.warehouse.unlink()
    hidden = {path: path.read_bytes() for path in town.folder.landing("mastodon-saone").glob("*gz")}
    for night in (NIGHT_1, NIGHT_2, NIGHT_3):
        for path, content in hidden.items():
            path.unlink(missing_ok=True)
            if path.name < f"{night:%Y%m%dT%H%M%SZ}~":
                path.write_bytes(content)
        town.load(night)
    apart = table_digests(town.folder)
    for table in ("posts", "post_figures", "authors", "author_figures"):
        assert apart[table] == together[table], table


def test_a_figure_that_a_night_does_not_give_stays(town: Town) -> None:
    town.land(post(likes=3))
    town.load()
    town.land(post(likes=None, observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.value("select likes from posts") == 3
    assert town.value("select count(*) from post_figures") == 0


def test_an_edited_post_takes_its_new_words(town: Town) -> None:
    town.land(post(text="avant"))
    town.load()
    edited = post(text="après", edited_at=NIGHT_2, hashtags=("vin",), observed_at=NIGHT_2)
    town.land(edited, as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.rows("select text, edited_at, hashtags from posts") == [("après", NIGHT_2, ["vin"])]


def test_authors_keep_the_latest_words_and_each_change_of_figures(town: Town) -> None:
    town.land(post(), author(audience=100), author(audience=120))
    town.load()
    town.land(author(audience=150, bio="Photos", observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.rows("select bio, audience, first_observed_at from authors") == [
        ("Photos", 150, NIGHT_1)
    ]
    figures = town.rows("select observed_at, audience from author_figures order by 1")
    assert figures == [(NIGHT_1, 120), (NIGHT_2, 150)]


def test_edges_and_openings_are_kept_once(town: Town) -> None:
    town.land(post(), edge("anna", "bea"), edge("anna", "bea"))
    town.land(opening(), opening(name="Le Fournil d'Anna"), source=REGISTER)
    town.load()
    town.land(edge("anna", "bea"), seq=1)
    town.land(opening(observed_at=NIGHT_2, town="MONTREVAL"), source=REGISTER, as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.value("select count(*) from edges") == 1
    assert town.rows("select town, first_observed_at from openings") == [("MONTREVAL", NIGHT_1)]


def test_a_load_again_changes_nothing(town: Town) -> None:
    town.land(post(), author(), edge("anna", "bea"))
    first = town.load()
    before = digest(town.folder)
    again = town.load()
    assert digest(town.folder) == before
    assert (first.count_files, again.count_files, again.count_rows) == (1, 0, 0)
    assert town.rows("select count_rows, count_rejects from loads") == [(3, 0)]


def test_a_night_with_nothing_new_adds_no_row(town: Town) -> None:
    town.land(post(), author(), edge("anna", "bea"))
    town.load()
    tables = ("posts", "post_figures", "authors", "author_figures", "edges", "rejects")
    before = {table: town.value(f"select count(*) from {table}") for table in tables}
    town.land(post(observed_at=NIGHT_2), author(observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert {table: town.value(f"select count(*) from {table}") for table in tables} == before
    assert town.value("select observed_at from posts") == NIGHT_2
