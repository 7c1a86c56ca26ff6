"""The BODACC's open data (Opendatasoft, records API 2.1)."""

from __future__ import annotations

__all__ = ["DEEPEST_ROW", "PAGE", "BodaccClient", "Reply"]

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cities.settings import Settings
from collectors.json_site import JsonSite, Phrases

ADDRESS = (
    "https://bodacc-datadila.opendatasoft.com"
    "/api/explore/v2.1/catalog/datasets/annonces-commerciales/records"
)
PAGE = 100
# offset + limit may not go beyond (the register answers 400).
DEEPEST_ROW = 10_000
PHRASES = Phrases(
    who="the register",
    credential="refuses this machine; ask the DILA to let it in",
    refused="check `commune` in the city file",
)


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
        self._site = JsonSite(source_id, PHRASES, contact=settings.contact)

    def close(self) -> None:
        """Close the connections."""
        self._site.close()

    def notices(self, where: str, *, offset: int = 0, limit: int = PAGE) -> Reply:
        """The notices that `where` (ODSQL) asks for, oldest first, from row `offset` on."""
        answer = self._site.ask(
            ADDRESS,
            {"where": where, "order_by": "dateparution,id", "limit": limit, "offset": offset},
        )
        rows = self._site.read(answer, Rows)
        left = answer.headers.get("X-RateLimit-Remaining", "")
        return Reply(rows.total_count, rows.results, int(left) if left.isdigit() else None)
