"""Type, residency, reach, affinity, persons, rankings of the small city."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cities.brief import Account, Brief, Correction, Member
from cities.folder import CityFolder
from scoring.run import score
from tests.scoring.small_city import NIGHT_1, NIGHT_2, insert, post, write_brief
from warehouse.connection import open_warehouse


def account(name: str) -> Account:
    return Account(platform="mastodon", author_id=f"{name}@halle.example")


def brief_with(**parts: object) -> Brief:
    return Brief.model_validate({"city_id": "montreval", "as_of": NIGHT_1, **parts})


def scores_of(folder: CityFolder, score_name: str) -> dict[str, dict[str, Any]]:
    """Author's short name → its row of one score; affinity by `name/theme`."""
    found: dict[str, dict[str, Any]] = {}
    with open_warehouse(folder, read_only=True) as connection:
        relation = connection.execute(
            "select * from author_scores where score = $1 order by all", [score_name]
        )
        names = [column[0] for column in relation.description or ()]
        for values in relation.fetchall():
            row = dict(zip(names, values, strict=True))
            key = row["author_id"].partition("@")[0]
            found[f"{key}/{row['theme']}" if row["theme"] else key] = row
    return found


def ranked(folder: CityFolder, theme: str = "") -> list[str]:
    """Short names of the accounts in a ranking, first to last."""
    with open_warehouse(folder, read_only=True) as connection:
        rows = connection.execute(
            "select split_part(author_id, '@', 1) from rankings join persons using (person_id)"
            " where theme = $1 order by position, author_id",
            [theme],
        ).fetchall()
    return [name for (name,) in rows]


@pytest.mark.parametrize(
    ("name", "label"),
    [("ada", "person"), ("marc", "person"), ("table", "business"), ("meteo", "automated")],
)
def test_account_types_are_told(small_city: CityFolder, name: str, label: str) -> None:
    score(small_city, NIGHT_1)
    assert scores_of(small_city, "account_type")[name]["label"] == label


@pytest.mark.parametrize(
    ("name", "label"),
    [("ada", "probable"), ("marc", "probable"), ("halte", "unknown"), ("bains", "unknown")],
)
def test_residents_are_told_from_visitors_and_namesakes(
    small_city: CityFolder, name: str, label: str
) -> None:
    score(small_city, NIGHT_1)
    assert scores_of(small_city, "residency")[name]["label"] == label


