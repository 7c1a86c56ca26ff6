"""Mastodon.py's errors, turned into ours in one table."""

from __future__ import annotations

__all__ = ["ERRORS", "SENTENCES", "is_missing", "ours"]

from collections.abc import Mapping

from mastodon import errors

from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.waiting import wait_from_headers

LOCKED_STATUSES = (401, 403, 422)
GONE_STATUSES = (404, 410)
# What Mastodon.py says when a 404 carries no JSON: no route, rather than no such post.
NO_ROUTE = "Endpoint not found."

# Every error class of Mastodon.py, by what the run does about it; the nearest class wins.
# MastodonAPIError alone is refined by its HTTP status (`ours`).
ERRORS: dict[type[Exception], type[CollectError]] = {
    errors.MastodonError: RefusedError,
    errors.MastodonVersionError: RefusedError,
    errors.MastodonIllegalArgumentError: RefusedError,
    errors.MastodonIOError: WaitError,
    errors.MastodonFileNotFoundError: RefusedError,
    errors.MastodonNetworkError: WaitError,
    errors.MastodonReadTimeout: WaitError,
    errors.MastodonAPIError: PayloadError,
    errors.MastodonServerError: WaitError,
    errors.MastodonInternalServerError: WaitError,
    errors.MastodonBadGatewayError: WaitError,
    errors.MastodonServiceUnavailableError: WaitError,
    errors.MastodonGatewayTimeoutError: WaitError,
    errors.MastodonNotFoundError: RefusedError,
    errors.MastodonUnauthorizedError: CredentialError,
    errors.MastodonRatelimitError: WaitError,
    errors.MastodonMalformedEventError: PayloadError,
}
SENTENCES: dict[type[CollectError], str] = {
    CredentialError: (
        "asks for a valid token; make one there and write it in "
        "PORTEVOIX_MASTODON_TOKENS as {instance}=TOKEN"
    ),
    PayloadError: "answers with something that is not Mastodon's JSON; try again, or write to it",
    RefusedError: "refuses this question; check `instance` in the city file",
    WaitError: "does not answer; the rest is read by the next try",
}
COME_BACK = "asks to come back later; the rest is read by the next try"


def ours(error: errors.MastodonError, headers: Mapping[str, str], who: str) -> CollectError:
    """Our error for one of Mastodon.py's; `who` is `source_id: instance`.

    Its own words are left out: they hold addresses and bodies, and so names.
    """
    kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
    if type(error) is errors.MastodonAPIError and _status(error) is not None:
        kind = CredentialError if _status(error) in LOCKED_STATUSES else RefusedError
    if kind is not WaitError:
        return kind(f"{who} {SENTENCES[kind]}".format(instance=who.rpartition(" ")[2]))
    if not isinstance(error, errors.MastodonRatelimitError) and "Retry-After" not in headers:
        return WaitError(f"{who} {SENTENCES[WaitError]}")
    asked = wait_from_headers(headers)
    return WaitError(
        f"{who} {COME_BACK}",
        retry_at=asked.until,
        wait_seconds=float("inf") if asked.seconds is None else asked.seconds,
    )


def is_missing(error: errors.MastodonError) -> bool:
    """Whether the server says that a post is not there (rather than that it has no such route)."""
    return _status(error) in GONE_STATUSES and error.args[-1] != NO_ROUTE


def _status(error: errors.MastodonError) -> int | None:
    status = error.args[1] if len(error.args) > 1 else None
    return status if isinstance(status, int) else None
