"""Each fault reaches the real clients as it is meant to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx
import pytest
from mastodon import (
    Mastodon,
    MastodonAPIError,
    MastodonNetworkError,
    MastodonRatelimitError,
    MastodonServiceUnavailableError,
    MastodonUnauthorizedError,
)

from demo.limits import GENEROUS, Limits, PlatformLimits
from demo.serve import Proxy, running
from tests.demo.clients import client as client_of
from tests.demo.clients import session
from tests.demo.small_world import (
    BODACC,
    HALLE,
    NIGHT_1,
    NIGHT_2,
    SAONE,
    STARTS_AT,
    author,
    hourly,
    opening,
    world,
)

TAG = "/api/v1/timelines/tag/"
ADDRESS = f"https://{SAONE}{TAG}montreval"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("status", MastodonServiceUnavailableError),
        ("limited", MastodonRatelimitError),
        ("expired", MastodonUnauthorizedError),
        ("cut", MastodonNetworkError),
        ("html", MastodonAPIError),
        ("garbage", MastodonAPIError),
        ("truncated", MastodonAPIError),
    ],
)
def test_mastodon_py_meets_the_fault_once(
    proxy: Proxy, saone: Mastodon, kind: str, error: type[Exception]
) -> None:
    proxy.set_faults([{"kind": kind, "host": SAONE, "path": TAG}])
    with pytest.raises(error):
        saone.timeline_hashtag("montreval")
    assert len(saone.timeline_hashtag("montreval")) == 20


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 500}, (500, None)),
        ({"status": 503, "retry_after_seconds": 7}, (503, "7")),
        ({"kind": "limited", "retry_after_seconds": 30}, (429, "30")),
    ],
)
def test_a_status_comes_with_its_wait(
    proxy: Proxy, client: httpx.Client, fault: dict[str, Any], expected: tuple[int, str | None]
) -> None:
    proxy.set_faults([{"kind": "status", **fault}])
    response = client.get(ADDRESS)
    assert (response.status_code, response.headers.get("Retry-After")) == expected


def test_a_cut_is_a_network_error_of_httpx(proxy: Proxy, client: httpx.Client) -> None:
    proxy.set_faults([{"kind": "cut"}])
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(ADDRESS)


def test_a_slow_answer_runs_into_the_clients_timeout(proxy: Proxy, client: httpx.Client) -> None:
    proxy.set_faults([{"kind": "slow", "seconds": 30, "times": None}])
    with pytest.raises(httpx.ReadTimeout):
        client.get(ADDRESS, timeout=0.1)


def test_a_fault_skips_then_strikes_then_ends(proxy: Proxy, client: httpx.Client) -> None:
    proxy.set_faults(
        [
            {"kind": "status", "host": SAONE, "path": TAG, "skip": 2, "times": 2},
            {"kind": "status", "host": HALLE, "status": 500, "times": None},
        ]
    )
    assert [client.get(ADDRESS).status_code for _ in range(6)] == [200, 200, 503, 503, 200, 200]
    elsewhere = f"https://{HALLE}{TAG}montreval"
    assert {client.get(elsewhere).status_code for _ in range(5)} == {500}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("surprise", {"deep": [1]}),
        ("favourites_count", -3),
        ("created_at", "hier"),
        ("content", "<p>\ud800</p>"),
        ("content", "a\x00b"),
        ("account.acct", None),
        ("tags.0.name", 7),
    ],
)
def test_one_record_of_a_page_is_spoilt(
    proxy: Proxy, client: httpx.Client, field: str, value: Any
) -> None:
    proxy.set_faults([{"kind": "set", "field": field, "value": value, "position": 1}])
    page = client.get(ADDRESS).json()
    found = page[1]
    for part in field.split("."):
        found = found[int(part) if part.isdigit() else part]
    assert found == value
    assert "Billet" in page[0]["content"]
    assert page[2]["favourites_count"] == 0


def test_a_text_takes_the_place_of_an_answer(proxy: Proxy, client: httpx.Client) -> None:
    rules = "User-agent: *\nDisallow: /api/\n"
    proxy.set_faults([{"kind": "text", "path": "/robots.txt", "value": rules}])
    assert client.get(f"https://{SAONE}/robots.txt").text == rules
    assert "Disallow: /api/" not in client.get(f"https://{SAONE}/robots.txt").text


def test_a_field_goes_missing_from_every_record(proxy: Proxy, client: httpx.Client) -> None:
    proxy.set_faults([{"kind": "remove", "field": "account.acct"}])
    page = client.get(ADDRESS).json()
    assert len(page) == 20
    assert not any("acct" in status["account"] for status in page)


def test_a_post_of_ten_megabytes_arrives_whole(proxy: Proxy, client: httpx.Client) -> None:
    proxy.set_faults(
        [{"kind": "set", "field": "content", "value": "x" * 10_000_000, "position": 0}]
    )
    assert len(client.get(ADDRESS).json()[0]["content"]) == 10_000_000


def few_requests(count: int, window_seconds: int) -> Limits:
    few = PlatformLimits(
        requests=count, window_seconds=window_seconds, page_default=20, page_max=40
    )
    return GENEROUS.model_copy(update={"mastodon": few})


def test_a_quota_ends_in_429_and_opens_again_when_the_clock_moves() -> None:
    data = world([author("lea")], hourly(3, "lea@saone.example"))
    with running(data, limits=few_requests(2, 300), now=NIGHT_1) as proxy, client_of(proxy) as http:
        answers = [http.get(ADDRESS) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
        left = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
        assert left == ["1", "0", "0", "0"]
        assert answers[0].headers["X-RateLimit-Limit"] == "2"
        reset = datetime.fromisoformat(answers[3].headers["X-RateLimit-Reset"])
        assert 290 < (reset - NIGHT_1).total_seconds() <= 300
        assert http.get(f"https://{HALLE}{TAG}montreval").status_code == 200
        proxy.set_clock(NIGHT_2)
        assert http.get(ADDRESS).status_code == 200


def test_mastodon_py_waits_for_the_window_that_the_headers_state() -> None:
    data = world([author("lea")], hourly(3, "lea@saone.example"))
    with running(data, limits=few_requests(2, 1), now=NIGHT_1) as proxy:
        patient = Mastodon(
            api_base_url=f"https://{SAONE}", session=session(proxy), ratelimit_method="wait"
        )
        assert {len(patient.timeline_hashtag("montreval")) for _ in range(4)} == {3}


def test_a_notice_of_the_register_is_spoilt_too() -> None:
    notices = [opening(number, STARTS_AT.date()) for number in range(2)]
    with running(world([], [], notices)) as proxy, client_of(proxy) as http:
        proxy.set_faults(
            [
                {
                    "kind": "set",
                    "host": BODACC,
                    "field": "acte",
                    "value": "{",
                    "position": 0,
                    "times": None,
                }
            ]
        )
        address = (
            f"https://{BODACC}/api/explore/v2.1/catalog/datasets/annonces-commerciales/records"
        )
        first, second = http.get(address).json()["results"]
        assert first["acte"] == "{"
        assert second["acte"].endswith("}")
