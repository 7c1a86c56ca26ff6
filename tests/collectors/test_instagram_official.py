"""Instagram's official way: no author under a hashtag, thirty hashtags a week, tags read back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.sources.instagram.hashtags import tonight
from demo.world import World
from tests.collectors.conftest import Serve
from tests.collectors.instagram_nights import OFFICIAL, Nights
from tests.collectors.nights import ids, landed
from tests.demo.instagram_world import (
    ACCOUNT,
    GRAPH,
    HIDING,
    code,
    gram,
    insta,
    picture,
    pictures,
)
from tests.demo.small_world import NIGHT_1, NIGHT_2

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOKEN = "demo-token"
Begin = Callable[[World], Nights]


@pytest.fixture
def begin(serve: Serve, folder: CityFolder, settings: Settings) -> Begin:
    """The city against a world."""
    return lambda world: Nights(folder, settings, serve(world))


def test_hashtag_posts_have_no_author_and_tagging_posts_have_one(begin: Begin) -> None:
    tagging = picture(2, "bob", NIGHT_1 - HOUR, is_tagging_city=True, text="@Ana ! #Montréval")
    nights = begin(gram([picture(1, "ana", NIGHT_1 - 2 * HOUR), tagging]))
    assert nights.night(OFFICIAL).state == "done"
    posts = {row["post_id"]: row["author_id"] for row in landed(nights.folder, OFFICIAL, "post")}
    assert posts == {code(1): None, code(2): "bob"}
    (author,) = landed(nights.folder, OFFICIAL, "author")
    assert (author["author_id"], author["handle"], author["audience"]) == ("bob", "@bob", None)
    (edge,) = landed(nights.folder, OFFICIAL, "edge")
    assert (edge["from_author_id"], edge["to_author_id"]) == ("bob", "ana")


def test_fields_of_a_post(begin: Begin) -> None:
    shown = picture(1, "ana", NIGHT_1 - 2 * HOUR, media_count=3, likes=800, replies=9, views=7)
    hidden = picture(2, HIDING, NIGHT_1 - HOUR, likes=800)
    nights = begin(gram([shown, hidden], [insta("ana"), insta(HIDING)]))
    nights.night(OFFICIAL)
    rows = {row["post_id"]: row for row in landed(nights.folder, OFFICIAL, "post")}
    first = rows[code(1)]
    assert first["url"] == f"https://www.instagram.com/p/{code(1)}/"
    assert (first["text"], first["hashtags"]) == ("Image 1 #Montréval", ["montréval"])
    assert (first["media_count"], first["views"]) == (3, None)
    assert first["likes"] > 0
    assert rows[code(2)]["likes"] is None


def test_only_the_last_day_is_told_and_pages_end(begin: Begin) -> None:
    old = picture(900, "ana", NIGHT_1 - 25 * HOUR)
    nights = begin(gram([*pictures(130, timedelta(minutes=10)), old]))
    assert nights.night(OFFICIAL).counts.posts == 130
    asked = nights.proxy.requests()[GRAPH]
    assert sum(n for path, n in asked.items() if path.endswith("/recent_media")) == 3


def test_a_lost_page_is_found_again_though_all_cursors_are_alike(begin: Begin) -> None:
    nights = begin(gram(pictures(140, timedelta(minutes=10))))
    nights.night(OFFICIAL)
    (path,) = [p for p in nights.proxy.requests()[GRAPH] if p.endswith("/recent_media")]
    undisturbed = landed(nights.folder, OFFICIAL)
    nights.forget()
    nights.proxy.set_faults([{"kind": "cut", "path": path, "skip": 1}])
    assert nights.night(OFFICIAL).state == "done"
    assert landed(nights.folder, OFFICIAL) == undisturbed


def test_a_list_that_a_quota_broke_off_is_begun_anew(begin: Begin) -> None:
    nights = begin(gram(pictures(140, timedelta(minutes=10))))
    nights.night(OFFICIAL, NIGHT_1 - DAY)
    (path,) = [p for p in nights.proxy.requests()[GRAPH] if p.endswith("/recent_media")]
    nights.proxy.set_faults([{"kind": "limited", "path": path, "skip": 1, "times": None}])
    first = nights.night(OFFICIAL)
    assert (first.state, first.counts.posts > 0) == ("waiting", True)
    nights.proxy.set_faults([])
    last = nights.night(OFFICIAL)
    assert (last.state, last.counts.posts) == ("done", 140)
    assert ids(landed(nights.folder, OFFICIAL, "post", "20261117")) == sorted(map(code, range(140)))


def test_thirty_hashtags_in_any_seven_days_over_two_weeks(begin: Begin) -> None:
    tags = [f"quartier{n}" for n in range(42)]
    world = gram(
        picture(100 * day + n, "ana", NIGHT_1 + day * DAY - HOUR, hashtags=[tag], text=f"#{tag}")
        for day in range(16)
        for n, tag in enumerate(tags)
    )
    nights = begin(world)
    nights.write_city(hashtags=tags)
    seen: dict[str, list[int]] = {tag: [] for tag in tags}
    for day in range(16):
        outcome = nights.night(OFFICIAL, NIGHT_1 + day * DAY)
        assert (outcome.state, outcome.odd) == ("done", ())
        for row in landed(nights.folder, OFFICIAL, "post", f"{NIGHT_1 + day * DAY:%Y%m%d}"):
            seen[row["hashtags"][0]].append(day)
    assert all(seen.values())
    assert len([tag for tag in tags if 0 in seen[tag]]) == 30
    assert min(map(len, seen.values())) >= 4


def test_the_thirty_are_never_passed_by_metas_count() -> None:
    tags = [f"t{n}" for n in range(75)]
    asked: dict[str, object] = {}
    begun: dict[str, object] = {}
    for day in range(60):
        night = NIGHT_1 + day * DAY
        chosen = tonight(tags, asked, night)  # type: ignore[arg-type]  # values are moments
        asked |= chosen
        # Meta's windows end late: the night of their first question was tried again for a day.
        begun = {tag: at for tag, at in begun.items() if night - at < 8 * DAY}  # type: ignore[operator]
        begun |= {tag: night for tag in chosen if tag not in begun}
        assert len(begun) <= 30
    assert set(asked) == set(tags)


def test_used_up_hashtags_are_told_and_the_others_read(begin: Begin) -> None:
    others = [f"ailleurs{n}" for n in range(30)]
    world = gram(
        [picture(n, "ana", NIGHT_1 - HOUR, hashtags=[tag]) for n, tag in enumerate(others)]
        + [picture(99, "ana", NIGHT_1 - HOUR)]
    )
    nights = begin(world)
    nights.write_city(hashtags=others)
    nights.night(OFFICIAL)
    # Another program used the thirty, or the state was lost: only Meta knows.
    nights.folder.state_file(OFFICIAL).unlink()
    nights.write_city(hashtags=["montréval", *others[:5]])
    outcome = nights.night(OFFICIAL, NIGHT_2, now=NIGHT_1)
    assert outcome.state == "done"
    assert [each.position for each in outcome.odd] == ["#montréval"]
    assert outcome.counts.posts == 5


def test_numbers_of_hashtags_are_asked_once(begin: Begin) -> None:
    nights = begin(gram(pictures(3, HOUR)))
    nights.night(OFFICIAL)
    nights.proxy.forget_requests()
    nights.night(OFFICIAL, NIGHT_2)
    searches = sum(n for p, n in nights.proxy.requests()[GRAPH].items() if "hashtag_search" in p)
    # Those that nobody uses have no number yet.
    assert searches == 3


def test_tagged_posts_that_are_gone_leave(begin: Begin) -> None:
    gone = picture(1, "ana", NIGHT_1 - HOUR, is_tagging_city=True, gone_at=NIGHT_1 + HOUR)
    kept = picture(2, "bob", NIGHT_1 - HOUR, is_tagging_city=True)
    nights = begin(gram([gone, kept]))
    nights.night(OFFICIAL)
    nights.night(OFFICIAL, NIGHT_2)
    found = landed(nights.folder, OFFICIAL, "gone")
    assert [(row["gone_id"], row["reason"]) for row in found] == [(code(1), "deleted")]
    assert ids(landed(nights.folder, OFFICIAL, "post", "20261118")) == [code(2)]


@pytest.mark.parametrize(
    ("graph_code", "state", "word"),
    [
        (190, "failed", "PORTEVOIX_INSTAGRAM_TOKEN"),
        (10, "failed", "instagram_basic"),
        (200, "failed", "instagram_basic"),
        (803, "failed", "account_id"),
        (4, "waiting", "later"),
        (17, "waiting", "later"),
        (32, "waiting", "later"),
        (613, "waiting", "later"),
        (2, "waiting", "next try"),
    ],
)
def test_graphs_codes_say_what_to_do(begin: Begin, graph_code: int, state: str, word: str) -> None:
    nights = begin(gram([picture(1, "ana", NIGHT_1 - HOUR)]))
    error = {"message": "(#0) for 17841400000000078", "code": graph_code}
    nights.proxy.set_faults([{"kind": "status", "value": {"error": error}, "times": None,
                              "status": 400, "host": GRAPH}])  # fmt: skip
    outcome = nights.night(OFFICIAL)
    assert (outcome.state, word in outcome.sentence) == (state, True)
    assert ACCOUNT not in outcome.sentence


def test_no_secret_in_addresses_logs_or_files(
    begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    nights = begin(gram(pictures(60, timedelta(minutes=10))))
    nights.night(OFFICIAL)
    assert "graph.facebook.com" in caplog.text
    assert TOKEN not in caplog.text
    files = [path for path in nights.folder.root.rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_check_tells_permissions_hashtags_and_quota(begin: Begin) -> None:
    nights = begin(gram(pictures(8, HOUR)))
    nights.night(OFFICIAL)
    found = check(nights.folder, OFFICIAL, settings=nights.settings, as_of=NIGHT_1)
    assert (found.is_working, found.quota_left, found.count_sample) == (True, 100, 2)
    assert "1 of Meta's 30 hashtags" in found.sentence
