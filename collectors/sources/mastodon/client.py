"""Mastodon.py as this project uses it: its settings, and its errors turned into ours."""

from __future__ import annotations

__all__ = ["ERRORS", "MastodonClient", "snowflake"]

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from mastodon import Mastodon, errors

from cities.settings import Settings
from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.robots import ROBOTS_PATH, permits
from collectors.text import clean
from collectors.waiting import wait_from_headers

REQUEST_TIMEOUT_SECONDS = 20
TIMELINE_PAGE = 40
TIMELINE_PATH = "/api/v1/timelines/tag/"
SERVER_TROUBLE = 500
# The server's own limit of GET /api/v1/statuses; a longer list is refused (422).
STATUSES_PAGE = 20
SNOWFLAKE_SHIFT = 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LOCKED_STATUSES = (401, 403, 422)
GONE_STATUSES = (404, 410)
# What Mastodon.py says when a 404 carries no JSON: no route, rather than no such post.
NO_ROUTE = "Endpoint not found."

# Every error class of Mastodon.py, by what the run does about it; the nearest class wins.
# MastodonAPIError alone is refined by its HTTP status (`_api_error`).
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


def snowflake(when: datetime) -> int:
    """The first id that a post of that moment can bear: milliseconds since 1970, then 16 bits."""
    return (when - EPOCH) // timedelta(milliseconds=1) << SNOWFLAKE_SHIFT


class MastodonClient:
    """Reads of one instance, as plain JSON values; raises only `CollectError`."""

    def __init__(self, source_id: str, instance: str, settings: Settings) -> None:
        self._source_id = source_id
        self._instance = instance
        self._headers: Mapping[str, str] = {}
        self._knows_batches = True
        self._session = requests.Session()
        self._session.hooks["response"].append(self._keep_headers)
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._agent = f"Portevoix{contact}"
        with self._mapped():
            self._api = Mastodon(
                api_base_url=f"https://{instance}",
                access_token=settings.mastodon_token(instance),
                ratelimit_method="throw",
                version_check_mode="none",
                request_timeout=REQUEST_TIMEOUT_SECONDS,
                session=self._session,
                user_agent=self._agent,
            )

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def quota_left(self) -> int | None:
        """Requests left in this window, when the last reply said so."""
        left = self._headers.get("X-RateLimit-Remaining", "")
        return int(left) if left.isdigit() else None

    def respect_robots(self) -> None:
        """`RefusedError` when the instance's robots.txt keeps programs off its timelines."""
        try:
            reply = self._session.get(
                f"https://{self._instance}{ROBOTS_PATH}",
                headers={"User-Agent": self._agent},
                timeout=REQUEST_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            raise WaitError(self._sentence(SENTENCES[WaitError])) from None
        if reply.status_code >= SERVER_TROUBLE:
            raise WaitError(self._sentence(SENTENCES[WaitError]))
        # RFC 9309: no robots.txt forbids nothing.
        if reply.status_code == requests.codes.ok and not permits(reply.text, TIMELINE_PATH):
            raise RefusedError(
                self._sentence("asks programs not to read it (robots.txt); remove this source")
            )

    def tagged(
        self, tag: str, *, after: int | None = None, limit: int = TIMELINE_PAGE
    ) -> list[Any]:
        """The posts of a hashtag just after that id (a page, newest first), else the newest."""
        with self._mapped():
            page = self._api.timeline_hashtag(tag, min_id=after, limit=limit)
        return self._listed(page)

    def statuses(self, native_ids: list[str]) -> list[Any]:
        """Those of these posts that are still there."""
        if self._knows_batches:
            try:
                with self._mapped():
                    return self._listed(self._api.statuses(native_ids))
            except RefusedError:
                # Servers older than Mastodon 4.3 have no batches.
                self._knows_batches = False
        return [found for native_id in native_ids for found in self._one(native_id)]

    def _one(self, native_id: str) -> list[Any]:
        try:
            return [clean(self._api.status(native_id))]
        except errors.MastodonAPIError as error:
            if _status(error) in GONE_STATUSES and error.args[-1] != NO_ROUTE:
                return []
            raise self._ours(error) from None
        except errors.MastodonError as error:
            raise self._ours(error) from None

    def _listed(self, page: Any) -> list[Any]:
        if not isinstance(page, list):
            raise PayloadError(self._sentence("answers with something that is no list of posts"))
        return [clean(item) for item in page]

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        self._headers = {}
        try:
            yield
        except errors.MastodonError as error:
            # From None: the client's own sentences hold addresses and bodies, which hold names.
            raise self._ours(error) from None

    def _ours(self, error: errors.MastodonError) -> CollectError:
        kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
        if type(error) is errors.MastodonAPIError and _status(error) is not None:
            kind = CredentialError if _status(error) in LOCKED_STATUSES else RefusedError
        sentence = self._sentence(SENTENCES[kind])
        if kind is not WaitError:
            return kind(sentence)
        asked = wait_from_headers(self._headers)
        is_asked = (
            isinstance(error, errors.MastodonRatelimitError) or "Retry-After" in self._headers
        )
        if not is_asked:
            return WaitError(sentence)
        return WaitError(
            self._sentence("asks to come back later; the rest is read by the next try"),
            retry_at=asked.until,
            wait_seconds=asked.seconds if asked.seconds is not None else float("inf"),
        )

    def _sentence(self, rest: str) -> str:
        return f"{self._source_id}: {self._instance} {rest}".format(instance=self._instance)

    def _keep_headers(self, response: requests.Response, *_: Any, **__: Any) -> None:
        self._headers = response.headers


SENTENCES: dict[type[CollectError], str] = {
    CredentialError: (
        "asks for a valid token; make one there and write it in "
        "PORTEVOIX_MASTODON_TOKENS as {instance}=TOKEN"
    ),
    PayloadError: "answers with something that is not Mastodon's JSON; try again, or write to it",
    RefusedError: "refuses this question; check `instance` in the city file",
    WaitError: "does not answer; the rest is read by the next try",
}


def _status(error: errors.MastodonError) -> int | None:
    status = error.args[1] if len(error.args) > 1 else None
    return status if isinstance(status, int) else None
