"""Meta's Graph API, as this project asks it: few questions, plain answers, our errors."""

from __future__ import annotations

__all__ = ["PAGE", "GraphClient", "Reply"]

import json
from dataclasses import dataclass
from typing import Any

import requests
from requests.auth import AuthBase

from cities.settings import Settings
from cities.sources import InstagramOfficialSource
from collectors.errors import CredentialError, PayloadError
from collectors.sources.instagram.graph_trouble import (
    SENTENCES,
    NoHashtagError,
    NoMediaError,
    of_client,
    of_reply,
)
from collectors.text import read_json

ADDRESS = "https://graph.facebook.com"
PAGE = 50
TIMEOUT_SECONDS = 20
FIELDS = "id,caption,media_type,permalink,timestamp,like_count,comments_count,children{id}"
FOR_HASHTAGS = "the feature Instagram Public Content Access and the permission instagram_basic"
FOR_TAGS = "the permissions instagram_basic, instagram_manage_comments and pages_read_engagement"


@dataclass(frozen=True, slots=True)
class Reply:
    """One page of a list. `after`: what asks for the next one, None at the end."""

    items: list[Any]
    after: str | None


class GraphClient:
    """Reads for one professional account; raises only `CollectError`.

    The token travels in a header, never in an address: addresses end in logs. For the same reason
    the next page is asked for by its cursor, not by the address in `paging.next`, which holds it.
    """

    def __init__(self, source: InstagramOfficialSource, settings: Settings) -> None:
        token = settings.secret("instagram_token")
        self._source_id = source.source_id
        if not token:
            raise CredentialError(
                f"{self._source_id}: PORTEVOIX_INSTAGRAM_TOKEN is not set; make a system user's "
                "token in Meta's business settings and write it there"
            )
        self._account = source.account_id
        self._address = f"{ADDRESS}/{source.api_version}"
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        agent = f"Portevoix (+{settings.contact})" if settings.contact else "Portevoix"
        self._session.headers["User-Agent"] = agent
        self._usage = ""

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def quota_left(self) -> int | None:
        """What is left of the app's quota, in percent, when the last reply said so."""
        try:
            used = json.loads(self._usage).values()
            return max(0, 100 - int(max(used)))
        except (ValueError, TypeError, AttributeError):
            return None

    def hashtag_id(self, tag: str) -> str | None:
        """Meta's number of a hashtag, which never changes; None when nobody uses it."""
        try:
            body = self._get(
                "ig_hashtag_search", FOR_HASHTAGS, user_id=self._account, q=tag.lower()
            )
        except NoHashtagError:
            return None
        found = self._reply(body).items
        number = found[0].get("id") if found and isinstance(found[0], dict) else None
        if not isinstance(number, str) or not number.isdigit():
            raise PayloadError(f"{self._source_id}: {SENTENCES[PayloadError]}")
        return number

    def recent(self, hashtag_id: str, after: str | None) -> Reply:
        """Posts of the last 24 hours under a hashtag, without their authors."""
        asked = {"user_id": self._account, "fields": FIELDS}
        path = f"{hashtag_id}/recent_media"
        return self._reply(self._get(path, FOR_HASHTAGS, limit=PAGE, after=after, **asked))

    def tags(self, after: str | None = None, *, limit: int = PAGE) -> Reply:
        """Posts that tag the city's account, newest first, with their authors."""
        asked = {"fields": f"{FIELDS},username", "after": after}
        return self._reply(self._get(f"{self._account}/tags", FOR_TAGS, limit=limit, **asked))

    def media(self, media_id: str) -> Any | None:
        """One post that tags the city's account; None when it is there no more."""
        try:
            return self._get(media_id, FOR_TAGS, fields=f"{FIELDS},username")
        except NoMediaError:
            return None

    def count_searched(self) -> int:
        """How many hashtags of the last 7 days Meta counts, of the 30 that it grants."""
        path = f"{self._account}/recently_searched_hashtags"
        return len(self._reply(self._get(path, FOR_HASHTAGS, limit=PAGE)).items)

    def _get(self, path: str, permission: str, **asked: str | int | None) -> Any:
        try:
            response = self._session.get(
                f"{self._address}/{path}",
                params=asked,
                timeout=TIMEOUT_SECONDS,
                allow_redirects=False,
            )
            self._usage = response.headers.get("X-App-Usage", "")
            if response.status_code != requests.codes.ok:
                raise of_reply(response, self._source_id, permission)
            return read_json(response.content)
        except requests.RequestException as error:
            raise of_client(error, self._source_id) from None
        except (ValueError, RecursionError):
            raise PayloadError(f"{self._source_id}: {SENTENCES[PayloadError]}") from None

    def _reply(self, body: Any) -> Reply:
        items = body.get("data") if isinstance(body, dict) else None
        if not isinstance(items, list):
            raise PayloadError(f"{self._source_id}: {SENTENCES[PayloadError]}")
        paging = body.get("paging")
        paging = paging if isinstance(paging, dict) else {}
        cursors = paging.get("cursors")
        after = cursors.get("after") if isinstance(cursors, dict) and paging.get("next") else None
        return Reply(items, after if isinstance(after, str) and items else None)


class _Bearer(AuthBase):
    """Sends the token; as the session's `auth` it also keeps requests from reading a netrc."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
