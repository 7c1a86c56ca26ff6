"""tweepy's errors, turned into ours in one table."""

from __future__ import annotations

__all__ = ["ERRORS", "ours"]

from collections.abc import Mapping

import requests
from tweepy import errors

from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.waiting import wait_from_headers

# Every error class of tweepy, and those of requests that it lets through, by what the run does
# about it; the nearest class wins.
ERRORS: dict[type[Exception], type[CollectError]] = {
    errors.TweepyException: RefusedError,
    errors.HTTPException: RefusedError,
    errors.BadRequest: RefusedError,
    errors.Unauthorized: CredentialError,
    errors.Forbidden: CredentialError,
    errors.NotFound: RefusedError,
    errors.TooManyRequests: WaitError,
    errors.TwitterServerError: WaitError,
    requests.RequestException: WaitError,
    requests.TooManyRedirects: RefusedError,
    requests.exceptions.InvalidJSONError: PayloadError,
    RecursionError: PayloadError,
}
TOKEN = (
    "X refuses the token; make an app-only bearer token in X's developer console "  # noqa: S105 - words
    "and set PORTEVOIX_X_TOKEN"
)
SENTENCES: dict[type[Exception], str] = {
    errors.Unauthorized: TOKEN,
    errors.Forbidden: (
        "X does not permit this app recent search; ask X to open it under your agreement, or set "
        "PORTEVOIX_X_TOKEN to the token of the app that it names"
    ),
    errors.BadRequest: "X refuses this question; check names and language in the city file",
    errors.NotFound: "X does not know this question; update Portevoix, X has changed its API",
    errors.TooManyRequests: "X asks to come back later; the rest is read by the next try",
}
USUAL: dict[type[CollectError], str] = {
    CredentialError: TOKEN,
    PayloadError: "X answers with something that is not its JSON; try again later",
    RefusedError: "X refuses this question; check the city file and X's developer console",
    WaitError: "X does not answer; the rest is read by the next try",
}
PAYMENT_REQUIRED = 402
CREDIT = "X says that the account has no credit left; add credit in X's developer console"
CAP = "X says that the plan's own cap is reached; raise it in X's developer console"
CAP_PROBLEM = "usage-capped"
USUAL_HEADERS = ("Date", "Retry-After", "X-RateLimit-Reset")


def ours(
    error: Exception, *, source_id: str, headers: Mapping[str, str], problem: str, status: int
) -> CollectError:
    """Our error for one of the client's. `problem`: the last word of X's problem type.

    The client's own words are left out: they hold addresses and bodies.
    """
    if status == PAYMENT_REQUIRED:
        return RefusedError(f"{source_id}: {CREDIT}")
    if problem == CAP_PROBLEM:
        return RefusedError(f"{source_id}: {CAP}")
    known = next(parent for parent in type(error).__mro__ if parent in ERRORS)
    kind = ERRORS[known]
    sentence = f"{source_id}: {SENTENCES.get(known, USUAL[kind])}"
    if kind is not WaitError:
        return kind(sentence)
    is_limit = known is errors.TooManyRequests
    if not is_limit and "Retry-After" not in headers:
        return WaitError(sentence)
    asked = wait_from_headers(_as_usual(headers))
    unknown = float("inf") if is_limit else None
    return WaitError(
        sentence,
        retry_at=asked.until,
        wait_seconds=unknown if asked.seconds is None else asked.seconds,
    )


def _as_usual(headers: Mapping[str, str]) -> dict[str, str]:
    """X writes its limit's headers with one more hyphen than others."""
    found = {name: headers[name] for name in USUAL_HEADERS if name in headers}
    reset = headers.get("x-rate-limit-reset")
    return {**found, "X-RateLimit-Reset": reset} if reset else found
