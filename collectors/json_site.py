"""A public API that answers in JSON over HTTPS, its errors turned into ours in one table."""

from __future__ import annotations

__all__ = ["ERRORS", "JsonSite", "Phrases"]

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.text import read_json
from collectors.waiting import wait_from_headers

Body = TypeVar("Body", bound=BaseModel)
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


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a site's trouble is called. `who` begins the sentences; the mends end two of them."""

    who: str
    credential: str
    refused: str

    def of(self, kind: type[CollectError]) -> str:
        """The sentence of one kind of error."""
        said = {
            CredentialError: self.credential,
            PayloadError: "answers with something that is not its JSON; try again later",
            RefusedError: f"refuses this question; {self.refused}",
            WaitError: "does not answer; the rest is read by the next try",
        }
        return f"{self.who} {said[kind]}"

    @property
    def come_back(self) -> str:
        """The sentence of a quota that is used up."""
        return f"{self.who} asks to come back later; the rest is read by the next try"


@dataclass(frozen=True, slots=True)
class JsonSite:
    """Asks one site; raises only `CollectError`.

    `usual_wait_seconds`: how long a quota lasts where the answer does not say.
    """

    source_id: str
    phrases: Phrases
    contact: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout_seconds: float = 20
    usual_wait_seconds: float = float("inf")
    http: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        agent = f"Portevoix (+{self.contact})" if self.contact else "Portevoix"
        headers = {"User-Agent": agent, "Accept": "application/json", **self.headers}
        object.__setattr__(
            self, "http", httpx.Client(timeout=self.timeout_seconds, headers=headers)
        )

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def ask(self, address: str, query: Mapping[str, str | int]) -> httpx.Response:
        """The answer, whatever its status."""
        try:
            return self.http.get(address, params=query)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
            raise self._error(kind) from None

    def read(self, answer: httpx.Response, model: type[Body]) -> Body:
        """The body of a sound answer; raises what any other status means."""
        self._refuse(answer)
        try:
            return model.model_validate(read_json(answer.content))
        except (ValueError, ValidationError, RecursionError):
            raise self._error(PayloadError) from None

    def _refuse(self, answer: httpx.Response) -> None:
        status = answer.status_code
        is_trouble = status >= SERVER_TROUBLE
        if status == httpx.codes.TOO_MANY_REQUESTS or (
            is_trouble and "Retry-After" in answer.headers
        ):
            asked = wait_from_headers(answer.headers)
            raise WaitError(
                f"{self.source_id}: {self.phrases.come_back}",
                retry_at=asked.until,
                wait_seconds=self.usual_wait_seconds if asked.seconds is None else asked.seconds,
            )
        if is_trouble:
            raise self._error(WaitError)
        if status in REFUSED_CREDENTIAL:
            raise self._error(CredentialError)
        if status != httpx.codes.OK:
            raise self._error(RefusedError)

    def _error(self, kind: type[CollectError]) -> CollectError:
        return kind(f"{self.source_id}: {self.phrases.of(kind)}")
