"""The BODACC's open data (Opendatasoft, records API 2.1), its errors turned into ours."""

from __future__ import annotations

__all__ = ["DEEPEST_ROW", "ERRORS", "PAGE", "BodaccClient", "Reply"]

from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cities.settings import Settings
from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.text import read_json
from collectors.waiting import wait_from_headers

ADDRESS = (
    "https://bodacc-datadila.opendatasoft.com"
    "/api/explore/v2.1/catalog/datasets/annonces-commerciales/records"
)
PAGE = 100
# offset + limit may not go beyond (the register answers 400).
DEEPEST_ROW = 10_000
TIMEOUT_SECONDS = 20
REFUSED_CREDENTIAL = (401, 403)
SERVER_TROUBLE = 500

# Every error family of httpx that a request can raise, by what the run does about it; the nearest
# class wins.
ERRORS: dict[type[Exception], type[CollectError]] = {
    httpx.HTTPError: WaitError,
    httpx.UnsupportedProtocol: RefusedError,
    httpx.DecodingError: PayloadError,
    httpx.TooManyRedirects: RefusedError,
    httpx.InvalidURL: RefusedError,
}
SENTENCES: dict[type[CollectError], str] = {
    CredentialError: "the register refuses this machine; ask the DILA to let it in",
    PayloadError: "the register answers with something that is not its JSON; try again later",
    RefusedError: "the register refuses this question; check `commune` in the city file",
    WaitError: "the register does not answer; the rest is read by the next try",
}


class Rows(BaseModel):
    """The body of a reply; `results` are read one by one, since one may be odd."""

    model_config = ConfigDict(extra="ignore")

    total_count: int = Field(ge=0)
    results: list[Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One page of notices, and how many there are in all."""

    total_count: int
    results: list[Any]
    quota_left: int | None


class BodaccClient:
    """Asks for pages of notices; raises only `CollectError`."""

    def __init__(self, source_id: str, settings: Settings) -> None:
        agent = f"Portevoix (+{settings.contact})" if settings.contact else "Portevoix"
        self._source_id = source_id
        self._http = httpx.Client(timeout=TIMEOUT_SECONDS, headers={"User-Agent": agent})

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def notices(self, where: str, *, offset: int = 0, limit: int = PAGE) -> Reply:
        """The notices that `where` (ODSQL) asks for, oldest first, from row `offset` on."""
        query: dict[str, str | int] = {
            "where": where,
            "order_by": "dateparution,id",
            "limit": limit,
            "offset": offset,
        }
        try:
            response = self._http.get(ADDRESS, params=query)
            self._refuse(response)
            rows = Rows.model_validate(read_json(response.content))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
            raise kind(self._sentence(kind)) from None
        except (ValueError, ValidationError, RecursionError):
            raise PayloadError(self._sentence(PayloadError)) from None
        left = response.headers.get("X-RateLimit-Remaining", "")
        return Reply(rows.total_count, rows.results, int(left) if left.isdigit() else None)

    def _refuse(self, response: httpx.Response) -> None:
        """Raise what a status other than 200 means."""
        status = response.status_code
        is_trouble = status >= SERVER_TROUBLE
        if status == httpx.codes.TOO_MANY_REQUESTS or (
            is_trouble and "Retry-After" in response.headers
        ):
            raise self._come_back(response)
        if is_trouble:
            raise WaitError(self._sentence(WaitError))
        if status in REFUSED_CREDENTIAL:
            raise CredentialError(self._sentence(CredentialError))
        if status != httpx.codes.OK:
            raise RefusedError(self._sentence(RefusedError))

    def _come_back(self, response: httpx.Response) -> WaitError:
        asked = wait_from_headers(response.headers)
        return WaitError(
            f"{self._source_id}: the register asks to come back later; "
            "the rest is read by the next try",
            retry_at=asked.until,
            wait_seconds=float("inf") if asked.seconds is None else asked.seconds,
        )

    def _sentence(self, kind: type[CollectError]) -> str:
        return f"{self._source_id}: {SENTENCES[kind]}"
