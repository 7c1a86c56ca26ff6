"""The residents in order, overall or by theme: narrowed, sorted, in pages of 25."""

from __future__ import annotations

__all__ = ["Filters", "router"]

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from review.drawing import span_of
from review.paging import Paging, window
from review.visit import OpenVisit, Visit

router = APIRouter()


class Filters(BaseModel):
    """What the reader asked for; every field has a default, any other field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    theme: str = Field("", max_length=60)
    platform: str = Field("", max_length=60)
    band: Literal["", "A", "B", "C"] = ""
    member: Literal["", "yes", "no"] = ""
    text: str = Field("", max_length=100)
    sort: Literal["rank", "name", "reach", "recent"] = "rank"
    page: int = Field(1, ge=1, le=100_000)

    @property
    def is_narrow(self) -> bool:
        """Whether some residents of the ranking may be left out."""
        return any((self.platform, self.band, self.member, self.text))

    def query(self, **changes: object) -> str:
        """The address of the same list with changes, from its first page unless said."""
        values = self.model_dump(exclude_defaults=True) | {"page": 1} | changes
        fields = type(self).model_fields
        kept = {name: v for name, v in values.items() if v != fields[name].default}
        return f"?{urlencode(kept)}" if kept else "?"


@router.get("/{lang}/{city_id}/habitants")
def index(visit: OpenVisit, filters: Annotated[Filters, Query()]) -> HTMLResponse:
    """One page of residents; 400 for a theme or platform that the night does not have."""
    choices = _choices(visit)
    if filters.theme not in choices["theme"] or filters.platform not in choices["platform"]:
        raise HTTPException(400)
    asked = filters.model_dump(exclude={"page"})
    rows = visit.person_rows("residents", **asked, **window(filters.page))
    for row in rows:
        ends = (row["axis_least"], row["axis_most"])
        row["span"] = span_of(row["low"], row["score"], row["high"], ends=ends)
    return visit.render(
        "residents/index.html",
        residents=rows,
        filters=filters,
        choices=choices,
        paging=Paging.of(rows, page=filters.page),
    )


def _choices(visit: Visit) -> dict[str, list[str]]:
    """Themes (in the city's order) and platforms of the night; '' (all of them) is always one."""
    choices: dict[str, list[str]] = {"theme": [""], "platform": [""]}
    order: dict[str, int] = {theme: place for place, theme in enumerate(visit.city.themes, start=1)}
    for row in visit.person_rows("choices"):
        if row["code"]:
            choices[row["kind"]].append(row["code"])
    choices["theme"].sort(key=lambda theme: order.get(theme, 0))
    return choices
