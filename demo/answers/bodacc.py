"""The register of business notices: Opendatasoft's records API (v2.1) over a world's openings."""

from __future__ import annotations

__all__ = ["BodaccSite"]

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from demo.answers.notices import FIELDS, notice
from demo.answers.odsql import OdsqlError, ordering, where
from demo.exchange import Answer, Headers, Request, json_answer
from demo.limits import PlatformLimits
from demo.quota import Quota
from demo.world import WorldOpening

Record = dict[str, Any]


class BodaccSite:
    """The notices that are out at `now`. It needs no credential."""

    token: str | None = None

    def __init__(
        self,
        openings: Sequence[WorldOpening],
        dataset: str,
        *,
        limits: PlatformLimits,
        quota: Quota,
    ) -> None:
        self._path = f"/api/explore/v2.1/catalog/datasets/{dataset}/records"
        self._notices = [
            (opening, notice(opening)) for opening in openings if "bodacc" in opening.registers
        ]
        self._limits = limits
        self._quota = quota

    def answer(self, request: Request) -> Answer:
        """Answer one request; 400 says what does not fit, 429 that the quota is used up."""
        if request.path.rstrip("/") != self._path:
            return _error("NotFound", f"Unknown resource: {request.path}", status=404)
        standing = self._quota.take()
        reset = request.now + timedelta(seconds=standing.reset_seconds)
        headers = (
            ("X-RateLimit-Limit", str(standing.limit)),
            ("X-RateLimit-Remaining", str(standing.remaining)),
            ("X-RateLimit-Reset", reset.strftime("%Y-%m-%d %H:%M:%S+00:00")),
        )
        if standing.is_over:
            sentence = "Too many requests on the domain. Please contact the domain administrator."
            return _error("TooManyRequests", sentence, status=429, headers=headers)
        try:
            return json_answer(self._found(request), headers=headers)
        except OdsqlError as error:
            return _error("ODSQLError", str(error), headers=headers)
        except _ParameterError as error:
            return _error("InvalidRESTParameterError", str(error), headers=headers)

    def _found(self, request: Request) -> dict[str, Any]:
        limit, offset = self._page(request)
        keep = where(" and ".join(f"({q})" for q in request.parameters("where")), FIELDS)
        found = [r for o, r in self._notices if o.is_shown_at(request.now) and keep(r)]
        # Sorted by the last key first: each sort keeps the order of the one before.
        for field, is_descending in reversed(ordering(request.parameter("order_by") or "", FIELDS)):
            found.sort(key=lambda r: str(r[field] or ""), reverse=is_descending)
        page = found[offset : offset + limit]
        return {"total_count": len(found), "results": [_selected(request, r) for r in page]}

    def _page(self, request: Request) -> tuple[int, int]:
        most = self._limits.page_max
        limit = _whole(request, "limit", self._limits.page_default)
        offset = _whole(request, "offset", 0)
        if not -1 <= limit <= most:
            raise _ParameterError(
                f"Invalid value for limit API parameter: {limit} was found"
                f" but -1 <= limit <= {most} is expected."
            )
        limit = most if limit == -1 else limit
        deepest = self._limits.deepest_row
        if offset < 0 or (deepest is not None and offset + limit > deepest):
            raise _ParameterError(
                f"Invalid value for sum of offset + limit API parameter: {offset + limit}"
                f" was found but <= {deepest} is expected."
            )
        return limit, offset


class _ParameterError(Exception):
    """A limit or offset out of bounds."""


def _whole(request: Request, name: str, default: int) -> int:
    text = request.parameter(name)
    try:
        return default if text is None else int(text)
    except ValueError:
        raise _ParameterError(
            f"Invalid value for {name} API parameter: {text} was found but an integer is expected."
        ) from None


def _selected(request: Request, record: Record) -> Record:
    wanted = [field.strip() for field in (request.parameter("select") or "*").split(",")]
    if "*" in wanted:
        return record
    for field in wanted:
        if field not in FIELDS:
            raise OdsqlError(f"Unknown field: {field}")
    return {field: record[field] for field in wanted}


def _error(code: str, message: str, *, status: int = 400, headers: Headers = ()) -> Answer:
    body = {"error_code": code, "message": message}
    return json_answer(body, status=status, headers=headers)
