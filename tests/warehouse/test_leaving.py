"""What may not stay: gone, blocked, no longer permitted, too old."""

from __future__ import annotations

from datetime import timedelta

from cities.blocking import block_hash
from tests.constants import NIGHT_1, NIGHT_2
from tests.warehouse.nights import (
    OTHER_SOURCE,
    REGISTER,
    SOURCE,
    Town,
    author,
    edge,
    gone,
    member,
    opening,
    post,
)
from warehouse.connection import open_warehouse

ANNA = "anna@saone.example"
TABLES_OF_AUTHORS = ("authors", "author_figures", "author_days", "author_scores", "persons")


def score(town: Town, name: str) -> None:
    """Rows such as scoring leaves."""
    account = f"'mastodon', '{name}@saone.example'"
    with open_warehouse(town.folder) as connection:
        for values in (
            f"author_scores values ({account}, 'reach', '', 5, 4, 6, '', 'share', 0, [])",
            f"persons values ('p-{name}', {account}, null)",
            f"rankings values ('', 'p-{name}', 1, 1, 1, 1, 'A', [], 0.9, 1, '')",
            f"team_proposal values ('p-{name}', 1, [], 0, [], 0.5)",
            f"invitation_proposals values ('o', 'p-{name}', 1, 1, [])",
            f"relay_proposals values ('o', 1, 'p-{name}', 'mastodon',"
            f" 'https://saone.example/users/{name}/statuses/1', '{name}@saone.example', .9, 2, [])",
        ):
            connection.execute(f"insert into {values}")
        columns = connection.execute(
            "select column_name from duckdb_columns() where table_name = 'author_days'"
        ).fetchall()
        sums = ", ".join(f"1 as {name}" for (name,) in columns[3:])
        connection.execute(
            f"insert into author_days by name select 'mastodon' as platform,"
            f" '{name}@saone.example' as author_id, date '2026-11-14' as day, {sums}"
        )
        connection.execute(
            "insert into post_relevance select platform, post_id, 1, 1, [], 'm' from posts"
        )


def is_anywhere(town: Town, name: str) -> bool:
    counts = [
        town.value(f"select count(*) from {table} where author_id = '{name}@saone.example'")
        for table in (*TABLES_OF_AUTHORS, "posts")
    ]
    counts += [
        town.value(f"select count(*) from {table} where person_id = 'p-{name}'")
        for table in ("rankings", "team_proposal", "invitation_proposals", "relay_proposals")
    ]
    counts.append(town.value(f"select count(*) from edges where post_id like '%/{name}/%'"))
    return any(counts)


def test_a_gone_post_leaves_with_its_figures_scores_and_edges(town: Town) -> None:
    town.land(post(1), post(2), author(), edge("anna", "bea", 1), edge("anna", "bea", 2))
    town.load()
    score(town, "anna")
    town.land(post(1, likes=9, observed_at=NIGHT_2), as_of=NIGHT_2)
    town.land(gone("post", post(1).post_id, observed_at=NIGHT_2), as_of=NIGHT_2, seq=1)
    town.load(NIGHT_2)
    for table in ("posts", "edges", "post_relevance"):
        assert town.rows(f"select post_id from {table}") == [(post(2).post_id,)], table
    assert town.value("select count(*) from post_figures") == 0


def test_a_post_seen_after_it_was_gone_stays(town: Town) -> None:
    town.land(gone("post", post().post_id, observed_at=NIGHT_1), post(observed_at=NIGHT_2))
    town.load(NIGHT_2)
    assert town.value("select count(*) from posts") == 1


