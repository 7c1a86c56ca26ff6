"""The last answer of an instance, as it came."""

from __future__ import annotations

__all__ = ["LastAnswer"]

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import requests

from collectors.text import read_json

LIST_PATHS = ("/api/v1/timelines/", "/api/v1/statuses")
EMPTY_LIST = b"[]"


class LastAnswer:
    """Headers and body of the last reply of a session, kept before Mastodon.py reads it.

    Mastodon.py turns each post into some ninety typed objects: 2.8 ms a post, four fifths of a
    night, and a wrong value silently becomes None, so that no odd record would ever be told. So a
    sound reply is kept here, and the client is handed an empty list in its place.
    """

    def __init__(self, session: requests.Session) -> None:
        self.headers: Mapping[str, str] = {}
        self._body = b""
        session.hooks["response"].append(self._keep)

    def clear(self) -> None:
        """Forget the last reply: the next question may end without one."""
        self.headers, self._body = {}, b""

    def json(self) -> Any:
        """The body as JSON, cleaned; `ValueError` or `RecursionError` when it is none."""
        return read_json(self._body)

    def _keep(self, response: requests.Response, *_: Any, **__: Any) -> requests.Response:
        self.headers = response.headers
        path = response.request.path_url
        if response.status_code != requests.codes.ok or not path.startswith(LIST_PATHS):
            return response
        self._body = response.content
        stand_in = requests.Response()
        stand_in.status_code = response.status_code
        stand_in.headers = response.headers
        stand_in.request = response.request
        stand_in.raw = BytesIO(EMPTY_LIST)
        return stand_in
