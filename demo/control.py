"""The proxy's own address, `/_demo/…`: its clock, its faults, what was asked of it.

| | |
|---|---|
| `GET /_demo/clock` | `{"now": "2026-11-17T01:30:00+00:00"}` |
| `PUT /_demo/clock` | the same object moves the world there |
| `POST /_demo/faults` | a list of `demo.faults.Fault`, put in force after those that are |
| `DELETE /_demo/faults` | lifts them all |
| `GET /_demo/requests` | host → path → count |
| `DELETE /_demo/requests` | counts from zero again |
"""

from __future__ import annotations

__all__ = ["control"]

import json
from collections.abc import Callable
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from demo.exchange import Answer, json_answer
from demo.faults import Fault
from demo.stage import Stage


class ClockBody(BaseModel):
    """What `/_demo/clock` takes and gives."""

    model_config = ConfigDict(extra="forbid")

    now: AwareDatetime


FAULTS = TypeAdapter(list[Fault])


def control(stage: Stage, method: str, path: str, body: bytes) -> Answer:
    """Answer a request to the proxy itself; 400 with a sentence when its body does not fit."""
    act = ACTS.get((method, path))
    if act is None:
        return json_answer(
            {"error": "not found: see demo/control.py for the addresses"}, status=404
        )
    try:
        return json_answer(act(stage, body))
    except json.JSONDecodeError:
        return json_answer({"error": "body: not JSON; mend it"}, status=400)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "body"
        return json_answer({"error": f"{field}: {first['msg']}; mend it"}, status=400)


def _move_clock(stage: Stage, body: bytes) -> Any:
    stage.set_clock(ClockBody.model_validate_json(body).now)
    return _clock(stage, body)


def _clock(stage: Stage, _body: bytes) -> Any:
    return {"now": stage.now.isoformat()}


def _add_faults(stage: Stage, body: bytes) -> Any:
    # json, not pydantic, parses: a fault's value may be a lone surrogate.
    stage.faults.add(FAULTS.validate_python(json.loads(body)))
    return {}


def _lift_faults(stage: Stage, _body: bytes) -> Any:
    stage.faults.clear()
    return {}


def _requests(stage: Stage, _body: bytes) -> Any:
    return stage.requests()


def _forget_requests(stage: Stage, _body: bytes) -> Any:
    stage.forget_requests()
    return {}


ACTS: dict[tuple[str, str], Callable[[Stage, bytes], Any]] = {
    ("GET", "/_demo/clock"): _clock,
    ("PUT", "/_demo/clock"): _move_clock,
    ("POST", "/_demo/faults"): _add_faults,
    ("DELETE", "/_demo/faults"): _lift_faults,
    ("GET", "/_demo/requests"): _requests,
    ("DELETE", "/_demo/requests"): _forget_requests,
}
