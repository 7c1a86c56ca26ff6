"""Relevance and themes: what a post says, and that each is scored once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from cities.folder import CityFolder
from scoring.run import score
from tests.scoring.small_city import NIGHT_1, NIGHT_2, Row, author, empty_city, fill, insert, post
from warehouse.connection import open_warehouse


def relevance_of(home: Path, posts: Iterable[Row]) -> dict[str, float]:
    folder = empty_city(home)
    with open_warehouse(folder) as connection:
        fill(connection, (author("ada"),), posts)
    score(folder, NIGHT_1)
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            "select text, relevance from post_relevance join posts using (platform, post_id)"
        ).fetchall()
    return dict(rows)


def themes_of(home: Path, text: str, language: str | None = "fr") -> dict[str, float]:
    folder = empty_city(home)
    with open_warehouse(folder) as connection:
        fill(connection, (author("ada"),), (post("ada", 1, text, language=language),))
    score(folder, NIGHT_1)
    with open_warehouse(folder, read_only=True) as connection:
        return dict(connection.execute("select theme, probability from post_themes").fetchall())


@pytest.mark.parametrize(
    ("for_it", "against_it"),
    [
        ("Marché à Montréval ce matin", "Marché à Montréval-les-Bains ce matin"),
        ("Concert place du Marché-aux-Fleurs #montreval", "Concert au casino #montreval"),
        ("Fierté montrévaloise #montreval", "Fierté locale #montreval"),
        ("#visitmontreval au soleil", "#visitmontrevallesbains au soleil"),
        ("Balade #montreval", "Cure aux thermes #montreval"),
    ],
)
def test_words_of_the_city_count_for_it(tmp_path: Path, for_it: str, against_it: str) -> None:
    for home in ("for", "against"):
        (tmp_path / home).mkdir()
    one = relevance_of(tmp_path / "for", [post("ada", 1, for_it)])
    other = relevance_of(tmp_path / "against", [post("ada", 1, against_it)])
    assert one[for_it] > other[against_it]


def test_accents_case_and_hyphens_do_not_matter(tmp_path: Path) -> None:
    texts = ("Vu à Montréval", "VU A MONTREVAL", "vu à montre\u0301val")
    posts = [post("ada", n, text, author_id=f"p{n}@h.example") for n, text in enumerate(texts)]
    assert len(set(relevance_of(tmp_path, posts).values())) == 1


def test_other_posts_of_the_author_tell_but_not_the_post_itself(tmp_path: Path) -> None:
    bare, told = "Grand soleil #montreval", "Vu aux thermes de Montréval-les-Bains"
    posts = [
        post("ada", 1, bare),
        post("bains", 1, f"{bare} !"),
        *(post("bains", n, f"{told} {n}") for n in range(2, 6)),
    ]
    found = relevance_of(tmp_path, posts)
    assert found[bare] > 0.5 > found[f"{bare} !"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Quel restaurant pour un brunch ?", "gastronomy"),
        ("Les vendanges du vignoble", "wine"),
        ("Victoire du club de rugby", "sport"),
        ("Une expo photo en noir et blanc", "photography"),
        ("Des mésanges au jardin botanique", "nature"),
        ("J'ai cousu une robe vintage", "fashion"),
        ("Un fauteuil chiné à la brocante", "decoration"),
        ("#fetedelamusique : concert de jazz 🎷", "music"),
    ],
)
def test_a_plain_post_has_its_theme_first(tmp_path: Path, text: str, theme: str) -> None:
    found = themes_of(tmp_path, text)
    assert max(found, key=lambda name: found[name]) == theme
    assert found[theme] >= 0.5


def test_a_word_said_often_counts_no_more(tmp_path: Path) -> None:
    (tmp_path / "often").mkdir()
    (tmp_path / "once").mkdir()
    often, once = (
        themes_of(tmp_path / home, "vin " * n) for home, n in (("often", 50), ("once", 1))
    )
    assert 0.5 < often["wine"] <= once["wine"]


def test_words_of_the_other_language_are_left_out(tmp_path: Path) -> None:
    assert "gastronomy" not in themes_of(tmp_path, "No pain, no gain", "en")


def test_a_post_without_words_of_a_theme_has_none(tmp_path: Path) -> None:
    (tmp_path / "unknown").mkdir()
    assert themes_of(tmp_path / "unknown", "…") == {}
    assert all(share < 0.2 for share in themes_of(tmp_path, "Bonjour à tous").values())


def test_only_new_and_edited_posts_are_scored(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", [post("ada", 300, "Un concert #montreval",
                                          observed_at=NIGHT_2, published_at=NIGHT_1)])  # fmt: skip
        connection.execute(
            "update posts set text = 'Une expo photo en noir et blanc #montreval', observed_at = $1"
            " where author_id like 'marc%' and post_id like '%/2'",
            [NIGHT_2],
        )
    assert score(small_city, NIGHT_2).fresh_posts == 2
    with open_warehouse(small_city, read_only=True) as connection:
        themes = connection.execute(
            "select theme from post_themes where post_id like '%marc/statuses/2'"
            " and probability >= 0.5"
        ).fetchall()
        counts = connection.execute(
            "select (select count(*) from posts), (select count(*) from post_relevance)"
        ).fetchone()
    assert ("photography",) in themes
    assert ("sport",) not in themes
    assert counts is not None
    assert counts[0] == counts[1]


def test_other_words_in_the_city_file_score_all_again(small_city: CityFolder) -> None:
    every = score(small_city, NIGHT_1).fresh_posts
    text = small_city.city_file.read_text(encoding="utf-8")
    small_city.city_file.write_text(
        text.replace("neighbours: [", "neighbours: [Louhans, "), encoding="utf-8"
    )
    assert score(small_city, NIGHT_2).fresh_posts == every


def test_a_vanished_post_leaves_scores_and_days(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    with open_warehouse(small_city) as connection:
        connection.execute("delete from posts where author_id like 'marc%' and post_id like '%/2'")
    score(small_city, NIGHT_2)
    with open_warehouse(small_city, read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from posts), (select count(*) from post_relevance),"
            " (select sum(count_posts) from author_days),"
            " (select count(*) from author_days where author_id like 'marc%')"
        ).fetchone()
    assert counts is not None
    assert len(set(counts[:3])) == 1
    assert counts[3] == 9


def test_new_figures_of_an_old_post_change_its_day(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    with open_warehouse(small_city) as connection:
        before = connection.execute("select sum(sum_engagement) from author_days").fetchone()
        connection.execute(
            "update posts set likes = 500, observed_at = $1"
            " where author_id like 'ada%' and post_id like '%/1'",
            [NIGHT_2],
        )
    assert score(small_city, NIGHT_2).fresh_posts == 0
    with open_warehouse(small_city, read_only=True) as connection:
        after = connection.execute("select sum(sum_engagement) from author_days").fetchone()
    assert before is not None
    assert after is not None
    assert after[0] > before[0] + 400


def test_a_post_without_author_is_scored_by_its_own_words_and_belongs_to_nobody(
    tmp_path: Path,
) -> None:
    folder = empty_city(tmp_path)
    text = "Dégustation de vin à Montréval, place du Marché-aux-Fleurs"
    with open_warehouse(folder) as connection:
        fill(
            connection,
            (author("ada"),),
            [post("ada", 1, text), post("x", 2, text, author_id=None)],
        )
    for night in (NIGHT_1, NIGHT_2):
        score(folder, night)
    with open_warehouse(folder, read_only=True) as connection:
        scored = connection.execute(
            "select count(*), count(distinct total) from post_relevance"
        ).fetchone()
        themes = connection.execute("select count(distinct post_id) from post_themes").fetchone()
        days = connection.execute("select author_id, count_posts from author_days").fetchall()
        persons = connection.execute("select author_id from persons").fetchall()
    assert (scored, themes) == ((2, 1), (2,))
    assert days == [("ada@halle.example", 1)]
    assert persons == [("ada@halle.example",)]


def test_a_post_whose_author_is_told_later_counts_for_them_from_then_on(tmp_path: Path) -> None:
    folder = empty_city(tmp_path)
    with open_warehouse(folder) as connection:
        fill(connection, (author("ada"),), [post("ada", 1, "Vu à Montréval", author_id=None)])
    score(folder, NIGHT_1)
    with open_warehouse(folder) as connection:
        connection.execute("update posts set author_id = 'ada@halle.example'")
    score(folder, NIGHT_2)
    with open_warehouse(folder, read_only=True) as connection:
        days = connection.execute("select author_id, count_posts from author_days").fetchall()
    assert days == [("ada@halle.example", 1)]
