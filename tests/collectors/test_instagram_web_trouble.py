"""Instagram's pages stop at the first sign, within seconds, with one sentence and no secret."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from instaloader import exceptions

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.errors import CollectError, CredentialError
from collectors.sources.instagram.web_trouble import ERRORS, ChallengeError, ours
from demo.limits import GENEROUS, PlatformLimits
from demo.world import World
from tests.collectors.conftest import Serve
from tests.collectors.instagram_nights import WEB, Nights
from tests.demo.instagram_world import WWW, gram, pictures
from tests.demo.small_world import NIGHT_1, NIGHT_2

HOUR = timedelta(hours=1)
TOKEN = "demo-token"
TAG_PAGES, PLACE_PAGES = "/explore/tags/", "/explore/locations/"
Begin = Callable[[World], Nights]


@pytest.fixture
def begin(serve: Serve, folder: CityFolder, settings: Settings) -> Begin:
    """The city against a world."""
    return lambda world: Nights(folder, settings, serve(world))


def test_a_429_ends_in_seconds(begin: Begin) -> None:
    limits = GENEROUS.model_copy(
        update={
            "instagram_web": PlatformLimits(
                requests=3, window_seconds=660, page_default=24, page_max=24
            )
        }
    )
    nights = begin(gram(pictures(100, HOUR), limits=limits))
    began = time.monotonic()
    outcome = nights.night(WEB)
    assert time.monotonic() - began < 5
    assert (outcome.state, outcome.counts.posts > 0) == ("waiting", True)
    # Instagram does not say how long: half an hour is the longest of its windows.
    assert outcome.retry_at == NIGHT_1 + timedelta(minutes=30)


def test_without_a_session_places_ask_to_log_in_and_hashtags_are_kept(begin: Begin) -> None:
    nights = begin(gram(pictures(30, HOUR)))
    nights.without("instagram_session")
    outcome = nights.night(WEB)
    assert outcome.state == "failed"
    assert "PORTEVOIX_INSTAGRAM_SESSION" in outcome.sentence
    assert outcome.counts.posts == 30
    assert nights.asked(WWW, PLACE_PAGES) == 1


@pytest.mark.parametrize(
    "message", ["challenge_required", "checkpoint_required", "feedback_required"]
)
def test_the_first_challenge_stops_it_and_what_was_read_stays(begin: Begin, message: str) -> None:
    nights = begin(gram(pictures(100, HOUR)))
    said = {"message": message, "status": "fail"}
    nights.proxy.set_faults(
        [
            {
                "kind": "status",
                "status": 400,
                "value": said,
                "path": TAG_PAGES,
                "skip": 1,
                "times": None,
            }
        ]
    )
    outcome = nights.night(WEB)
    assert (outcome.state, "challenge" in outcome.sentence) == ("failed", True)
    assert outcome.counts.posts == 48
    assert nights.asked(WWW, TAG_PAGES) == 2


def test_please_wait_a_few_minutes_is_a_wait(begin: Begin) -> None:
    nights = begin(gram(pictures(30, HOUR)))
    said = {"message": "Please wait a few minutes before you try again.", "status": "fail"}
    nights.proxy.set_faults([{"kind": "status", "status": 401, "value": said, "times": None}])
    assert nights.night(WEB).state == "waiting"


def test_a_session_of_another_form_or_account_is_told(begin: Begin) -> None:
    nights = begin(gram(pictures(3, HOUR)))
    for given in ("only-a-name", "someone:1234567%3Anot-the-demo"):
        secret = type(nights.settings.instagram_session)(given)  # type: ignore[misc]  # it is set
        nights.settings = nights.settings.model_copy(update={"instagram_session": secret})
        outcome = nights.night(WEB)
        assert outcome.state == "failed"
        assert "PORTEVOIX_INSTAGRAM_SESSION" in outcome.sentence
        assert given.rpartition(":")[2] not in outcome.sentence


def test_no_secret_in_addresses_logs_output_or_files(
    begin: Begin, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    nights = begin(gram(pictures(60, HOUR)))
    nights.night(WEB)
    nights.proxy.set_faults([{"kind": "limited", "times": None}])
    nights.night(WEB, NIGHT_2)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
    assert "instagram.com" in caplog.text
    assert TOKEN not in caplog.text
    files = [path for path in nights.folder.root.rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_every_error_of_instaloader_is_mapped() -> None:
    classes = {
        item
        for item in vars(exceptions).values()
        if isinstance(item, type) and issubclass(item, Exception)
    }
    assert classes <= set(ERRORS)


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("https://www.instagram.com/accounts/login/?next=/explore/", CredentialError),
        ("https://www.instagram.com/challenge/?next=/explore/", ChallengeError),
        ("https://www.instagram.com/consent/", ChallengeError),
    ],
)
def test_no_redirect_is_followed(where: str, kind: type[CollectError]) -> None:
    said = f'Query to https://www.instagram.com/ responded with "302 Found" redirect to {where}'
    assert type(ours(exceptions.AbortDownloadException(said), {}, WEB)) is kind
