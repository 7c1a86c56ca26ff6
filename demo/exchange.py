"""A request to a platform and its answer, without sockets."""

from __future__ import annotations

__all__ = ["Answer", "Request", "Site", "json_answer", "stamp"]

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as of `now`. `query` is decoded, in order; names in `headers` are lower case."""

    method: str
    host: str
    path: str
    now: datetime
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] | None = None
    scheme: str = "https"

    def parameter(self, name: str) -> str | None:
        """The last value of a query parameter, None when absent or empty."""
        return next((v for n, v in reversed(self.query) if n == name and v), None)

    def parameters(self, name: str) -> list[str]:
        """All values of a repeatable parameter, written `name` or `name[]`."""
        return [v for n, v in self.query if n in (name, f"{name}[]") and v]

    def header(self, name: str) -> str:
        """A header's value, empty when absent."""
        return (self.headers or {}).get(name, "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `wait_seconds` before it; `cut_after` bytes of the body, the line breaks."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: Headers = ()
    wait_seconds: float = 0
    cut_after: int | None = None


class Site(Protocol):
    """A platform's host. `token` is the credential that it accepts, None when it has none."""

    token: str | None

    def answer(self, request: Request) -> Answer:
        """Answer one request; called from several threads at once."""


def json_answer(data: Any, *, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """An answer in JSON, ASCII only, so that a lone surrogate travels as its escape."""
    body = json.dumps(data, separators=(",", ":")).encode("ascii")
    return Answer(status=status, body=body, headers=tuple(headers))


def stamp(when: datetime) -> str:
    """A moment as platforms write it: UTC, milliseconds, `Z`."""
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