def test_a_gone_author_leaves_with_everything(town: Town) -> None:
    town.land(post(), author(), post(2, "bea"), author("bea"), edge("bea", "anna", 2))
    town.load()
    score(town, "anna")
    town.land(gone("author", ANNA, observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert not is_anywhere(town, "anna")
    assert town.value("select count(*) from edges") == 0
    assert town.value("select count(*) from authors") == 1


def test_a_withdrawn_opening_leaves(town: Town) -> None:
    town.land(opening(1), opening(2), source=REGISTER)
    town.load()
    withdrawn = gone("opening", opening(1).opening_id, platform="bodacc", observed_at=NIGHT_2)
    town.land(withdrawn, source=REGISTER, as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert town.rows("select opening_id from openings") == [(opening(2).opening_id,)]


def test_a_blocked_author_never_enters(town: Town) -> None:
    hashes = [block_hash(town.settings.block_key(), "mastodon", ANNA)]
    town.land(post(), post(2, "bea"), author(), author("bea"))
    town.land(edge("bea", "anna", 2), edge("anna", "bea", 1), seq=1)
    town.load(blocked=hashes)
    assert not is_anywhere(town, "anna")
    assert town.value("select count(*) from edges") == 0
    assert town.value("select count(*) from posts") == 1


def test_an_author_blocked_later_leaves_the_next_night(town: Town) -> None:
    town.land(post(), post(2, "bea"), author(), author("bea"), edge("bea", "anna", 2))
    town.load()
    score(town, "anna")
    assert is_anywhere(town, "anna")
    hashes = [block_hash(town.settings.block_key(), "mastodon", ANNA)]
    town.load(NIGHT_2, blocked=hashes)
    assert not is_anywhere(town, "anna")
    assert town.value("select count(*) from edges") == 0
    town.land(post(7, observed_at=NIGHT_2), author(observed_at=NIGHT_2), as_of=NIGHT_2)
    town.load(NIGHT_2)
    assert not is_anywhere(town, "anna")


def test_who_objects_leaves_the_words_of_others(town: Town) -> None:
    url = author().url
    words = f"Merci @anna@saone.example et @annabelle, voir {url} et @anna. Anna chante"
    words_of_bea = post(2, "bea", text=words, links=(url, "https://fete.example"))
    town.land(post(), words_of_bea, post(3, "bea"), author(), author("bea", bio="Sœur de @anna"))
    town.load()
    score(town, "anna")
    with open_warehouse(town.folder) as connection:
        connection.execute(
            "update post_relevance set"
            " evidence = [{'name': 'place', 'contribution': 1, 'detail': 'avec @anna'}]"
        )
    hashes = [block_hash(town.settings.block_key(), "mastodon", ANNA)]
    town.load(NIGHT_2, blocked=hashes)
    rows = town.rows("select text, links from posts order by post_id")
    redacted = "Merci @… et @annabelle, voir @… et @…. Anna chante"
    assert rows == [(redacted, ["https://fete.example"]), (post(3, "bea").text, [])]
    assert town.value("select bio from authors") == "Sœur de @…"
    details = town.rows("select distinct evidence[1].detail from post_relevance")
    assert details == [("avec @…",)]


def test_from_rank_to_listen_only_posts_stay(town: Town) -> None:
    town.land(post(), author(), edge("anna", "bea"))
    town.land(post(2, "bea"), author("bea"), source=OTHER_SOURCE)
    town.load()
    score(town, "anna")
    town.change_source(SOURCE, use="listen")
    town.load(NIGHT_2)
    assert town.rows("select author_id from authors") == [("bea@saone.example",)]
    for table in (*TABLES_OF_AUTHORS, "edges"):
        column = "from_author_id" if table == "edges" else "author_id"
        assert not town.value(f"select count(*) from {table} where {column} = '{ANNA}'"), table
    assert town.value("select count(*) from rankings") == 0
    assert town.value("select count(*) from posts") == 2


def test_a_listening_source_brings_no_person(town: Town) -> None:
    town.change_source(SOURCE, use="listen")
    town.land(post(), author(), edge("anna", "bea"))
    town.load()
    assert town.value("select count(*) from posts") == 1
    assert town.value("select count(*) from authors") == 0
    assert town.value("select count(*) from author_figures") == 0
    assert town.value("select count(*) from edges") == 0


def test_a_source_for_members_brings_only_linked_accounts(town: Town) -> None:
    town.change_source(SOURCE, use="members")
    town.change_source(OTHER_SOURCE, use="listen")
    town.land(post(), post(2, "bea"), author(), author("bea"), edge("bea", "anna", 2))
    town.load(members=[member("anna").model_dump()])
    assert town.rows("select author_id from posts") == [(ANNA,)]
    assert town.rows("select author_id from authors") == [(ANNA,)]
    assert town.value("select count(*) from edges") == 0
    assert town.rows("select author_id from rankable_authors") == [(ANNA,)]
    town.load(NIGHT_2)
    assert town.value("select count(*) from rankable_authors") == 0


def test_posts_of_a_source_that_the_city_dropped_leave(town: Town) -> None:
    town.land(post(1), source=OTHER_SOURCE)
    town.land(post(2))
    town.load()
    text = town.folder.city_file.read_text(encoding="utf-8")
    town.folder.city_file.write_text(
        text.replace("source_id: mastodon-halle", "source_id: mastodon-neuf"), encoding="utf-8"
    )
    town.load(NIGHT_2)
    assert town.rows("select post_id from posts") == [(post(2).post_id,)]


def test_what_is_too_old_leaves_and_does_not_come_back(town: Town) -> None:
    town.land(post(1, published_at=NIGHT_1 - timedelta(days=364)), post(2), author())
    town.load()
    assert town.value("select count(*) from posts") == 2
    later = NIGHT_1 + timedelta(days=2)
    town.land(post(1, published_at=NIGHT_1 - timedelta(days=364), observed_at=later), as_of=later)
    town.load(later)
    assert town.rows("select post_id from posts") == [(post(2).post_id,)]
    end = NIGHT_1 + timedelta(days=400)
    town.load(end)
    for table in ("posts", "authors", "author_figures", "loaded_files"):
        assert town.value(f"select count(*) from {table}") == 0, table
    assert not list(town.folder.landing(SOURCE).iterdir())


def test_briefs_are_kept_as_long_as_landing(town: Town) -> None:
    nights = [NIGHT_1 + timedelta(days=day) for day in (0, 1, 8)]
    for as_of in nights:
        town.load(as_of, members=[member("anna").model_dump()])
    kept = [town.folder.brief_file(as_of) for as_of in nights[1:]]
    assert sorted(town.folder.briefs.glob("*.json")) == kept


def test_settings_of_the_brief_shorten_what_is_kept(town: Town) -> None:
    town.land(post(1, published_at=NIGHT_1 - timedelta(days=40)), post(2))
    town.load(settings={"retention": {"posts_days": 30}})
    assert town.value("select count(*) from posts") == 1
