"""instaloader's errors, turned into ours in one table."""

from __future__ import annotations

__all__ = ["ERRORS", "SENTENCES", "ChallengeError", "NoPageError", "ours"]

import re
from collections.abc import Mapping

import requests
from instaloader import exceptions

from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.waiting import wait_from_headers


class NoPageError(RefusedError):
    """This page is not there: the next list is read."""


class ChallengeError(RefusedError):
    """Instagram wants a person: nothing more may be asked tonight."""


# Every error class of instaloader, and what its own reading of an odd answer raises; the nearest
# class wins. ConnectionException is refined by what caused it (`ours`).
ERRORS: dict[type[Exception], type[CollectError]] = {
    exceptions.InstaloaderException: RefusedError,
    exceptions.QueryReturnedBadRequestException: RefusedError,
    exceptions.QueryReturnedForbiddenException: CredentialError,
    exceptions.ProfileNotExistsException: NoPageError,
    exceptions.ProfileHasNoPicsException: NoPageError,
    exceptions.PrivateProfileNotFollowedException: RefusedError,
    exceptions.LoginRequiredException: CredentialError,
    exceptions.LoginException: CredentialError,
    exceptions.TwoFactorAuthRequiredException: CredentialError,
    exceptions.InvalidArgumentException: RefusedError,
    exceptions.BadResponseException: PayloadError,
    exceptions.BadCredentialsException: CredentialError,
    exceptions.ConnectionException: WaitError,
    exceptions.PostChangedException: PayloadError,
    exceptions.QueryReturnedNotFoundException: NoPageError,
    exceptions.TooManyRequestsException: WaitError,
    exceptions.IPhoneSupportDisabledException: RefusedError,
    exceptions.AbortDownloadException: ChallengeError,
    requests.RequestException: WaitError,
    requests.exceptions.InvalidJSONError: PayloadError,
    requests.exceptions.ContentDecodingError: PayloadError,
    requests.TooManyRedirects: RefusedError,
    LookupError: PayloadError,
    TypeError: PayloadError,
    AttributeError: PayloadError,
    ValueError: PayloadError,
    RecursionError: PayloadError,
}
STATUS = re.compile(r'(?:^|responded with ")(?P<status>[1-5]\d\d) ')
TO_LOGIN = re.compile(r"redirect to https://(?:www|i)\.instagram\.com/accounts/login")
# How instaloader says it of a post; Instagram answers 400 rather than 404.
NOT_FOUND = "Media not found"
LOCKED_STATUSES = (401, 403)
SERVER_TROUBLE = 500
# The longest window over which Instagram is known to count, half an hour; it never says.
WINDOW_SECONDS = "1800"

SENTENCES: dict[type[CollectError], str] = {
    CredentialError: (
        "Instagram asks to log in; write the session of the account that the agreement names in "
        "PORTEVOIX_INSTAGRAM_SESSION as user:sessionid, or leave out `places`"
    ),
    NoPageError: "Instagram has no such page; check `hashtags` and `places` in the city file",
    PayloadError: "Instagram answers with something that is not its JSON; try again later",
    RefusedError: "Instagram refuses this question; check `places` in the city file",
    ChallengeError: (
        "Instagram stopped this account (challenge or checkpoint); nothing more is asked: open "
        "the account in a browser and read what it says before the next night"
    ),
    WaitError: "Instagram does not answer; the rest is read by the next try",
}
COME_BACK = "Instagram asks to come back later; the rest is read by the next try"


def ours(error: Exception, headers: Mapping[str, str], source_id: str) -> CollectError:
    """Our error for one of instaloader's; its own words are left out: they hold addresses.

    `headers`: of the last reply, empty when there was none.
    """
    kind = _kind(error)
    if kind is WaitError and (_is_limit(error) or "Retry-After" in headers):
        told = headers.get("Retry-After", WINDOW_SECONDS)
        asked = wait_from_headers({"Date": headers.get("Date", ""), "Retry-After": told})
        seconds = float("inf") if asked.seconds is None else asked.seconds
        return WaitError(f"{source_id}: {COME_BACK}", retry_at=asked.until, wait_seconds=seconds)
    return kind(f"{source_id}: {SENTENCES[kind]}")


def _kind(error: Exception) -> type[CollectError]:
    if TO_LOGIN.search(str(error)):
        return CredentialError
    if NOT_FOUND in str(error):
        return NoPageError
    cause = _cause(error)
    kind = next(ERRORS[parent] for parent in type(cause).__mro__ if parent in ERRORS)
    if type(cause) is not exceptions.ConnectionException:
        return kind
    status = _status(cause)
    if status in LOCKED_STATUSES and not _is_limit(error):
        return CredentialError
    is_passing = status is None or status == requests.codes.ok or status >= SERVER_TROUBLE
    return WaitError if is_passing or _is_limit(error) else RefusedError


def _cause(error: Exception) -> Exception:
    """What a ConnectionException wraps, where it wraps something."""
    cause = error.__cause__
    is_wrapped = isinstance(error, exceptions.ConnectionException) and isinstance(cause, Exception)
    return cause if is_wrapped and isinstance(cause, Exception) else error


def _status(error: Exception) -> int | None:
    found = STATUS.search(str(error))
    return int(found["status"]) if found else None


def _is_limit(error: Exception) -> bool:
    """Whether Instagram asks to wait: 429, or "fail" with these words under another status."""
    cause = _cause(error)
    is_told = "wait a few minutes" in str(cause) or _status(cause) == requests.codes.ok
    return isinstance(cause, exceptions.TooManyRequestsException) or is_told
