"""Waiting, texts, checks: the small shared objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.errors import CredentialError, PayloadError, WaitError
from collectors.html import read_html
from collectors.run import collect
from collectors.text import clean
from collectors.waiting import Patience, wait_from_headers
from tests.collectors.conftest import Serve
from tests.collectors.nights import BODACC, SAONE, landed, write_briefs
from tests.demo.small_world import HALLE as HALLE_HOST
from tests.demo.small_world import NIGHT_1, author, opening, post, world

DATE = "Tue, 17 Nov 2026 01:30:00 GMT"


class Attempts:
    """A call that raises these errors in turn, then gives its count of tries."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        if self.errors:
            raise self.errors.pop(0)
        return self.count


def test_patience_tries_again_what_may_pass() -> None:
    assert Patience().call(Attempts(WaitError("x"), PayloadError("x"))) == 3


@pytest.mark.parametrize(
    ("budget", "error", "count"),
    [
        (60, CredentialError("x"), 1),
        (60, WaitError("x", wait_seconds=61), 1),
        (0.2, WaitError("x", wait_seconds=0), 1),
        (60, WaitError("x", wait_seconds=float("inf")), 1),
    ],
)
def test_patience_ends_at_once_when_waiting_is_of_no_use(
    budget: float, error: Exception, count: int
) -> None:
    attempts = Attempts(error, error, error)
    with pytest.raises(type(error)):
        Patience(budget).call(attempts)
    assert attempts.count == count


@pytest.mark.parametrize(
    ("headers", "seconds", "until"),
    [
        ({"Retry-After": "90", "Date": DATE}, 90, (1, 31, 30)),
        ({"Retry-After": "90"}, 90, None),
        ({"Retry-After": "Tue, 17 Nov 2026 01:40:00 GMT", "Date": DATE}, 600, (1, 40, 0)),
        ({"X-RateLimit-Reset": "2026-11-17T01:35:00.000Z", "Date": DATE}, 300, (1, 35, 0)),
        ({"X-RateLimit-Reset": "1794879300", "Date": DATE}, 300, (1, 35, 0)),
        ({"X-RateLimit-Reset": "2026-11-17 01:35:00+00:00"}, None, (1, 35, 0)),
        ({"X-RateLimit-Reset": "soon", "Date": DATE}, None, None),
        ({"X-RateLimit-Reset": "nan", "Date": "never"}, None, None),
        ({}, None, None),
    ],
)
def test_a_reply_says_how_long_to_wait(
    headers: dict[str, str], seconds: float | None, until: tuple[int, int, int] | None
) -> None:
    asked = wait_from_headers(headers)
    moment = datetime(2026, 11, 17, *until, tzinfo=UTC) if until else None
    assert (asked.seconds, asked.until) == (seconds, moment)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b<br/>c</p>", "a\n\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("https://exemple.example", "https://exemple.example"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<script>alert(1)</script>ok", "ok"),
        ('<a href="https://a.example"><span class="invisible">https://</span>a.example</a>',
         "https://a.example"),
        ("<p>not closed <b>at all", "not closed at all"),
        ("<div>" * 3000 + "deep", "deep"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_text(html: str, text: str) -> None:
    assert read_html(html).text == text


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("a\x00b", "ab"),
        ("\ud800", "\ufffd"),
        ("été 🎉", "été 🎉"),
        (["\x00", 1, None], ["", 1, None]),
    ],
)
def test_what_cannot_be_stored_is_cleaned(given: Any, cleaned: Any) -> None:
    assert clean(given) == cleaned


@pytest.fixture
def small(serve: Serve, folder: CityFolder) -> Any:
    """One post, one opening, one instance that wants a token."""
    write_briefs(folder)
    days_ago = NIGHT_1.date().replace(day=10)
    proxy = serve(
        world(
            [author("ana")],
            [post(1, "ana@saone.example", NIGHT_1)],
            [opening(1, days_ago)],
            tokens=(None, "demo-token"),
        )
    )
    proxy.set_clock(NIGHT_1)
    return proxy


@pytest.mark.parametrize("source_id", [SAONE, BODACC])
def test_a_check_says_that_a_source_works(
    small: Any, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    result = check(folder, source_id, settings=settings, as_of=NIGHT_1)
    assert (result.is_working, result.count_sample) == (True, 1)
    assert result.sentence == f"{source_id}: works"
    assert result.quota_left is not None
    assert not folder.state_file(source_id).exists()


def test_a_check_says_what_to_mend(small: Any, folder: CityFolder, settings: Settings) -> None:
    result = check(folder, "mastodon-halle", settings=settings, as_of=NIGHT_1)
    assert not result.is_working
    assert result.sentence == (
        "mastodon-halle: halle.example asks for a valid token; make one there and write it in "
        "PORTEVOIX_MASTODON_TOKENS as halle.example=TOKEN"
    )
    given = Settings(**{**settings.model_dump(), "mastodon_tokens": f"{HALLE_HOST}=demo-token"})
    assert check(folder, "mastodon-halle", settings=given, as_of=NIGHT_1).is_working


@pytest.mark.parametrize("source_id", [SAONE, BODACC])
def test_a_check_of_what_does_not_answer_speaks_of_no_night(
    folder: CityFolder, settings: Settings, monkeypatch: pytest.MonkeyPatch, source_id: str
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    result = check(folder, source_id, settings=settings, as_of=NIGHT_1)
    assert not result.is_working
    assert "next try" not in result.sentence
    assert "HTTPS_PROXY" in result.sentence


@pytest.mark.parametrize(
    ("robots", "state"),
    [
        ("User-agent: *\nDisallow: /api/", "failed"),
        ("User-agent: Portevoix\nDisallow: /", "failed"),
        ("User-agent: *\nDisallow: /media/", "done"),
    ],
)
def test_robots_txt_is_obeyed(
    small: Any, folder: CityFolder, settings: Settings, robots: str, state: str
) -> None:
    small.set_faults([{"kind": "text", "path": "/robots.txt", "value": robots, "times": None}])
    outcome = collect(folder, SAONE, NIGHT_1, settings=settings)
    assert outcome.state == state
    asked = set(small.requests()["saone.example"])
    if state == "failed":
        assert asked == {"/robots.txt"}
        assert "robots.txt" in outcome.sentence
        assert landed(folder, SAONE) == []


def test_an_instance_that_does_not_answer_for_programs_is_not_read(
    small: Any, folder: CityFolder, settings: Settings
) -> None:
    assert small.requests() == {}
    small.set_faults([{"kind": "status", "path": "/robots.txt", "status": 503, "times": None}])
    outcome = collect(folder, SAONE, NIGHT_1, settings=settings)
    assert outcome.state == "waiting"
    assert set(small.requests()["saone.example"]) == {"/robots.txt"}
