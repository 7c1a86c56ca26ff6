"""Instagram's pages through instaloader: walks, fields, deletions; both ways are one platform."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from demo.world import World
from tests.collectors.conftest import Serve
from tests.collectors.instagram_nights import OFFICIAL, WEB, Nights
from tests.collectors.nights import ids, landed
from tests.demo.instagram_world import (
    HALLE,
    HIDING,
    MOBILE,
    QUAI,
    WWW,
    code,
    gram,
    insta,
    picture,
    pictures,
)
from tests.demo.small_world import NIGHT_1, NIGHT_2

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAG_PAGES = "/explore/tags/"
Begin = Callable[[World], Nights]


@pytest.fixture
def begin(serve: Serve, folder: CityFolder, settings: Settings) -> Begin:
    """The city against a world."""
    return lambda world: Nights(folder, settings, serve(world))


def test_off_until_an_agreement_is_named(begin: Begin) -> None:
    nights = begin(gram(pictures(3, HOUR)))
    nights.write_city(agreement=None, use="listen")
    outcome = nights.night(WEB)
    assert (outcome.state, "agreement" in outcome.sentence) == ("off", True)
    assert nights.proxy.requests() == {}


def test_history_is_read_to_its_first_day(begin: Begin) -> None:
    old = [picture(900, "ana", NIGHT_1 - 29 * DAY), picture(901, "ana", NIGHT_1 - 31 * DAY)]
    nights = begin(gram([*pictures(60, HOUR), *old]))
    outcome = nights.night(WEB)
    assert (outcome.state, outcome.sentence) == ("done", "")
    expected = sorted([code(900), *map(code, range(60))])
    assert ids(landed(nights.folder, WEB, "post")) == expected


def test_fields_of_a_post_its_author_and_edges(begin: Begin) -> None:
    shown = picture(
        1, "ana", NIGHT_1 - 2 * DAY, text="Avec @Bob. et @cleo_71 #Montréval #Marché",
        media_count=4, likes=9, replies=3,
    )  # fmt: skip
    film = picture(2, "bob", NIGHT_1 - 2 * DAY, likes=9, views=120)
    hidden = picture(3, HIDING, NIGHT_1 - HOUR, likes=9)
    people = [insta("ana", display_name="Ana Martin"), insta("bob"), insta(HIDING)]
    nights = begin(gram([shown, film, hidden], people))
    nights.night(WEB)
    posts = {row["post_id"]: row for row in landed(nights.folder, WEB, "post")}
    first = posts[code(1)]
    assert (first["author_id"], first["media_count"]) == ("ana", 4)
    assert first["hashtags"] == ["montréval", "marché"]
    assert (first["likes"], first["replies"], first["views"]) == (8, 2, None)
    assert posts[code(2)]["views"] == 120
    assert posts[code(3)]["likes"] is None
    edges = {(e["from_author_id"], e["to_author_id"]) for e in landed(nights.folder, WEB, "edge")}
    assert edges == {("ana", "bob"), ("ana", "cleo_71")}
    ana = next(r for r in landed(nights.folder, WEB, "author") if r["author_id"] == "ana")
    assert (ana["display_name"], ana["url"]) == ("Ana Martin", "https://www.instagram.com/ana/")
    assert (ana["audience"], ana["bio"], ana["declared_location"]) == (None, "", "")


def test_places_are_read_and_never_landed(begin: Begin) -> None:
    at_place = picture(1, "ana", NIGHT_1 - HOUR, place_id=HALLE, hashtags=[], text="Marché")
    elsewhere = picture(2, "bob", NIGHT_1 - HOUR, place_id=QUAI, hashtags=[], text="Quai")
    nights = begin(gram([at_place, elsewhere, picture(3, "cleo", NIGHT_1 - HOUR)]))
    assert nights.night(WEB).state == "done"
    rows = landed(nights.folder, WEB)
    assert ids(row for row in rows if row["kind"] == "post") == [code(1), code(3)]
    assert HALLE not in str(rows)
    assert "Halle" not in str(rows)


def test_the_same_post_by_both_ways_is_one(begin: Begin) -> None:
    nights = begin(gram(pictures(20, HOUR)))
    for source_id in (OFFICIAL, WEB):
        assert nights.night(source_id).state == "done"
    both = [
        {row["post_id"]: row["url"] for row in landed(nights.folder, source_id, "post")}
        for source_id in (OFFICIAL, WEB)
    ]
    assert both[0] == both[1]
    assert len(both[0]) == 20


def test_a_second_night_stops_at_what_was_read(begin: Begin) -> None:
    nights = begin(gram([*pictures(200, HOUR), picture(990, "bob", NIGHT_1 + HOUR)]))
    nights.night(WEB)
    first = nights.asked(WWW, TAG_PAGES)
    nights.proxy.forget_requests()
    nights.night(WEB, NIGHT_2)
    assert first >= 8
    assert nights.asked(WWW, TAG_PAGES) <= 3
    assert code(990) in ids(landed(nights.folder, WEB, "post", "20261118"))


def test_a_walk_that_a_quota_stopped_goes_on_the_next_night(begin: Begin) -> None:
    nights = begin(gram([*pictures(200, HOUR), picture(990, "bob", NIGHT_1 + HOUR)]))
    fault = {"kind": "limited", "path": TAG_PAGES, "skip": 2, "times": None}
    nights.proxy.set_faults([fault])
    assert nights.night(WEB).counts.posts == 72
    nights.proxy.set_faults([])
    nights.proxy.forget_requests()
    assert nights.night(WEB, NIGHT_2).state == "done"
    expected = {code(990), *map(code, range(200))}
    assert set(ids(landed(nights.folder, WEB, "post"))) == expected


def test_a_page_that_was_lost_overnight_begins_the_walk_anew(begin: Begin) -> None:
    nights = begin(gram(pictures(100, HOUR)))
    fault = {"kind": "limited", "path": TAG_PAGES, "skip": 1, "times": None}
    nights.proxy.set_faults([fault])
    nights.night(WEB)
    nights.proxy.set_faults([{"kind": "status", "status": 404, "path": TAG_PAGES}])
    assert nights.night(WEB, NIGHT_2).state == "done"
    assert set(ids(landed(nights.folder, WEB, "post"))) == set(map(code, range(100)))


def test_posts_that_are_gone_leave(begin: Begin) -> None:
    old = NIGHT_1 - 4 * DAY
    gone = picture(1, "ana", old, gone_at=NIGHT_1 + HOUR)
    nights = begin(gram([gone, picture(2, "bob", old, likes=100, half_life_hours=100)]))
    nights.night(WEB)
    nights.night(WEB, NIGHT_2)
    (row,) = landed(nights.folder, WEB, "gone")
    assert (row["gone_id"], row["reason"]) == (code(1), "deleted")
    (again,) = landed(nights.folder, WEB, "post", "20261118")
    assert again["post_id"] == code(2)


def test_read_backs_are_few_a_night_and_take_turns(begin: Begin) -> None:
    posts = [picture(n, "ana", NIGHT_1 - 3 * DAY - n * timedelta(minutes=1)) for n in range(90)]
    nights = begin(gram(reversed(posts)))
    nights.night(WEB)
    for day in (1, 2):
        nights.proxy.forget_requests()
        nights.night(WEB, NIGHT_1 + day * DAY)
        assert nights.asked(MOBILE, "/api/v1/media/") == 60
    again = landed(nights.folder, WEB, "post")[90:]
    assert len({row["post_id"] for row in again}) == 90


def test_private_accounts_and_those_who_opt_out_never_appear(begin: Begin) -> None:
    people = [insta("ana", display_name="Ana #nobot"), insta("bob", is_locked=True), insta("cleo")]
    posts = [picture(n, by, NIGHT_1 - n * HOUR) for n, by in enumerate(("ana", "bob", "cleo"), 1)]
    nights = begin(gram(posts, people))
    outcome = nights.night(WEB)
    assert {row["author_id"] for row in landed(nights.folder, WEB)} == {"cleo"}
    assert outcome.counts.opted_out == 1


def test_who_turns_private_is_withdrawn(begin: Begin) -> None:
    nights = begin(gram([picture(1, "ana", NIGHT_1 - HOUR)]))
    nights.night(WEB)
    field = "layout_content.medias.0.media.user.is_private"
    nights.proxy.set_faults([{"kind": "set", "field": field, "value": True, "times": None}])
    nights.night(WEB, NIGHT_2)
    (row,) = landed(nights.folder, WEB, "gone")
    assert (row["what"], row["gone_id"], row["reason"]) == ("author", "ana", "withdrawn")


def test_check_says_when_it_reads_anonymously(begin: Begin) -> None:
    nights = begin(gram(pictures(8, HOUR)))
    nights.without("instagram_session")
    found = check(nights.folder, WEB, settings=nights.settings, as_of=NIGHT_1)
    assert (found.is_working, found.count_sample) == (True, 8)
    assert "anonymously" in found.sentence
