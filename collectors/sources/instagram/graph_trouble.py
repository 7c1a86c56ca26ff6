"""The Graph API's errors, turned into ours in one table."""

from __future__ import annotations

__all__ = [
    "CODES",
    "ERRORS",
    "SENTENCES",
    "HashtagsUsedUpError",
    "NoHashtagError",
    "NoMediaError",
    "of_client",
    "of_reply",
]

from collections.abc import Mapping
from typing import Any

import requests

from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.waiting import wait_from_headers


class NoHashtagError(RefusedError):
    """Nobody ever used this hashtag: the next one is asked."""


class HashtagsUsedUpError(RefusedError):
    """Thirty other hashtags were asked for within seven days: the next one is asked."""


class NoMediaError(RefusedError):
    """The post is not there, or no longer for the city to see."""


ERRORS: dict[type[Exception], type[CollectError]] = {
    requests.RequestException: WaitError,
    requests.exceptions.InvalidJSONError: PayloadError,
    requests.exceptions.ContentDecodingError: PayloadError,
    requests.TooManyRedirects: RefusedError,
    requests.exceptions.InvalidURL: RefusedError,
}
# Graph's own codes, which say more than the HTTP status beside them.
CODES: dict[int, type[CollectError]] = {
    1: WaitError,
    2: WaitError,
    3: RefusedError,
    4: WaitError,
    10: RefusedError,
    17: WaitError,
    18: HashtagsUsedUpError,
    24: NoHashtagError,
    32: WaitError,
    100: RefusedError,
    102: CredentialError,
    104: CredentialError,
    190: CredentialError,
    368: RefusedError,
    613: WaitError,
    803: RefusedError,
    2500: CredentialError,
    80002: WaitError,
}
IN_PASSING = (1, 2)
MISSING_OBJECT = (100, 33)
PERMISSIONS = (3, 10, *range(200, 300))
LOCKED_STATUSES = (401, 403)
SERVER_TROUBLE = 500
# Meta counts by the rolling hour, and rarely says how long is left of it.
WINDOW_SECONDS = "3600"

SENTENCES: dict[type[CollectError], str] = {
    CredentialError: (
        "Meta refuses the token: it expired or was withdrawn; make a new one for the city's "
        "system user and write it in PORTEVOIX_INSTAGRAM_TOKEN"
    ),
    HashtagsUsedUpError: "Meta's 30 hashtags of 7 days are used up; this one waits its turn",
    NoHashtagError: "nobody on Instagram uses this hashtag",
    NoMediaError: "Meta does not show this post",
    PayloadError: "Meta answers with something that is not Graph's JSON; try again later",
    RefusedError: (
        "Meta refuses this question; check `account_id` and `api_version` in the city file"
    ),
    WaitError: "Meta does not answer; the rest is read by the next try",
}
COME_BACK = "Meta asks to come back later; the rest is read by the next try"
NOT_PERMITTED = (
    "Meta says that the app lacks {permission}; have it approved in App Review, then make a new "
    "token (docs/sources/instagram.md)"
)


def of_client(error: requests.RequestException, source_id: str) -> CollectError:
    """Our error for one of requests'."""
    kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
    return kind(f"{source_id}: {SENTENCES[kind]}")


def of_reply(response: requests.Response, source_id: str, permission: str) -> CollectError:
    """Our error for a reply that is none of success.

    `permission`: what the question needs. Meta's own words are left out: they hold ids and names.
    """
    error = _error_of(response)
    code, subcode = error.get("code"), error.get("error_subcode")
    if code in PERMISSIONS:
        return RefusedError(f"{source_id}: {NOT_PERMITTED.format(permission=permission)}")
    kind = NoMediaError if (code, subcode) == MISSING_OBJECT else CODES.get(code or 0)
    is_in_passing = code in IN_PASSING
    if kind is None:
        kind = _by_status(response.status_code)
        is_in_passing = response.status_code >= SERVER_TROUBLE
    if kind is not WaitError or (is_in_passing and "Retry-After" not in response.headers):
        return kind(f"{source_id}: {SENTENCES[kind]}")
    return _come_back(response.headers, source_id)


def _error_of(response: requests.Response) -> Mapping[str, Any]:
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return {}
    error = body.get("error") if isinstance(body, dict) else None
    is_of_graph = isinstance(error, dict) and isinstance(error.get("code"), int)
    return error if isinstance(error, dict) and is_of_graph else {}


def _by_status(status: int) -> type[CollectError]:
    if status == requests.codes.too_many_requests or status >= SERVER_TROUBLE:
        return WaitError
    return CredentialError if status in LOCKED_STATUSES else RefusedError


def _come_back(headers: Mapping[str, str], source_id: str) -> WaitError:
    told = headers.get("Retry-After", WINDOW_SECONDS)
    asked = wait_from_headers({"Date": headers.get("Date", ""), "Retry-After": told})
    seconds = float("inf") if asked.seconds is None else asked.seconds
    return WaitError(f"{source_id}: {COME_BACK}", retry_at=asked.until, wait_seconds=seconds)
