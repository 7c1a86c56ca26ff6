"""What tweepy reads from the proxy: queries, pages, windows, expansions, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import tweepy

from demo.answers.x_query import QueryError, XFacts, parse_query
from demo.limits import GENEROUS, PlatformLimits
from demo.serve import running
from demo.world import World
from tests.demo.clients import session
from tests.demo.small_world import NIGHT_1, NIGHT_2
from tests.demo.x_world import hourly, post, user, x_world

HOUR = timedelta(hours=1)
QUERY = "(montreval OR #marche) -is:retweet"


@contextmanager
def asked(world: World) -> Iterator[tweepy.Client]:
    """tweepy on a proxy over that world at night 1."""
    with running(world, now=NIGHT_1) as proxy:
        client = tweepy.Client("demo-token", return_type=dict)
        client.session = session(proxy)
        yield client


def facts(text: str, **fields: Any) -> XFacts:
    """One post as a query sees it."""
    nothing: frozenset[str] = frozenset()
    row = {
        "tags": nothing,
        "mentions": nothing,
        "author": "ana",
        "language": "fr",
        "flags": nothing,
    }
    return XFacts(text=f" {text} ", **{**row, **fields})


@pytest.mark.parametrize(
    ("query", "text", "is_kept"),
    [
        ("ville", "la ville", True),
        ("ville", "les villes", False),
        ("Montréval", "a montreval", True),
        ('"halle aux grains"', "la halle aux grains", True),
        ('"halle aux grains"', "grains aux halle", False),
        ('"Saint-Jean"', "le pont saint jean", True),
        ("marche ville", "marche de la ville", True),
        ("marche ville", "marche", False),
        ("marche ville OR lac", "lac", True),
        ("marche (ville OR lac)", "marche du lac", True),
        ("marche (ville OR lac)", "lac", False),
        ("ville -lac", "ville du lac", False),
        ("ville -(lac OR mer)", "ville de mer", False),
        ('ville -"les bains"', "ville les bains", False),
        ("ville lang:fr", "ville", True),
        ("ville lang:en", "ville", False),
        ("ville from:ana", "ville", True),
        ("ville -from:@Ana", "ville", False),
    ],
)
def test_the_query_language(query: str, text: str, is_kept: bool) -> None:
    assert parse_query(query)(facts(text)) is is_kept


def test_tags_mentions_and_flags_of_a_query() -> None:
    of_all = {"tags": frozenset(["marche"]), "mentions": frozenset(["bob"])}
    assert parse_query("#Marché @Bob -is:retweet")(facts("rien", **of_all))
    assert not parse_query("is:reply #marche")(facts("rien", **of_all))


@pytest.mark.parametrize("query", ["", "(ville", "ville)", '"ville', "OR", "place:x", "is:odd"])
def test_what_is_no_query_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse_query(query)


def test_pages_go_down_by_token_without_loss() -> None:
    posts = hourly(35, "ana")
    with asked(x_world([user("ana")], posts)) as client:
        found: list[str] = []
        token = None
        while token or not found:
            page: Any = client.search_recent_tweets(QUERY, max_results=10, next_token=token)
            found += [item["id"] for item in page["data"]]
            token = page["meta"].get("next_token")
            assert page["meta"]["newest_id"] == page["data"][0]["id"]
            assert page["meta"]["oldest_id"] == page["data"][-1]["id"]
    assert found == [one.post_id for one in reversed(posts)]


def test_a_page_is_short_where_posts_are_hidden() -> None:
    posts = hourly(30, "ana", "bob")
    with asked(x_world([user("ana"), user("bob", is_locked=True)], posts)) as client:
        page: Any = client.search_recent_tweets(QUERY, max_results=10)
        assert page["meta"]["result_count"] == len(page["data"]) == 5
        assert page["meta"]["next_token"]
    with asked(
        x_world([user("ana", is_locked=True), user("bob", is_locked=True)], posts)
    ) as client:
        page = client.search_recent_tweets(QUERY, max_results=10)
        assert list(page) == ["meta"]
        assert list(page["meta"]) == ["result_count", "next_token"]


def test_since_until_and_end_bound_a_search() -> None:
    posts = hourly(20, "ana")
    with asked(x_world([user("ana")], posts)) as client:

        def ids(**bounds: Any) -> list[str]:
            page: Any = client.search_recent_tweets(QUERY, max_results=100, **bounds)
            return [item["id"] for item in page.get("data", [])]

        names = [one.post_id for one in reversed(posts)]
        assert ids(since_id=posts[4].post_id) == names[:15]
        assert ids(since_id=posts[4].post_id, until_id=posts[9].post_id) == names[11:15]
        assert ids(end_time=NIGHT_1 - 3 * HOUR) == names[3:]


def test_seven_days_are_shown_and_no_more() -> None:
    old = post("ana", NIGHT_1 - timedelta(days=8))
    young = post("ana", NIGHT_1 - HOUR)
    with asked(x_world([user("ana")], [old, young])) as client:
        page: Any = client.search_recent_tweets(QUERY)
        assert [item["id"] for item in page["data"]] == [young.post_id]
        for bound in ({"since_id": old.post_id}, {"until_id": old.post_id}):
            with pytest.raises(tweepy.BadRequest):
                client.search_recent_tweets(QUERY, **bound)
        with pytest.raises(tweepy.BadRequest):
            client.search_recent_tweets(QUERY, start_time=NIGHT_1 - timedelta(days=8))
        with pytest.raises(tweepy.BadRequest):
            client.search_recent_tweets(QUERY, end_time=NIGHT_1)


def test_an_empty_page_has_no_data() -> None:
    with asked(x_world([user("ana")], hourly(1, "ana"))) as client:
        page: Any = client.search_recent_tweets("lac")
        assert page == {"meta": {"result_count": 0}}


@pytest.mark.parametrize("bad", [{"max_results": 9}, {"max_results": 101}, {"next_token": "odd"}])
def test_bad_parameters_are_refused(bad: dict[str, Any]) -> None:
    with asked(x_world([user("ana")], hourly(1, "ana"))) as client:
        with pytest.raises(tweepy.BadRequest):
            client.search_recent_tweets(QUERY, **bad)
        with pytest.raises(tweepy.BadRequest):
            client.search_recent_tweets("ville " * 90)


def test_counts_by_day() -> None:
    with asked(x_world([user("ana")], hourly(30, "ana"))) as client:
        counts: Any = client.get_recent_tweets_count(QUERY, granularity="day")
    assert counts["meta"] == {"total_tweet_count": 30}
    by_day = {bucket["start"][:10]: bucket["tweet_count"] for bucket in counts["data"]}
    assert by_day["2026-11-17"] == 1
    assert by_day["2026-11-16"] == 24
    assert sum(by_day.values()) == 30


def test_posts_by_id_and_those_that_are_missing() -> None:
    there, late, hidden = (post("ana", NIGHT_1 - n * HOUR) for n in (1, 2, 3))
    gone = late.model_copy(update={"gone_at": NIGHT_1})
    locked = hidden.model_copy(update={"author_id": "bob"})
    world = x_world([user("ana"), user("bob", is_locked=True)], [there, gone, locked])
    with asked(world) as client:
        page: Any = client.get_tweets([there.post_id, gone.post_id, locked.post_id, 12])
        assert [item["id"] for item in page["data"]] == [there.post_id]
        titles = {error["value"]: error["title"] for error in page["errors"]}
        assert titles == {
            gone.post_id: "Not Found Error",
            locked.post_id: "Authorization Error",
            "12": "Not Found Error",
        }
        found: Any = client.search_recent_tweets(QUERY)
        assert [item["id"] for item in found["data"]] == [there.post_id]


def test_expansions_and_entities() -> None:
    first = post("ana", NIGHT_1 - 3 * HOUR, place_id="p1", text="Montréval & co")
    second = post(
        "Bob", NIGHT_1 - HOUR, text="Oui @ana #marché https://a.example/b", mentions=["ana"],
        hashtags=["marché"], links=["https://a.example/b"], in_reply_to=first.post_id,
        quote_of=first.post_id,
    )  # fmt: skip
    with asked(
        x_world([user("ana", location="Montréval"), user("Bob")], [first, second])
    ) as client:
        page: Any = client.search_recent_tweets(
            QUERY,
            expansions=["author_id", "referenced_tweets.id", "geo.place_id"],
            tweet_fields=["entities", "referenced_tweets", "in_reply_to_user_id"],
            user_fields=["location"],
        )
    reply, start = page["data"]
    users = {item["id"]: item for item in page["includes"]["users"]}
    assert users[reply["author_id"]] == {"id": reply["author_id"], "name": "Bob", "username": "Bob"}
    assert users[start["author_id"]]["location"] == "Montréval"
    assert [item["type"] for item in reply["referenced_tweets"]] == ["replied_to", "quoted"]
    assert reply["in_reply_to_user_id"] == start["author_id"]
    assert [item["username"] for item in reply["entities"]["mentions"]] == ["ana"]
    assert [item["tag"] for item in reply["entities"]["hashtags"]] == ["marché"]
    links = [item["expanded_url"] for item in reply["entities"]["urls"]]
    assert links == ["https://a.example/b", f"https://twitter.com/ana/status/{first.post_id}"]
    assert "https://t.co/" in reply["text"]
    assert start["text"] == "Montréval &amp; co"
    assert [item["id"] for item in page["includes"]["tweets"]] == [first.post_id]
    assert page["includes"]["places"][0]["id"] == start["geo"]["place_id"] == "p1"


def test_long_text_stands_in_its_note() -> None:
    long = post("ana", NIGHT_1 - HOUR, text="Montréval " * 40)
    with asked(x_world([user("ana")], [long])) as client:
        page: Any = client.search_recent_tweets(QUERY, tweet_fields=["note_tweet"])
    assert len(page["data"][0]["text"]) == 280
    assert page["data"][0]["note_tweet"]["text"] == long.text


def test_who_has_no_token_is_refused_and_a_quota_ends() -> None:
    tight = GENEROUS.model_copy(
        update={"x": PlatformLimits(requests=2, window_seconds=900, page_default=10, page_max=100)}
    )
    with running(x_world([user("ana")], hourly(1, "ana"), limits=tight), now=NIGHT_1) as proxy:
        client = tweepy.Client("another")
        client.session = session(proxy)
        with pytest.raises(tweepy.Unauthorized):
            client.search_recent_tweets(QUERY)
        client.bearer_token = "demo-token"
        client.search_recent_tweets(QUERY)
        client.search_recent_tweets(QUERY)
        with pytest.raises(tweepy.TooManyRequests) as caught:
            client.search_recent_tweets(QUERY)
        assert caught.value.reset_time > NIGHT_1.timestamp()
        proxy.set_clock(NIGHT_2)
        client.search_recent_tweets(QUERY)
