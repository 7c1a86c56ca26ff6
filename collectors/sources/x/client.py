"""tweepy as this project uses it: three questions, plain answers, our errors."""

from __future__ import annotations

__all__ = ["IDS_PAGE", "LARGEST_PAGE", "SMALLEST_PAGE", "XClient"]

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

import requests
import tweepy
from requests.adapters import HTTPAdapter

from cities.settings import Settings
from collectors.errors import CredentialError, PayloadError
from collectors.sources.x.trouble import ERRORS, USUAL, ours
from collectors.text import clean, is_suspect

SMALLEST_PAGE, LARGEST_PAGE, IDS_PAGE = 10, 100, 100
REQUEST_TIMEOUT_SECONDS = 20.0
REFUSALS = 400
# No place (geo): where somebody was is never kept. No expansion of referenced or mentioned posts
# and people: each is one more paid read, and `entities` names them for nothing.
FIELDS = {
    "expansions": ["author_id"],
    "tweet_fields": ["attachments", "author_id", "created_at", "entities", "in_reply_to_user_id",
                     "lang", "note_tweet", "public_metrics", "referenced_tweets", "withheld"],
    "user_fields": ["created_at", "description", "entities", "location", "protected",
                    "public_metrics", "verified_type", "withheld"],
}  # fmt: skip

# At level DEBUG tweepy writes headers, and the words of people, into the log.
logging.getLogger("tweepy.client").setLevel(logging.WARNING)


class _Adapter(HTTPAdapter):
    """tweepy sets no time limit: a silent server would hold the night for ever."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """Send with a time limit."""
        kwargs["timeout"] = kwargs.get("timeout") or REQUEST_TIMEOUT_SECONDS
        return super().send(request, *args, **kwargs)


class XClient:
    """Reads of X's API v2 with an app's token; raises only `CollectError`.

    `status`, `headers`: those of the last answer; 0 and none when it never came.
    """

    def __init__(self, source_id: str, settings: Settings) -> None:
        token = settings.secret("x_token")
        if not token:
            raise CredentialError(
                f"{source_id}: has no token; set PORTEVOIX_X_TOKEN to an app-only bearer token"
            )
        self._source_id = source_id
        self.status = 0
        self.headers: Mapping[str, str] = {}
        self._problem = ""
        self._is_suspect = False
        self._api = tweepy.Client(return_type=dict, wait_on_rate_limit=False)
        if settings.contact:
            self._api.user_agent = f"Portevoix (+{settings.contact}) {self._api.user_agent}"
        session: requests.Session = self._api.session
        # The session, not tweepy, holds the token: no message of tweepy's can hold it.
        session.auth = tweepy.OAuth2BearerHandler(token)
        session.max_redirects = 0
        session.mount("https://", _Adapter())
        session.hooks["response"].append(self._keep)
        self._session = session

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def quota_left(self) -> int | None:
        """Requests left in this window, when the last answer said so."""
        left = self.headers.get("x-rate-limit-remaining", "")
        return int(left) if left.isdigit() else None

    @property
    def answered_at(self) -> datetime | None:
        """When the last answer was made, by X's clock."""
        try:
            return parsedate_to_datetime(self.headers.get("Date", "")).astimezone(UTC)
        except (TypeError, ValueError):
            return None

    @property
    def has_refused(self) -> bool:
        """Whether the last answer gave nothing: a refusal, a stated failure, a mere page."""
        kind = self.headers.get("Content-Type", "json")
        return self.status >= REFUSALS or "json" not in kind

    def counts(self, query: str) -> list[Any]:
        """How many posts a query finds, hour by hour, in the seven days that X shows."""
        with self._mapped():
            answer = self._api.get_recent_tweets_count(query, granularity="hour")
        buckets = self._checked(answer, "data", "meta").get("data", [])
        return buckets if isinstance(buckets, list) else []

    def search(self, query: str, *, size: int, **bounds: Any) -> dict[str, Any]:
        """One page of a query, newest first; `bounds` as tweepy names them."""
        given = {name: value for name, value in bounds.items() if value}
        with self._mapped():
            answer = self._api.search_recent_tweets(query, max_results=size, **FIELDS, **given)
        return self._checked(answer, "meta")

    def posts(self, numbers: Sequence[str]) -> dict[str, Any]:
        """These posts (at most `IDS_PAGE`); those that are missing are named in `errors`."""
        with self._mapped():
            answer = self._api.get_tweets(list(numbers), **FIELDS)
        # One without both would make every post look deleted.
        return self._checked(answer, "data", "errors")

    def _checked(self, answer: Any, *names: str) -> dict[str, Any]:
        """The answer, when it is an object that holds one of these parts."""
        if not isinstance(answer, dict) or not any(name in answer for name in names):
            raise PayloadError(f"{self._source_id}: {USUAL[PayloadError]}")
        plain: dict[str, Any] = clean(answer) if self._is_suspect else answer
        return plain

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        self.status, self.headers, self._problem = 0, {}, ""
        try:
            yield
        except tuple(ERRORS) as error:
            raise ours(
                error,
                source_id=self._source_id,
                headers=self.headers,
                problem=self._problem,
                status=self.status,
            ) from None

    def _keep(self, response: requests.Response, *_: Any, **__: Any) -> requests.Response:
        """Keep the head; of a refusal hand over an empty one.

        tweepy reads a refusal's body and reset time without care: any other form than X's own
        makes it fail with an error of Python's.
        """
        self.status, self.headers = response.status_code, response.headers
        if response.status_code < REFUSALS:
            self._is_suspect = is_suspect(response.content)
            return response
        self._problem = _problem_of(response)
        stand_in = requests.Response()
        stand_in.status_code = response.status_code
        stand_in.reason = response.reason
        stand_in.request = response.request
        stand_in.url = response.url
        stand_in.raw = BytesIO(b"{}")
        return stand_in


def _problem_of(response: requests.Response) -> str:
    """The last word of a problem's type, empty when there is none."""
    try:
        body = response.json()
    except (requests.exceptions.InvalidJSONError, RecursionError):
        return ""
    kind = body.get("type") if isinstance(body, dict) else None
    return kind.rpartition("/")[2] if isinstance(kind, str) else ""
