"""X: fields, edges, opt-outs, deletions, refusals, through tweepy and the demo's proxy."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import requests
import yaml
from pydantic import SecretStr
from tweepy import errors

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.run import collect
from collectors.sources.x.trouble import ERRORS
from demo.limits import GENEROUS, PlatformLimits
from demo.world import WorldAuthor, WorldPost
from tests.collectors.conftest import Serve
from tests.collectors.nights import Row, ids, landed, write_briefs
from tests.collectors.x_nights import NIGHTS, X, bill_usd, on_x
from tests.demo.small_world import NIGHT_1, NIGHT_2
from tests.demo.x_world import API, hourly, post, user, x_world

HOUR = timedelta(hours=1)
SEARCH, LOOKUP = "/2/tweets/search/recent", "/2/tweets"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the demo's token."""
    return settings.model_copy(update={"x_token": SecretStr("demo-token")})


@pytest.fixture
def folder(folder: CityFolder) -> CityFolder:
    """The demo city, which reads X alone."""
    on_x(folder)
    return folder


def night(
    serve: Serve, folder: CityFolder, settings: Settings, *posts: WorldPost, **people: Any
) -> list[Row]:
    """What night 1 lands of a world of these posts; `people` gives fields of ana."""
    serve(x_world([user("ana", **people), user("bob"), user("Eve")], posts)).set_clock(NIGHT_1)
    assert collect(folder, X, NIGHT_1, settings=settings).state == "done"
    return landed(folder, X)


def of_kind(rows: list[Row], kind: str) -> list[Row]:
    """Rows of one kind."""
    return [row for row in rows if row["kind"] == kind]


