"""What can go wrong on the way, as data: which requests, how often, and how.

A fault bears on requests to `host` (empty: all) whose path begins with `path`; it lets `skip` of
them pass, then strikes `times` times (None: for ever). Kinds:

| kind | does | uses |
|---|---|---|
| `status` | answers this status, `value` as its JSON | `status`, `retry_after_seconds`, `value` |
| `limited` | answers 429 with a quota at 0 | `retry_after_seconds` |
| `expired` | answers 401, as for a token that is no longer valid | |
| `cut` | sends half of the body, then breaks the line | |
| `slow` | answers late | `seconds` |
| `html` | answers 200 with a page of HTML | |
| `garbage` | answers 200 with bytes that are no text | |
| `text` | answers 200 with the text `value`: a robots.txt that forbids | `value` |
| `truncated` | sends half of the JSON as if it were whole | |
| `set` | gives `field` of the records a `value`: new, of a wrong type, huge | `position` |
| `remove` | takes `field` away from the records | `position` |

`field` is a dotted path (`account.followers_count`, `tags.0.name`); `position` chooses one record
of a page, None all of them.
"""

from __future__ import annotations

__all__ = ["Fault", "Faults", "strike"]

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import Lock
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from demo.exchange import Answer, Request, json_answer, stamp

Count = Annotated[int, Field(ge=0)]
DEFAULT_WAIT_SECONDS = 300
NOT_JSON = {
    "html": Answer(
        body=b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body></body></html>",
        content_type="text/html; charset=utf-8",
    ),
    "garbage": Answer(body=bytes(range(255, -1, -1)) * 4),
}


class Fault(BaseModel):
    """One fault; see the table above."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["status", "limited", "expired", "cut", "slow", "html", "garbage", "text",
                  "truncated", "set", "remove"]  # fmt: skip
    host: str = ""
    path: str = "/"
    skip: Count = 0
    times: Count | None = 1
    status: Annotated[int, Field(ge=400, le=599)] = 503
    retry_after_seconds: Count | None = None
    seconds: Annotated[float, Field(ge=0, le=600)] = 1
    field: str = ""
    value: Any = None
    position: int | None = None

    def bears_on(self, request: Request) -> bool:
        """Whether the request is of those that this fault counts."""
        return self.host in ("", request.host) and request.path.startswith(self.path)


class Faults:
    """The faults in force and how often each was met; thread-safe. The first that strikes wins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._met: list[tuple[Fault, int]] = []

    def add(self, faults: Iterable[Fault]) -> None:
        """Put faults in force, after those that are."""
        with self._lock:
            self._met.extend((fault, 0) for fault in faults)

    def clear(self) -> None:
        """Lift every fault."""
        with self._lock:
            self._met.clear()

    def pick(self, request: Request) -> Fault | None:
        """The fault that strikes this request; counts it for those that bear on it before."""
        with self._lock:
            for index, (fault, count) in enumerate(self._met):
                if not fault.bears_on(request):
                    continue
                self._met[index] = (fault, count + 1)
                strikes = count - fault.skip
                if strikes >= 0 and (fault.times is None or strikes < fault.times):
                    return fault
            return None


def strike(fault: Fault, request: Request, answer: Callable[[], Answer]) -> Answer:
    """The answer under a fault; `answer` gives the sound one, asked only where it is needed."""
    if fault.kind in ("status", "limited", "expired"):
        return _refusal(fault, request)
    if fault.kind in ("html", "garbage", "text"):
        text = Answer(body=str(fault.value).encode(), content_type="text/plain; charset=utf-8")
        return NOT_JSON.get(fault.kind, text)
    sound = answer()
    half = len(sound.body) // 2
    if fault.kind == "cut":
        return replace(sound, cut_after=half)
    if fault.kind == "truncated":
        return replace(sound, body=sound.body[:half])
    if fault.kind == "slow":
        return replace(sound, wait_seconds=fault.seconds)
    return _altered(fault, sound)


def _refusal(fault: Fault, request: Request) -> Answer:
    headers: list[tuple[str, str]] = []
    if fault.retry_after_seconds is not None:
        headers.append(("Retry-After", str(fault.retry_after_seconds)))
    if fault.kind == "expired":
        return json_answer({"error": "The access token expired"}, status=401, headers=headers)
    if fault.kind == "status":
        said = {"error": "Server trouble"} if fault.value is None else fault.value
        return json_answer(said, status=fault.status, headers=headers)
    wait = timedelta(seconds=fault.retry_after_seconds or DEFAULT_WAIT_SECONDS)
    headers += [
        ("X-RateLimit-Limit", "300"),
        ("X-RateLimit-Remaining", "0"),
        ("X-RateLimit-Reset", stamp(request.now + wait)),
    ]
    return json_answer({"error": "Too many requests"}, status=429, headers=headers)


def _altered(fault: Fault, sound: Answer) -> Answer:
    try:
        payload = json.loads(sound.body)
    except ValueError:
        return sound
    records = _records(payload)
    if fault.position is not None:
        records = records[fault.position : fault.position + 1]
    *parents, last = fault.field.split(".")
    for record in records:
        # A record that lacks the parent is left as it is: not every post has a tag.
        with suppress(KeyError, IndexError, TypeError, ValueError):
            _alter(fault, record, parents, last)
    return replace(sound, body=json.dumps(payload).encode("ascii"))


def _records(payload: Any) -> list[Any]:
    """The items of a payload: its first list of objects, looked for level by level."""
    level = [payload]
    while level:
        for part in level:
            if isinstance(part, list) and part and all(isinstance(item, dict) for item in part):
                return part
        level = [child for part in level if isinstance(part, dict) for child in part.values()]
    return [payload]


def _alter(fault: Fault, record: Any, parents: list[str], last: str) -> None:
    for part in parents:
        record = record[int(part) if isinstance(record, list) else part]
    key = int(last) if isinstance(record, list) else last
    if fault.kind == "remove":
        del record[key]
    else:
        record[key] = fault.value