def test_only_residents_who_are_persons_are_ranked(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    assert set(ranked(small_city)) == {"ada", "marc"}
    assert ranked(small_city, "sport") == ["marc"]
    assert ranked(small_city, "gastronomy")[0] == "ada"


@pytest.mark.parametrize(
    ("subject", "value"), [("residency", "not_resident"), ("account_type", "business")]
)
def test_a_correction_takes_out_of_the_ranking(
    small_city: CityFolder, subject: str, value: str
) -> None:
    word = Correction.model_validate(
        {"account": account("ada"), "subject": subject, "value": value, "decided_at": NIGHT_1}
    )
    write_brief(small_city, NIGHT_1, brief_with(corrections=[word]))
    score(small_city, NIGHT_1)
    assert "ada" not in ranked(small_city)
    assert scores_of(small_city, subject)["ada"]["label"] == value


def test_the_last_correction_wins(small_city: CityFolder) -> None:
    words = [
        Correction.model_validate({
            "account": account("halte"), "subject": "residency", "value": value,
            "decided_at": NIGHT_1 - timedelta(days=age),
        })
        for value, age in (("not_resident", 3), ("resident", 1))
    ]  # fmt: skip
    write_brief(small_city, NIGHT_1, brief_with(corrections=words))
    score(small_city, NIGHT_1)
    assert scores_of(small_city, "residency")["halte"]["label"] == "confirmed"


def test_a_theme_set_aside_is_gone_for_that_author_alone(small_city: CityFolder) -> None:
    word = Correction(
        account=account("ada"), subject="theme", value="gastronomy", decided_at=NIGHT_1
    )
    write_brief(small_city, NIGHT_1, brief_with(corrections=[word]))
    score(small_city, NIGHT_1)
    affinity = scores_of(small_city, "affinity")
    assert "ada/gastronomy" not in affinity
    assert "table/gastronomy" in affinity
    assert "ada" not in ranked(small_city, "gastronomy")


@pytest.mark.parametrize(("word", "label"), [(True, "confirmed"), (False, "not_resident")])
def test_a_members_own_word_ends_the_question(
    small_city: CityFolder, word: bool, label: str
) -> None:
    member = Member(
        member_id="m1", joined_at=NIGHT_1, accounts=(account("halte"),), is_resident=word
    )
    write_brief(small_city, NIGHT_1, brief_with(members=[member]))
    score(small_city, NIGHT_1)
    assert scores_of(small_city, "residency")["halte"]["label"] == label
    assert ("halte" in ranked(small_city)) is word


def test_linked_accounts_are_one_person_and_reach_more(small_city: CityFolder) -> None:
    member = Member(member_id="m1", joined_at=NIGHT_1, accounts=(account("marc"), account("ada")))
    write_brief(small_city, NIGHT_1, brief_with(members=[member]))
    score(small_city, NIGHT_1)
    with open_warehouse(small_city, read_only=True) as connection:
        persons = connection.execute(
            "select distinct person_id from persons where member_id = 'm1'"
        ).fetchall()
        clue = connection.execute(
            "select evidence[1].detail::double from rankings where theme = ''"
        ).fetchone()
    assert len(persons) == 1
    assert clue is not None
    alone = scores_of(small_city, "reach")
    assert clue[0] > max(alone["ada"]["value"], alone["marc"]["value"])


def test_bought_followers_do_not_help(small_city: CityFolder) -> None:
    score(small_city, NIGHT_1)
    before = scores_of(small_city, "reach")["ada"]
    with open_warehouse(small_city) as connection:
        connection.execute("update authors set audience = 40000 where author_id like 'ada%'")
        insert(connection, "author_figures", [
            {"platform": "mastodon", "author_id": "ada@halle.example", "audience": audience,
             "observed_at": NIGHT_1 - timedelta(days=age)}
            for audience, age in ((100, 2), (40_000, 1))
        ])  # fmt: skip
    score(small_city, NIGHT_1)
    after = scores_of(small_city, "reach")["ada"]
    assert after["value"] < 3 * before["value"]
    assert "jumps" in {clue["name"] for clue in after["evidence"]}


def test_few_posts_give_a_wide_interval_not_an_exclusion(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", [post("vide", 3, "Bonjour #montreval", likes=20)])
    score(small_city, NIGHT_1)
    reach = scores_of(small_city, "reach")
    assert reach["vide"]["high"] / reach["vide"]["low"] > reach["ada"]["high"] / reach["ada"]["low"]


def test_affinity_shrinks_where_mentions_are_few(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", [post("vide", 3, "Match de rugby au stade #montreval")])
    score(small_city, NIGHT_1)
    affinity = scores_of(small_city, "affinity")
    assert affinity["vide/sport"]["value"] < affinity["marc/sport"]["value"]


def test_authors_of_a_listen_source_are_not_scored(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        connection.execute("update sources set use = 'listen'")
    report = score(small_city, NIGHT_1)
    assert (report.authors, report.residents) == (0, 0)
    assert report.fresh_posts > 0
    with open_warehouse(small_city, read_only=True) as connection:
        for table in ("author_days", "author_theme_days"):
            assert connection.table(table).fetchall() == [], table


LISTENED = [
    post("ada", 500 + number, f"Match du club au stade {number} #montreval", likes=900,
         source_ids=["mastodon-saone"])
    for number in range(5)
]  # fmt: skip


def all_scores(folder: CityFolder) -> list[Any]:
    """Every row that speaks of persons, in a stable order."""
    with open_warehouse(folder, read_only=True) as connection:
        return [
            connection.execute(f"select * from {table} order by all").fetchall()
            for table in ("author_days", "author_theme_days", "author_scores", "rankings")
        ]


def test_what_a_source_only_listens_to_changes_no_score_of_its_author(
    small_city: CityFolder,
) -> None:
    score(small_city, NIGHT_1)
    before = all_scores(small_city)
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", LISTENED)
    report = score(small_city, NIGHT_1)
    assert report.fresh_posts == len(LISTENED)
    assert all_scores(small_city) == before


def test_posts_stop_counting_when_their_source_only_listens_from_now_on(
    small_city: CityFolder,
) -> None:
    with open_warehouse(small_city) as connection:
        insert(connection, "posts", LISTENED)
    score(small_city, NIGHT_1)
    score(small_city, NIGHT_2)
    before = all_scores(small_city)
    for use in ("rank", "listen"):
        with open_warehouse(small_city) as connection:
            connection.execute("update sources set use = $1 where position = 1", [use])
        score(small_city, NIGHT_2)
        assert (all_scores(small_city) == before) is (use == "listen")


def test_weights_of_the_brief_change_the_ranking(small_city: CityFolder) -> None:
    settings = {"ranking": {"reach": 1.0, "affinity": 0.0, "regularity": 0.0}}
    write_brief(small_city, NIGHT_1, brief_with(settings=settings))
    score(small_city, NIGHT_1)
    with open_warehouse(small_city, read_only=True) as connection:
        names = connection.execute(
            "select distinct c.name from rankings, unnest(evidence) as t(c)"
            " where c.contribution > 0"
        ).fetchall()
    assert names == [("reach",)]


def test_equal_scores_are_ordered_the_same_way_each_time(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        connection.execute("update posts set likes = 0, shares = 0, replies = 0")
    score(small_city, NIGHT_1)
    first = ranked(small_city)
    score(small_city, NIGHT_1)
    assert ranked(small_city) == first
    with open_warehouse(small_city, read_only=True) as connection:
        twice = connection.execute(
            "select theme, position from rankings group by all having count(*) > 1"
        ).fetchall()
    assert twice == []


def test_an_empty_warehouse_is_scored(small_city: CityFolder) -> None:
    with open_warehouse(small_city) as connection:
        connection.execute("delete from posts")
    report = score(small_city, NIGHT_1)
    assert (report.fresh_posts, report.authors, report.residents) == (0, 0, 0)
