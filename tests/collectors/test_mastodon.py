"""Mastodon: walks, read-backs, opt-outs, fields, through Mastodon.py and the demo's proxy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from mastodon import errors as mastodon_errors

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.run import collect
from collectors.sources.mastodon.trouble import ERRORS
from demo.world import WorldPost
from tests.collectors.conftest import Serve
from tests.collectors.nights import SAONE, ids, landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, hourly, post, world

ANA, BOB, EVE = "ana@saone.example", "bob@halle.example", "eve@saone.example"
HOUR = timedelta(hours=1)


def collected(
    serve: Serve, folder: CityFolder, settings: Settings, *posts: WorldPost, **people: Any
) -> list[dict[str, Any]]:
    """What one night lands of a world of these posts; `people` gives fields of ana."""
    authors = [author("ana", **people), author("bob", "halle.example"), author("eve")]
    proxy = serve(world(authors, posts))
    proxy.set_clock(NIGHT_1)
    write_briefs(folder)
    assert collect(folder, SAONE, NIGHT_1, settings=settings).state == "done"
    return landed(folder, SAONE)


def test_history_is_read_to_its_first_day_in_pages(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    old = [
        post(900, ANA, NIGHT_1 - timedelta(days=119)),
        post(901, ANA, NIGHT_1 - timedelta(days=121)),
    ]
    serve(world([author("ana")], [*old, *hourly(95, ANA)])).set_clock(NIGHT_1)
    write_briefs(folder)
    outcome = collect(folder, SAONE, NIGHT_1, settings=settings)
    assert outcome.state == "done"
    assert outcome.counts.posts == 96
    assert ids(landed(folder, SAONE, "post")) == sorted(["900", *map(str, range(95))])


def test_second_night_with_nothing_new_lands_only_refreshed_posts(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(world([author("ana")], [post(1, ANA, NIGHT_1 - 80 * HOUR, likes=9)]))
    write_briefs(folder)
    for night in (NIGHT_1, NIGHT_2):
        proxy.set_clock(night)
        collect(folder, SAONE, night, settings=settings)
    first, second = landed(folder, SAONE, "post")
    assert {**first, "observed_at": 0, "likes": 0} == {**second, "observed_at": 0, "likes": 0}
    assert second["observed_at"] > first["observed_at"]
    assert [edge["kind"] for edge in landed(folder, SAONE, "edge")] == []


def test_old_posts_are_not_read_again(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    proxy = serve(world([author("ana")], [post(1, ANA, NIGHT_1 - timedelta(days=20))]))
    write_briefs(folder)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    proxy.set_clock(NIGHT_2)
    assert collect(folder, SAONE, NIGHT_2, settings=settings).counts.posts == 0


@pytest.mark.parametrize("age_hours", [5, 100])
def test_deleted_posts_are_gone_the_next_night(
    serve: Serve, folder: CityFolder, settings: Settings, age_hours: int
) -> None:
    gone = post(1, ANA, NIGHT_1 - age_hours * HOUR, gone_at=NIGHT_1 + HOUR)
    proxy = serve(world([author("ana")], [gone, post(2, ANA, NIGHT_1 - 3 * HOUR)]))
    write_briefs(folder)
    for night in (NIGHT_1, NIGHT_2):
        proxy.set_clock(night)
        collect(folder, SAONE, night, settings=settings)
    found = landed(folder, SAONE, "gone")
    assert [(row["what"], row["reason"]) for row in found] == [("post", "deleted")]
    assert ids(found, "gone_id") == ["1"]


def test_an_old_server_without_batches_is_asked_post_by_post(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    old = NIGHT_1 - 100 * HOUR
    posts = [post(1, ANA, old, gone_at=NIGHT_1 + HOUR), post(2, ANA, old + HOUR)]
    proxy = serve(world([author("ana")], posts))
    write_briefs(folder)
    proxy.set_clock(NIGHT_1)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    proxy.set_clock(NIGHT_2)
    proxy.set_faults([{"kind": "status", "path": "/api/v1/statuses", "status": 404}])
    collect(folder, SAONE, NIGHT_2, settings=settings)
    assert ids(landed(folder, SAONE, "post", "20261118")) == ["2"]
    assert ids(landed(folder, SAONE, "gone"), "gone_id") == ["1"]


def test_posts_later_than_the_night_are_left_for_the_next(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(
        world([author("ana")], [post(1, ANA, NIGHT_1 - HOUR), post(2, ANA, NIGHT_1 + HOUR)])
    )
    write_briefs(folder)
    proxy.set_clock(NIGHT_2)  # the server is ahead of the night that is run
    collect(folder, SAONE, NIGHT_1, settings=settings)
    assert ids(landed(folder, SAONE, "post")) == ["1"]
    collect(folder, SAONE, NIGHT_2, settings=settings)
    assert ids(landed(folder, SAONE, "post", "20261118")) == ["1", "2"]


def test_a_post_under_two_hashtags_lands_once(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    both = post(1, ANA, NIGHT_1 - HOUR, hashtags=["visitMontreval", "Montréval"])
    other = post(2, ANA, NIGHT_1 - HOUR, hashtags=["visitmontreval"])
    rows = collected(serve, folder, settings, both, other)
    assert ids(row for row in rows if row["kind"] == "post") == ["1", "2"]


def test_fields_of_a_post(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    rows = collected(
        serve,
        folder,
        settings,
        post(
            1,
            BOB,
            NIGHT_1 - 48 * HOUR,
            text="Salut @ana !\nVoir https://exemple.example/a #Montréval",
            mentions=[ANA],
            links=["https://exemple.example/a"],
            media_count=2,
            likes=8,
        ),
    )
    found = next(row for row in rows if row["kind"] == "post")
    assert found["author_id"] == BOB
    assert found["text"] == "Salut @ana !\nVoir https://exemple.example/a #Montréval"
    assert found["links"] == ["https://exemple.example/a"]
    assert found["hashtags"] == ["montreval"]
    assert (found["media_count"], found["language"], found["is_reply"]) == (2, "fr", False)
    assert found["likes"] > 0


def test_replies_mentions_and_quotes_are_edges(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    first = post(1, ANA, NIGHT_1 - 3 * HOUR)
    reply = post(
        2, EVE, NIGHT_1 - 2 * HOUR, text="@ana @bob oui", mentions=[ANA, BOB],
        in_reply_to=first.post_id,
    )  # fmt: skip
    quote = post(3, BOB, NIGHT_1 - HOUR, quote_of=first.post_id)
    to_self = post(4, ANA, NIGHT_1 - HOUR, in_reply_to=first.post_id)
    rows = collected(serve, folder, settings, first, reply, quote, to_self)
    edges = {
        (row["from_author_id"], row["to_author_id"], row["relation"])
        for row in rows
        if row["kind"] == "edge"
    }
    assert edges == {(EVE, ANA, "reply"), (EVE, BOB, "mention"), (BOB, ANA, "reshare")}


def test_fields_of_an_author(serve: Serve, folder: CityFolder, settings: Settings) -> None:
    rows = collected(
        serve, folder, settings, post(1, ANA, NIGHT_1 - HOUR),
        bio="Boulangère\nLève-tôt", fields=[["Lieu", "Montréval"], ["Site", "https://ana.example/"]],
        is_bot=True,
    )  # fmt: skip
    ana = next(row for row in rows if row["kind"] == "author")
    assert (ana["author_id"], ana["handle"]) == (ANA, f"@{ANA}")
    assert ana["bio"] == "Boulangère\nLève-tôt"
    assert ana["declared_location"] == "Montréval"
    assert ana["links"] == ["https://ana.example/"]
    assert ana["is_declared_automated"]
    assert ana["audience"] == 194
    assert ana["created_at"].startswith("2021-03-05")


@pytest.mark.parametrize(
    "marks",
    [
        {"indexable": False},
        {"noindex": True},
        {"is_locked": True},
        {"bio": "Boulangère #nobot"},
        {"bio": "16 ans · skate"},
        {"fields": [["Âge", "15"]]},
    ],
)
def test_who_opts_out_is_not_landed(
    serve: Serve, folder: CityFolder, settings: Settings, marks: dict[str, Any]
) -> None:
    rows = collected(
        serve, folder, settings,
        post(1, ANA, NIGHT_1 - HOUR), post(2, BOB, NIGHT_1 - HOUR), **marks,
    )  # fmt: skip
    assert {row["author_id"] for row in rows} == {BOB}


def test_a_history_that_a_quota_stopped_goes_on_the_next_night(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(world([author("ana")], hourly(130, ANA)))
    write_briefs(folder)
    proxy.set_clock(NIGHT_1)
    path = "/api/v1/timelines"
    proxy.set_faults([{"kind": "limited", "path": path, "skip": 2, "times": None}])
    assert collect(folder, SAONE, NIGHT_1, settings=settings).counts.posts == 80
    proxy.set_faults([])
    proxy.set_clock(NIGHT_2)
    assert collect(folder, SAONE, NIGHT_2, settings=settings).state == "done"
    assert set(ids(landed(folder, SAONE, "post"))) == set(map(str, range(130)))


def test_every_error_of_mastodon_py_is_mapped() -> None:
    classes = {
        item
        for item in vars(mastodon_errors).values()
        if isinstance(item, type) and issubclass(item, Exception) and not issubclass(item, Warning)
    }
    assert classes == set(ERRORS)
