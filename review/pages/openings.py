"""Businesses newly opened: candidates until a person confirms them; and the other occasions."""

from __future__ import annotations

__all__ = ["router"]

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from decisions.occasions_aside import REASONS
from outreach.occasions import OPENING_DAYS
from review.decided import Decided, decided_now
from review.inviting import activity_of, guests_of, letter_of, trade_choices, trade_of
from review.paging import Paging, window
from review.snapshot import Row
from review.visit import CityVisit, Visit

router = APIRouter()

State = Literal["", "candidate", "confirmed", "aside", "old"]


class Asked(BaseModel):
    """The page of the list and the state that it is narrowed to; any other field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int = Field(1, ge=1, le=100_000)
    state: State = ""

    def query(self, *, page: int = 1, state: State | None = None) -> str:
        """The address of another page of the list, or of its rows in another state."""
        wanted = self.state if state is None else state
        return f"?page={page}" + (f"&state={wanted}" if wanted else "")


@router.get("/{lang}/{city_id}/ouvertures")
def index(visit: CityVisit, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """One page of openings, newest first, and the other occasions."""
    decided = decided_now(visit)
    stated = _stated(visit, decided)
    rows = visit.rows("openings", **window(asked.page), **stated, state=asked.state)
    proposed = visit.rows("occasions")
    return visit.render(
        "openings/index.html",
        openings=[_in_words(visit, opening) for opening in rows],
        occasions=[row for row in decided.occasions if row["kind"] != "opening"],
        projects=[row for row in proposed if _is_open_project(row, decided)],
        counts={row["state"]: row["count_openings"] for row in visit.rows("states", **stated)},
        trades=trade_choices(visit.city, visit.language),
        paging=Paging.of(rows, page=asked.page),
        asked=asked,
    )


@router.get("/{lang}/{city_id}/ouvertures/{opening_id:path}")
def show(visit: CityVisit, opening_id: str) -> HTMLResponse:
    """One opening; whom to invite is shown once the ranking is open. 404 when unknown."""
    found = visit.rows("opening", opening_id=opening_id)
    if not found:
        raise HTTPException(404)
    opening = _in_words(visit, found[0])
    decided = decided_now(visit)
    guests = guests_of(visit, [opening["occasion_id"]]) if visit.is_open else []
    return visit.render(
        "openings/show.html",
        opening=opening,
        state=state_of(opening, decided, news_since=_news_since(visit)),
        occasion=decided.occasion(f"opening:{opening_id}"),
        reason=decided.aside.get(opening_id),
        reasons=REASONS,
        trades=trade_choices(visit.city, visit.language),
        guests=guests,
        letter=letter_of(visit.effective_city, opening, language=visit.language) if guests else (),
    )


def state_of(opening: Row, decided: Decided, *, news_since: date) -> State:
    """Where an opening stands: what a person said, else whether it is still news."""
    if opening["opening_id"] in decided.confirmed:
        return "confirmed"
    if opening["opening_id"] in decided.aside:
        return "aside"
    return "old" if opening["published_on"] < news_since else "candidate"


def _news_since(visit: Visit) -> date:
    return visit.today - timedelta(days=OPENING_DAYS)


def _stated(visit: Visit, decided: Decided) -> dict[str, object]:
    return {
        "confirmed": decided.confirmed,
        "aside": sorted(decided.aside),
        "news_since": _news_since(visit),
    }


def _is_open_project(row: Row, decided: Decided) -> bool:
    """Whether this is a project of the city file for which nobody opened an occasion."""
    return bool(row["occasion_id"].startswith("project:")) and (
        decided.occasion(row["occasion_id"]) is None
    )


def _in_words(visit: Visit, row: Row) -> Row:
    return (
        {"is_head_office": False, "registers": []}
        | row
        | {
            "proposed": activity_of(row["activity_id"], visit.language),
            "trade_words": trade_of(visit.city, row["trade"], visit.language),
        }
    )
