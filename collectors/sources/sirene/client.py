"""Insee's API Sirene 3.11 (portail-api.insee.fr), its errors turned into ours."""

from __future__ import annotations

__all__ = ["ERRORS", "PAGE", "START", "Reply", "SireneClient"]

from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cities.settings import Settings
from collectors.errors import CollectError, CredentialError, PayloadError, RefusedError, WaitError
from collectors.text import read_json
from collectors.waiting import wait_from_headers

ADDRESS = "https://api.insee.fr/api-sirene/3.11/siret"
KEY_HEADER = "X-INSEE-Api-Key-Integration"
# The free plan grants 30 requests a minute, so pages are as large as the API permits.
PAGE = 1000
START = "*"
TIMEOUT_SECONDS = 30
FREE_PLAN_WINDOW_SECONDS = 60.0
REFUSED_CREDENTIAL = (401, 403)
SERVER_TROUBLE = 500

ERRORS: dict[type[Exception], type[CollectError]] = {
    httpx.HTTPError: WaitError,
    httpx.UnsupportedProtocol: RefusedError,
    httpx.DecodingError: PayloadError,
    httpx.TooManyRedirects: RefusedError,
    httpx.InvalidURL: RefusedError,
}
SENTENCES: dict[type[CollectError], str] = {
    CredentialError: (
        "Insee refuses the key; subscribe to API Sirene on its portal and write the integration "
        "key in PORTEVOIX_SIRENE_KEY"
    ),
    PayloadError: "Insee answers with something that is not its JSON; try again later",
    RefusedError: "Insee refuses this question; check `commune` in the city file",
    WaitError: "Insee does not answer; the rest is read by the next try",
}


class Header(BaseModel):
    """What an answer says of itself."""

    model_config = ConfigDict(extra="ignore")

    total: int = Field(default=0, ge=0)
    curseur: str | None = None
    curseur_suivant: str | None = Field(default=None, alias="curseurSuivant")


class Rows(BaseModel):
    """The body of a reply; establishments are read one by one, since one may be odd."""

    model_config = ConfigDict(extra="ignore")

    header: Header
    etablissements: list[Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One page. `next_cursor`: None at the end, which Insee tells by repeating the cursor."""

    total_count: int
    establishments: list[Any]
    next_cursor: str | None


class SireneClient:
    """Asks for pages of establishments; raises only `CollectError`."""

    def __init__(self, source_id: str, settings: Settings) -> None:
        key = settings.secret("sirene_key")
        if not key:
            raise CredentialError(
                f"{source_id}: PORTEVOIX_SIRENE_KEY is not set; subscribe to API Sirene on "
                "Insee's portal (free) and write its integration key there"
            )
        agent = f"Portevoix (+{settings.contact})" if settings.contact else "Portevoix"
        self._source_id = source_id
        headers = {"User-Agent": agent, KEY_HEADER: key, "Accept": "application/json"}
        self._http = httpx.Client(timeout=TIMEOUT_SECONDS, headers=headers)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def establishments(self, question: str, *, cursor: str = START, limit: int = PAGE) -> Reply:
        """The establishments that `question` asks for, in order of SIRET, from `cursor` on."""
        query: dict[str, str | int] = {
            "q": question,
            "nombre": limit,
            "curseur": cursor,
            "tri": "siret",
        }
        try:
            response = self._http.get(ADDRESS, params=query)
            if _says_nothing_found(response):
                return Reply(0, [], None)
            self._refuse(response)
            rows = Rows.model_validate(read_json(response.content))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            kind = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
            raise kind(self._sentence(kind)) from None
        except (ValueError, ValidationError, RecursionError):
            raise PayloadError(self._sentence(PayloadError)) from None
        following = rows.header.curseur_suivant
        is_last = not following or following == cursor or not rows.etablissements
        return Reply(rows.header.total, rows.etablissements, None if is_last else following)

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
            f"{self._source_id}: Insee asks to come back later; the rest is read by the next try",
            retry_at=asked.until,
            wait_seconds=FREE_PLAN_WINDOW_SECONDS if asked.seconds is None else asked.seconds,
        )

    def _sentence(self, kind: type[CollectError]) -> str:
        return f"{self._source_id}: {SENTENCES[kind]}"


def _says_nothing_found(response: httpx.Response) -> bool:
    """Insee answers 404 with its own header when nothing fits; any other 404 is a wrong address."""
    if response.status_code != httpx.codes.NOT_FOUND:
        return False
    try:
        said = response.json()
    except ValueError:
        return False
    header = said.get("header") if isinstance(said, dict) else None
    return isinstance(header, dict) and header.get("statut") == httpx.codes.NOT_FOUND
