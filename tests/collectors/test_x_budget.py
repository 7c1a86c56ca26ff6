"""X's budget: never passed over nights, months and kills; what it leaves is read later."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from cities.folder import CityFolder, Home
from cities.settings import Settings
from collectors.paging import Cursor
from collectors.recent import Recent
from collectors.registry import open_source
from collectors.run import collect
from demo.serve import Proxy
from tests.collectors.conftest import Serve
from tests.collectors.nights import ids, landed, write_briefs
from tests.collectors.x_nights import NIGHTS, X, bill_usd, on_x, spent_usd
from tests.demo.small_world import NIGHT_1
from tests.demo.x_world import API, hourly, user, x_world

PEOPLE = ("ana", "bob", "cleo")
SEARCH = "/2/tweets/search/recent"
ROUNDING = 1e-9


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With the demo's token."""
    return settings.model_copy(update={"x_token": SecretStr("demo-token")})


def served(serve: Serve, count: int, *names: str) -> Proxy:
    """A world of so many posts, an hour apart, the last an hour before night 1."""
    names = names or PEOPLE
    return serve(x_world([user(name) for name in names], hourly(count, *names)))


def test_a_night_ends_within_its_budget_and_says_so(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = served(serve, 120)
    on_x(folder, budget={"night_usd": 0.5, "month_usd": 10})
    proxy.set_clock(NIGHT_1)
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    assert outcome.state == "done"
    assert outcome.sentence.startswith(f"{X}: the budget of the night (0.50 USD) ended after ")
    assert "of about 120;" in outcome.sentence
    assert 60 <= outcome.counts.posts < 100
    assert bill_usd(proxy) == pytest.approx(spent_usd(folder))
    assert bill_usd(proxy) <= 0.5
    proxy.forget_requests()
    assert collect(folder, X, NIGHT_1, settings=settings) == outcome
    assert proxy.requests() == {}


def test_the_hole_is_filled_the_next_nights(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = served(serve, 120)
    on_x(folder, budget={"night_usd": 0.5, "month_usd": 10})
    found: list[int] = []
    for night in NIGHTS[:4]:
        proxy.set_clock(night)
        found.append(collect(folder, X, night, settings=settings).counts.posts)
        assert bill_usd(proxy, f"{night:%Y-%m-%d}") <= 0.5 + ROUNDING
    # Hours that X no longer shows on the later nights were read on the first ones.
    rows = landed(folder, X, "post")
    assert len({row["post_id"] for row in rows}) == 120
    first = ids(landed(folder, X, "post", "20261117"))
    second = ids(landed(folder, X, "post", "20261118"))
    assert min(first) > max(set(second) - set(first))
    assert all(count > 0 for count in found)


def test_new_posts_come_before_the_hole(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    night_2 = NIGHTS[1]
    posts = [*hourly(100, *PEOPLE), *hourly(20, *PEOPLE, until=night_2)]
    proxy = serve(x_world([user(name) for name in PEOPLE], posts))
    on_x(folder, budget={"night_usd": 0.5, "month_usd": 10})
    for night in NIGHTS[:2]:
        proxy.set_clock(night)
        collect(folder, X, night, settings=settings)
    second = ids(landed(folder, X, "post", "20261118"))
    assert set(ids({"post_id": post.post_id} for post in posts[100:])) <= set(second)
    assert len(second) > 20


def test_a_month_ends_too_and_the_next_begins_anew(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    nights = [datetime(2026, 11, 28, 1, 30, tzinfo=UTC) + timedelta(days=n) for n in range(5)]
    posts = [post for night in nights for post in hourly(20, *PEOPLE, until=night)]
    proxy = serve(x_world([user(name) for name in PEOPLE], posts))
    on_x(folder, budget={"night_usd": 0.4, "month_usd": 0.6})
    write_briefs(folder, *nights)
    sentences = []
    for night in nights:
        proxy.set_clock(night)
        outcome = collect(folder, X, night, settings=settings)
        assert outcome.state == "done"
        sentences.append(outcome.sentence)
    assert 0 < bill_usd(proxy, "2026-11") <= 0.6
    assert 0 < bill_usd(proxy, "2026-12") <= 0.6
    assert any("budget of the month (0.60 USD)" in sentence for sentence in sentences[:3])
    assert spent_usd(folder, "2026-11") == pytest.approx(bill_usd(proxy, "2026-11"))


def test_a_budget_of_nothing_asks_nothing(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = served(serve, 20)
    on_x(folder, budget={"night_usd": 0, "month_usd": 0})
    proxy.set_clock(NIGHT_1)
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    assert (outcome.state, outcome.counts.posts) == ("done", 0)
    assert "ended after 0 posts" in outcome.sentence
    assert proxy.requests() == {}


def test_an_answer_that_is_cut_stays_paid(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = served(serve, 60)
    on_x(folder, budget={"night_usd": 1.6, "month_usd": 10})
    proxy.set_clock(NIGHT_1)
    proxy.set_faults([{"kind": "cut", "host": API, "path": SEARCH, "times": None}])
    outcome = collect(folder, X, NIGHT_1, settings=settings)
    assert outcome.state == "waiting"
    assert bill_usd(proxy) <= spent_usd(folder) <= 1.6
    proxy.set_faults([])
    assert collect(folder, X, NIGHT_1, settings=settings).state == "done"
    assert bill_usd(proxy) <= spent_usd(folder) <= 1.6


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 503}, {"kind": "html"}])
def test_a_refusal_costs_nothing(
    serve: Serve, folder: CityFolder, settings: Settings, fault: dict[str, Any]
) -> None:
    proxy = served(serve, 10)
    on_x(folder, budget={"night_usd": 0.5, "month_usd": 10})
    proxy.set_clock(NIGHT_1)
    proxy.set_faults([{**fault, "host": API, "path": "/2/", "times": None}])
    assert collect(folder, X, NIGHT_1, settings=settings).state in ("waiting", "failed")
    assert spent_usd(folder) == 0


def abandoned(
    folder: CityFolder, settings: Settings, night: datetime, kept: Cursor, at: int
) -> tuple[Cursor, bool]:
    """Read a night until page `at`, then drop dead: the cursor that was durable, and if it ended.

    The page at which it dies is lost, as in a run that is killed before it lands.
    """
    with open_source(folder.city(), X, settings) as source:
        pages: Iterator[Any] = iter(source.pages(kept, Recent({}), night))
        for number, page in enumerate(pages):
            if number == at:
                return kept, False
            if page.is_to_keep_now:
                kept = page.cursor
    return page.cursor, True


def test_abandoned_at_any_page_again_and_again_it_never_passes(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = served(serve, 150)
    on_x(folder, budget={"night_usd": 0.9, "month_usd": 1.5})
    cursor: Cursor = {}
    for night in NIGHTS[:3]:
        proxy.set_clock(night)
        for at in range(1, 14):
            cursor, is_done = abandoned(folder, settings, night, cursor, at)
            assert bill_usd(proxy, f"{night:%Y-%m-%d}") <= 0.9 + ROUNDING
            assert bill_usd(proxy) <= 1.5 + ROUNDING
            if is_done:
                break
    assert bill_usd(proxy) > 0


def one_night(root: Path, settings: Settings, environment: Mapping[str, str]) -> None:
    """A night, in a child of its own."""
    os.environ.update(environment)
    collect(Home(root).folder("montreval"), X, NIGHT_1, settings=settings)


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_killed_while_an_answer_is_on_its_way_it_never_passes(
    serve: Serve, folder: CityFolder, settings: Settings, moment: int
) -> None:
    proxy = served(serve, 140)
    on_x(folder, budget={"night_usd": 1.2, "month_usd": 10})
    proxy.set_clock(NIGHT_1)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.collectors.test_x_budget"])
    slow = {"kind": "slow", "seconds": 30, "host": API, "path": "/2/", "skip": moment}
    proxy.set_faults([{**slow, "times": None}])
    arguments = (folder.root.parent, settings, dict(proxy.environment))
    child = context.Process(target=one_night, args=arguments)
    child.start()
    while sum(proxy.requests().get(API, {}).values()) <= moment and child.is_alive():
        time.sleep(0.01)
    child.kill()
    child.join()
    proxy.set_faults([])
    assert collect(folder, X, NIGHT_1, settings=settings).state == "done"
    assert bill_usd(proxy) <= spent_usd(folder) + ROUNDING
    assert spent_usd(folder) <= 1.2
    proxy.set_clock(NIGHTS[1])
    collect(folder, X, NIGHTS[1], settings=settings)
    proxy.set_clock(NIGHTS[2])
    collect(folder, X, NIGHTS[2], settings=settings)
    assert len({row["post_id"] for row in landed(folder, X, "post")}) == 140