def test_fields_of_a_post(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    text = "Marché & fleurs à Montréval #Marché @bob https://exemple.example/a"
    one = post(
        "ana", NIGHT_1 - 48 * HOUR, text=text, mentions=["bob"], hashtags=["Marché"],
        links=["https://exemple.example/a"], media_count=2, likes=8, views=900, place_id="p1",
    )  # fmt: skip
    rows = night(serve, folder, settings, one)
    (found,) = of_kind(rows, "post")
    assert (found["post_id"], found["author_id"], found["language"]) == (one.post_id, "ana", "fr")
    assert found["url"] == f"https://x.com/ana/status/{one.post_id}"
    assert found["text"].startswith("Marché & fleurs à Montréval #Marché @bob https://t.co/")
    assert (found["hashtags"], found["media_count"]) == (["Marché"], 2)
    assert found["links"] == ["https://exemple.example/a"]
    assert found["likes"] > 0
    assert found["views"] > 0
    assert "p1" not in str(rows)


def test_a_long_text_is_kept_whole(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    text = f"{'Le marché de Montréval. ' * 20}Fin #Marché"
    one = post("ana", NIGHT_1 - HOUR, text=text, hashtags=["Marché"])
    (found,) = of_kind(night(serve, folder, settings, one), "post")
    assert found["text"] == text
    assert found["hashtags"] == ["Marché"]


def test_fields_of_an_author(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    posts = (post("Eve", NIGHT_1 - HOUR), post("ana", NIGHT_1 - HOUR, of_this_moment=1))
    stated = {"bio": "Boulangère & mère", "location": "Montréval, France"}
    verified = [["verified_type", "business"]]
    rows = night(serve, folder, settings, *posts, fields=verified, **stated)
    people = {row["author_id"]: row for row in of_kind(rows, "author")}
    ana = people["ana"]
    assert (ana["handle"], ana["url"]) == ("@ana", "https://x.com/ana")
    assert (ana["bio"], ana["declared_location"]) == ("Boulangère & mère", "Montréval, France")
    assert ana["is_declared_organisation"]
    assert ana["audience"] == 194
    assert people["eve"]["handle"] == "@Eve"
    assert not people["eve"]["is_declared_organisation"]


def test_replies_mentions_and_quotes_are_edges(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    first = post("ana", NIGHT_1 - 4 * HOUR)
    reply = post(
        "Eve", NIGHT_1 - 3 * HOUR, text="@ana @bob oui, Montréval", mentions=["ana", "bob"],
        in_reply_to=first.post_id,
    )  # fmt: skip
    quote = post("bob", NIGHT_1 - 2 * HOUR, quote_of=first.post_id)
    to_self = post("ana", NIGHT_1 - HOUR, in_reply_to=first.post_id)
    rows = night(serve, folder, settings, first, reply, quote, to_self)
    edges = {
        (row["from_author_id"], row["to_author_id"], row["relation"])
        for row in of_kind(rows, "edge")
    }
    assert edges == {("eve", "ana", "reply"), ("eve", "bob", "mention"), ("bob", "ana", "reshare")}
    quoted = next(row for row in of_kind(rows, "post") if row["author_id"] == "bob")
    assert quoted["links"] == []


@pytest.mark.parametrize("marks", [{"bio": "Boulangère #nobot"}, {"bio": "16 ans · skate"}])
def test_who_opts_out_is_not_landed(
    serve: Serve, folder: CityFolder, settings: Settings, marks: dict[str, Any]
) -> None:
    posts = (post("ana", NIGHT_1 - HOUR), post("bob", NIGHT_1 - 2 * HOUR))
    rows = night(serve, folder, settings, *posts, **marks)
    assert {row["author_id"] for row in rows} == {"bob"}


def test_what_is_withheld_is_not_landed(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(x_world([user("ana")], [post("ana", NIGHT_1 - n * HOUR) for n in (1, 2)]))
    proxy.set_clock(NIGHT_1)
    withheld = {"copyright": False, "country_codes": ["FR"]}
    proxy.set_faults(
        [{"kind": "set", "path": SEARCH, "field": "withheld", "value": withheld, "position": 0}]
    )
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    assert (outcome.counts.posts, outcome.counts.opted_out) == (1, 1)


def test_namesakes_are_excluded_and_places_are_asked_for(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    texts = ["Cure à Montréval-les-Bains", "Vers Montréval", "À la halle aux grains !", "Au lac"]
    posts = [post("ana", NIGHT_1 - n * HOUR, text=text) for n, text in enumerate(texts, start=1)]
    rows = night(serve, folder, settings, *posts)
    assert {row["text"] for row in of_kind(rows, "post")} == set(texts[1:3])


def test_a_second_night_asks_for_what_is_new_and_an_empty_one_forgets_nothing(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    posts = [*hourly(5, "ana"), *hourly(2, "ana", until=NIGHTS[2])]
    proxy = serve(x_world([user("ana")], posts))
    found = []
    for as_of in NIGHTS[:3]:
        proxy.set_clock(as_of)
        collect(folder, X, as_of, settings=settings)
        rows = landed(folder, X, "post", f"{as_of:%Y%m%d}")
        found.append([row["post_id"] for row in rows if row["observed_at"]])
    names = [one.post_id for one in posts]
    assert set(found[0]) == set(names[:5])
    assert set(found[1]) == set(names[:5])  # read back
    assert set(found[2]) == set(names)
    assert len(found[2]) == len(names)


def test_deleted_and_closed_posts_are_gone_the_next_night(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    deleted = post("ana", NIGHT_1 - HOUR, gone_at=NIGHT_1 + HOUR)
    stays = post("ana", NIGHT_1 - 2 * HOUR)
    proxy = serve(x_world([user("ana")], [deleted, stays]))
    for as_of in (NIGHT_1, NIGHT_2):
        proxy.set_clock(as_of)
        collect(folder, X, as_of, settings=settings)
    gone = landed(folder, X, "gone")
    assert [(row["what"], row["gone_id"], row["reason"]) for row in gone] == [
        ("post", deleted.post_id, "deleted")
    ]
    assert ids(landed(folder, X, "post", "20261118")) == [stays.post_id]


def test_an_author_who_no_longer_wants_to_be_found_leaves(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    posts = [post("ana", NIGHT_1 - HOUR), post("bob", NIGHT_1 - 2 * HOUR)]
    serve(x_world([user("ana"), user("bob")], posts)).set_clock(NIGHT_1)
    collect(folder, X, NIGHT_1, settings=settings)
    later: list[WorldAuthor] = [user("ana", bio="#noindex"), user("bob")]
    serve(x_world(later, posts)).set_clock(NIGHT_2)
    collect(folder, X, NIGHT_2, settings=settings)
    gone = landed(folder, X, "gone")
    assert [(row["what"], row["gone_id"], row["reason"]) for row in gone] == [
        ("author", "ana", "withdrawn")
    ]


def test_a_post_of_two_queries_lands_once(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["names"]["places"] = [f"rue numéro {n} des Tanneurs" for n in range(40)]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    both = "Montréval, rue numéro 39 des Tanneurs"
    posts = [post("ana", NIGHT_1 - n * HOUR, text=both) for n in (1, 2, 3)]
    rows = night(serve, folder, settings, *posts)
    assert ids(of_kind(rows, "post")) == sorted(one.post_id for one in posts)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "expired"}, "failed: PORTEVOIX_X_TOKEN"),
        ({"kind": "status", "status": 403}, "failed: does not permit"),
        ({"kind": "status", "status": 402}, "failed: no credit left"),
        ({"kind": "status", "status": 400}, "failed: refuses this question"),
        ({"kind": "status", "status": 503}, "waiting: does not answer"),
    ],
)
def test_refusals_say_the_mend(
    serve: Serve, folder: CityFolder, settings: Settings, fault: dict[str, Any], words: str
) -> None:
    proxy = serve(x_world([user("ana")], hourly(3, "ana")))
    proxy.set_clock(NIGHT_1)
    proxy.set_faults([{"host": API, "path": "/2/", "skip": 1, "times": None, **fault}])
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    state, _, said = words.partition(": ")
    assert outcome.state == state
    assert outcome.sentence.startswith(f"{X}: ")
    assert said in outcome.sentence


def test_x_own_quota_says_when_to_come_back(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    tight = PlatformLimits(requests=1, window_seconds=900, page_default=10, page_max=100)
    limits = GENEROUS.model_copy(update={"x": tight})
    proxy = serve(x_world([user("ana")], hourly(3, "ana"), limits=limits))
    proxy.set_clock(NIGHT_1)
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    assert outcome.state == "waiting"
    assert outcome.retry_at is not None
    assert timedelta(minutes=14) < outcome.retry_at - NIGHT_1 <= timedelta(minutes=16)
    assert proxy.requests()[API] == {"/2/tweets/counts/recent": 1, SEARCH: 1}


def test_what_is_older_than_x_shows_is_told(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    late = NIGHT_1 + timedelta(days=9)
    write_briefs(folder, late)
    posts = [*hourly(3, "ana"), *hourly(3, "ana", until=late)]
    proxy = serve(x_world([user("ana")], posts))
    proxy.set_clock(NIGHT_1)
    collect(folder, X, NIGHT_1, settings=settings)
    proxy.set_clock(late)
    outcome = collect(folder, X, late, settings=settings)
    assert (outcome.state, outcome.counts.posts) == ("done", 3)
    assert "older than the seven days" in outcome.sentence


def test_a_check_samples_the_emptiest_hour_and_says_what_it_costs(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    posts = [
        *hourly(30, "ana"),
        *(post("ana", NIGHT_1 - 5 * HOUR, of_this_moment=n) for n in (1, 2)),
    ]
    proxy = serve(x_world([user("ana")], posts))
    proxy.set_clock(NIGHT_1)
    result = check(folder, X, settings=settings, as_of=NIGHT_1)
    assert result.is_working
    assert result.count_sample == 1
    assert result.quota_left is not None
    assert "counts 32 posts" in result.sentence
    assert "100.00 USD a night" in result.sentence
    assert bill_usd(proxy) <= 0.021


def test_the_token_stands_in_no_log_even_at_debug(
    serve: Serve, folder: CityFolder, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = night(serve, folder, settings, post("ana", NIGHT_1 - HOUR, text="Secret de Montréval"))
    assert rows
    assert "demo-token" not in caplog.text
    assert "Secret de" not in caplog.text
    assert "1 read" in caplog.text


def test_every_error_of_tweepy_is_mapped() -> None:
    classes = {
        item
        for item in vars(errors).values()
        if isinstance(item, type) and issubclass(item, Exception)
    }
    assert classes | {requests.RequestException} <= set(ERRORS)
