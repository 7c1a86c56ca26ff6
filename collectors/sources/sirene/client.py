"""Insee's API Sirene 3.11 (portail-api.insee.fr)."""

from __future__ import annotations

__all__ = ["PAGE", "START", "Reply", "SireneClient"]

from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict, Field

from cities.settings import Settings
from collectors.errors import CredentialError
from collectors.json_site import JsonSite, Phrases

ADDRESS = "https://api.insee.fr/api-sirene/3.11/siret"
KEY_HEADER = "X-INSEE-Api-Key-Integration"
# The free plan grants 30 requests a minute, so pages are as large as the API permits.
PAGE = 1000
START = "*"
TIMEOUT_SECONDS = 30
FREE_PLAN_WINDOW_SECONDS = 60.0
PHRASES = Phrases(
    who="Insee",
    credential=(
        "refuses the key; subscribe to API Sirene on its portal and write the integration key "
        "in PORTEVOIX_SIRENE_KEY"
    ),
    refused="check `commune` in the city file",
)


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
        self._site = JsonSite(
            source_id,
            PHRASES,
            contact=settings.contact,
            headers={KEY_HEADER: key},
            timeout_seconds=TIMEOUT_SECONDS,
            usual_wait_seconds=FREE_PLAN_WINDOW_SECONDS,
        )

    def close(self) -> None:
        """Close the connections."""
        self._site.close()

    def establishments(self, question: str, *, cursor: str = START, limit: int = PAGE) -> Reply:
        """The establishments that `question` asks for, in order of SIRET, from `cursor` on."""
        query: dict[str, str | int] = {
            "q": question,
            "nombre": limit,
            "curseur": cursor,
            "tri": "siret",
        }
        answer = self._site.ask(ADDRESS, query)
        if _says_nothing_found(answer):
            return Reply(0, [], None)
        rows = self._site.read(answer, Rows)
        following = rows.header.curseur_suivant
        is_last = not following or following == cursor or not rows.etablissements
        return Reply(rows.header.total, rows.etablissements, None if is_last else following)


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
