"""One night of a source under bad weather: faults, bad input, kills; who fails and what stays."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cities.folder import CityFolder, Home
from cities.settings import Settings, child_environment
from collectors.landing import Outcome
from collectors.run import collect
from demo.serve import Proxy
from tests.collectors.conftest import Serve
from tests.collectors.nights import BODACC, SAONE, ids, landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, hourly, opening, post, world

ANA = "ana@saone.example"
TIMELINE = "/api/v1/timelines"
ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from cities.folder import CityFolder
from cities.settings import load_settings
from collectors.run import collect
folder, source_id, night = sys.argv[1:]
as_of = datetime.fromisoformat(night)
collect(CityFolder(Path(folder)), source_id, as_of, settings=load_settings())
"""


@pytest.fixture
def proxy(serve: Serve, folder: CityFolder) -> Proxy:
    """A world of 100 posts and 3 openings at its first night."""
    yesterday = NIGHT_1.date() - timedelta(days=1)
    started = serve(
        world([author("ana")], hourly(100, ANA), [opening(n, yesterday) for n in range(3)])
    )
    started.set_clock(NIGHT_1)
    write_briefs(folder)
    return started


def night(proxy: Proxy, folder: CityFolder, settings: Settings, *faults: dict[str, Any]) -> Outcome:
    """The first Mastodon night under these faults."""
    proxy.set_faults([{"path": TIMELINE, **fault} for fault in faults])
    return collect(folder, SAONE, NIGHT_1, settings=settings)


def test_a_night_that_is_done_is_not_run_again(
    proxy: Proxy, folder: CityFolder, settings: Settings
) -> None:
    first = collect(folder, SAONE, NIGHT_1, settings=settings)
    proxy.forget_requests()
    assert collect(folder, SAONE, NIGHT_1, settings=settings) == first
    assert proxy.requests() == {}


@pytest.mark.parametrize("kind", ["cut", "html", "garbage", "truncated", "status"])
def test_what_passes_is_tried_again(
    proxy: Proxy, folder: CityFolder, settings: Settings, kind: str
) -> None:
    outcome = night(proxy, folder, settings, {"kind": kind, "skip": 1, "times": 2})
    assert (outcome.state, outcome.sentence, outcome.counts.posts) == ("done", "", 100)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("cut", "waiting"), ("status", "waiting"), ("html", "failed"), ("garbage", "failed"),
     ("truncated", "failed"), ("expired", "failed"), ("limited", "waiting")],
)  # fmt: skip
def test_what_lasts_ends_the_source_which_keeps_what_it_has_and_goes_on_later(
    proxy: Proxy, folder: CityFolder, settings: Settings, kind: str, state: str
) -> None:
    outcome = night(proxy, folder, settings, {"kind": kind, "skip": 1, "times": None})
    assert (outcome.state, outcome.counts.posts) == (state, 40)
    assert outcome.sentence.startswith("mastodon-saone: saone.example ")
    assert len(landed(folder, SAONE, "post")) == 40
    resumed = night(proxy, folder, settings)
    assert (resumed.state, resumed.counts.posts) == ("done", 100)
    assert ids(landed(folder, SAONE, "post")) == sorted(map(str, range(100)))


def test_a_quota_says_when_to_return_and_nobody_sleeps(
    proxy: Proxy, folder: CityFolder, settings: Settings
) -> None:
    began = time.monotonic()
    limited = {"kind": "limited", "times": None, "retry_after_seconds": 600}
    outcome = night(proxy, folder, settings, limited)
    assert outcome.state == "waiting"
    assert outcome.retry_at is not None
    assert (outcome.retry_at - NIGHT_1).total_seconds() == 600
    assert time.monotonic() - began < 5


def test_a_short_wait_is_slept(proxy: Proxy, folder: CityFolder, settings: Settings) -> None:
    outcome = night(proxy, folder, settings, {"kind": "limited", "retry_after_seconds": 1})
    assert (outcome.state, outcome.counts.posts) == ("done", 100)


def test_one_sources_expired_token_stops_it_alone(
    proxy: Proxy, folder: CityFolder, settings: Settings
) -> None:
    outcome = night(proxy, folder, settings, {"kind": "expired", "times": None})
    assert outcome.state == "failed"
    assert "PORTEVOIX_MASTODON_TOKENS" in outcome.sentence
    assert collect(folder, BODACC, NIGHT_1, settings=settings).counts.openings == 3


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ({"kind": "set", "field": "created_at", "value": "yesterday"}, "created_at"),
        ({"kind": "set", "field": "created_at", "value": "2031-01-01T00:00:00Z"}, "created_at"),
        ({"kind": "set", "field": "favourites_count", "value": -4}, "likes"),
        ({"kind": "set", "field": "content", "value": "x" * 10_000_000}, "content"),
        ({"kind": "set", "field": "content", "value": "x" * 150_000}, "text"),
        ({"kind": "set", "field": "account", "value": None}, "account"),
        ({"kind": "set", "field": "url", "value": "javascript:alert(1)"}, "url"),
        ({"kind": "remove", "field": "uri"}, "uri"),
        ({"kind": "remove", "field": "account.acct"}, "account.acct"),
    ],
)
def test_one_odd_record_is_counted_and_skipped(
    proxy: Proxy, folder: CityFolder, settings: Settings, fault: dict[str, Any], cause: str
) -> None:
    outcome = night(proxy, folder, settings, {**fault, "position": 3})
    assert (outcome.state, outcome.counts.posts, outcome.counts.odd) == ("done", 99, 1)
    assert outcome.odd[0].cause.startswith(f"{cause}: ")
    assert outcome.odd[0].position.startswith("#montreval after ")


