"""Mastodon.py as this project uses it: few questions, plain answers, our errors."""

from __future__ import annotations

__all__ = ["STATUSES_PAGE", "MastodonClient", "snowflake"]

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonAPIError, MastodonError

from cities.settings import Settings
from collectors.errors import PayloadError, RefusedError, WaitError
from collectors.robots import ROBOTS_PATH, permits
from collectors.sources.mastodon.answers import LastAnswer
from collectors.sources.mastodon.trouble import SENTENCES, is_missing, ours

REQUEST_TIMEOUT_SECONDS = 20
TIMELINE_PAGE = 40
# The server's own limit of GET /api/v1/statuses; a longer list is refused (422).
STATUSES_PAGE = 20
TIMELINE_PATH = "/api/v1/timelines/tag/"
SERVER_TROUBLE = 500
SNOWFLAKE_SHIFT = 16
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def snowflake(when: datetime) -> int:
    """The first id that a post of that moment can bear: milliseconds since 1970, then 16 bits."""
    return (when - EPOCH) // timedelta(milliseconds=1) << SNOWFLAKE_SHIFT


class MastodonClient:
    """Reads of one instance, as plain JSON values; raises only `CollectError`."""

    def __init__(self, source_id: str, instance: str, settings: Settings) -> None:
        self._who = f"{source_id}: {instance}"
        self._address = f"https://{instance}"
        self._knows_batches = True
        self._session = requests.Session()
        self._answer = LastAnswer(self._session)
        self._agent = f"Portevoix (+{settings.contact})" if settings.contact else "Portevoix"
        with self._mapped():
            self._api = Mastodon(
                api_base_url=self._address,
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
        left = self._answer.headers.get("X-RateLimit-Remaining", "")
        return int(left) if left.isdigit() else None

    def respect_robots(self) -> None:
        """`RefusedError` when the instance's robots.txt keeps programs off its timelines."""
        try:
            reply = self._session.get(
                f"{self._address}{ROBOTS_PATH}",
                headers={"User-Agent": self._agent},
                timeout=REQUEST_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            raise WaitError(f"{self._who} {SENTENCES[WaitError]}") from None
        if reply.status_code >= SERVER_TROUBLE:
            raise WaitError(f"{self._who} {SENTENCES[WaitError]}")
        # RFC 9309: no robots.txt forbids nothing.
        if reply.status_code == requests.codes.ok and not permits(reply.text, TIMELINE_PATH):
            raise RefusedError(
                f"{self._who} asks programs not to read it (robots.txt); remove this source"
            )

    def tagged(self, tag: str, *, after: int, limit: int = TIMELINE_PAGE) -> list[Any]:
        """The posts of a hashtag just after that id: one page, newest first."""
        with self._mapped():
            self._api.timeline_hashtag(tag, min_id=after, limit=limit)
        return self._posts()

    def statuses(self, native_ids: list[str]) -> list[Any]:
        """Those of these posts (at most `STATUSES_PAGE`) that are still there."""
        if self._knows_batches:
            try:
                with self._mapped():
                    self._api.statuses(native_ids)
                return self._posts()
            except RefusedError:
                # Servers older than Mastodon 4.3 have no batches.
                self._knows_batches = False
        return [found for native_id in native_ids for found in self._one(native_id)]

    def _one(self, native_id: str) -> list[Any]:
        with self._mapped():
            try:
                self._api.status(native_id)
            except MastodonAPIError as error:
                if is_missing(error):
                    return []
                raise
        return [self._json()]

    def _posts(self) -> list[Any]:
        page = self._json()
        if not isinstance(page, list):
            raise PayloadError(f"{self._who} {SENTENCES[PayloadError]}")
        return page

    def _json(self) -> Any:
        try:
            return self._answer.json()
        except (ValueError, RecursionError):
            raise PayloadError(f"{self._who} {SENTENCES[PayloadError]}") from None

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        self._answer.clear()
        try:
            yield
        except MastodonError as error:
            raise ours(error, self._answer.headers, self._who) from None