def test_a_post_that_lost_its_id_is_odd(
    proxy: Proxy, folder: CityFolder, settings: Settings
) -> None:
    outcome = night(proxy, folder, settings, {"kind": "remove", "field": "id", "position": 5})
    assert (outcome.state, outcome.counts.posts, outcome.counts.odd) == ("done", 99, 1)


@pytest.mark.parametrize(
    ("text", "landed_text"),
    [("a\u0000b", "ab"), ("a\ud83db", "a\ufffdb"), ("a\u2028b", "a\u2028b")],
)
def test_texts_are_made_storable(
    proxy: Proxy, folder: CityFolder, settings: Settings, text: str, landed_text: str
) -> None:
    fault = {"kind": "set", "field": "content", "value": f"<p>{text}</p>", "position": 0}
    assert night(proxy, folder, settings, fault).counts.odd == 0
    assert landed_text in [row["text"] for row in landed(folder, SAONE, "post")]


def test_an_unknown_field_is_fine(proxy: Proxy, folder: CityFolder, settings: Settings) -> None:
    fault = {"kind": "set", "field": "novelty", "value": {"a": [1]}, "times": None}
    outcome = night(proxy, folder, settings, fault)
    assert (outcome.counts.posts, outcome.counts.odd) == (100, 0)


@pytest.mark.parametrize(
    ("kind", "state"), [("html", "failed"), ("cut", "waiting"), ("limited", "waiting")]
)
def test_the_register_fails_with_a_sentence(
    proxy: Proxy, folder: CityFolder, settings: Settings, kind: str, state: str
) -> None:
    proxy.set_faults([{"kind": kind, "times": None}])
    outcome = collect(folder, BODACC, NIGHT_1, settings=settings)
    assert outcome.state == state
    assert outcome.sentence.startswith("bodacc: the register ")


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ({"kind": "set", "field": "listeetablissements", "value": "{"}, "listeetablissements"),
        ({"kind": "set", "field": "dateparution", "value": "tomorrow"}, "dateparution"),
        ({"kind": "remove", "field": "id"}, "id"),
    ],
)
def test_one_odd_notice_is_counted_and_skipped(
    proxy: Proxy, folder: CityFolder, settings: Settings, fault: dict[str, Any], cause: str
) -> None:
    proxy.set_faults([{**fault, "position": 0, "skip": 3}])
    outcome = collect(folder, BODACC, NIGHT_1, settings=settings)
    assert (outcome.state, outcome.counts.openings, outcome.counts.odd) == ("done", 2, 1)
    assert outcome.odd[0].cause.startswith(f"{cause}: ")


def test_a_broken_state_is_a_sentence(proxy: Proxy, folder: CityFolder, settings: Settings) -> None:
    folder.state_file(SAONE).write_text("{", encoding="utf-8")
    outcome = collect(folder, SAONE, NIGHT_1, settings=settings)
    assert outcome.state == "failed"
    assert "mastodon-saone.json" in outcome.sentence


def test_logs_and_outcomes_hold_no_name(
    proxy: Proxy,
    folder: CityFolder,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fault = {"kind": "set", "field": "account.followers_count", "value": -1, "position": 2}
    outcome = night(proxy, folder, settings, fault)
    assert outcome.counts.odd == 1
    words = caplog.text + outcome.model_dump_json()
    assert not any(name in words for name in ("ana", "Billet"))


@pytest.mark.slow
@pytest.mark.parametrize("after_requests", [2, 6, 11])
def test_killed_anywhere_and_run_again_lands_the_same(
    serve: Serve, home: Home, folder: CityFolder, settings: Settings, after_requests: int
) -> None:
    people = [author(name) for name in ("ana", "eve", "zoe")]
    posts = [post for name in ("ana", "eve", "zoe") for post in hourly_of(name)]
    gone = posts[-1].model_copy(update={"gone_at": NIGHT_2})
    proxy = serve(world(people, [*posts[:-1], gone]))
    proxy.set_clock(NIGHT_1)
    write_briefs(folder)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    undisturbed = sorted(map(str, landed(folder, SAONE)))
    other = home.folder("killed")
    other.make()
    other.city_file.write_bytes(folder.city_file.read_bytes())
    write_briefs(other)
    proxy.forget_requests()
    kill_after(after_requests, proxy, settings, other)
    assert collect(other, SAONE, NIGHT_1, settings=settings).state == "done"
    assert sorted(map(str, landed(other, SAONE))) == undisturbed


def hourly_of(name: str) -> list[Any]:
    """125 posts of one author, ids apart from those of others."""
    base = 1000 * (1 + "aez".index(name[0]))
    return [
        post(base + n, f"{name}@saone.example", each.published_at)
        for n, each in enumerate(hourly(125, ANA))
    ]


def kill_after(count: int, proxy: Proxy, settings: Settings, folder: CityFolder) -> None:
    """Start a night in a child and SIGKILL it once it has asked `count` times."""
    variables = {
        **proxy.environment,
        "PORTEVOIX_DATA": str(settings.data),
        "PORTEVOIX_HASH_KEY": "k" * 64,
    }
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder.root), SAONE, NIGHT_1.isoformat()],
        cwd=ROOT,
        env=child_environment(variables),
    )
    while child.poll() is None:
        if sum(sum(paths.values()) for paths in proxy.requests().values()) >= count:
            child.send_signal(signal.SIGKILL)
        time.sleep(0.002)
    assert child.returncode in (0, -signal.SIGKILL)
