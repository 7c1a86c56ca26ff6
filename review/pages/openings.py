"""Businesses newly opened and other occasions: an activity, whom to invite and why, the letter."""

from __future__ import annotations

__all__ = ["router"]

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from review.inviting import activity_of, letter_of, reasons_of, trade_of
from review.paging import Paging, window
from review.snapshot import Row
from review.visit import CityVisit, OpenVisit, Visit

router = APIRouter()


class Asked(BaseModel):
    """The page of the list; any other field is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int = Field(1, ge=1, le=100_000)

    def query(self, *, page: int) -> str:
        """The address of another page of the list."""
        return f"?page={page}"


@router.get("/{lang}/{city_id}/ouvertures")
def index(visit: CityVisit, asked: Annotated[Asked, Query()]) -> HTMLResponse:
    """One page of openings, newest first, and the other occasions under way."""
    openings = visit.rows("openings", **window(asked.page))
    return visit.render(
        "openings/index.html",
        openings=[_in_words(visit, opening) for opening in openings],
        occasions=[_in_words(visit, occasion) for occasion in visit.rows("occasions")],
        paging=Paging.of(openings, page=asked.page),
        asked=asked,
    )


@router.get("/{lang}/{city_id}/ouvertures/{opening_id:path}")
def show(visit: CityVisit, opening_id: str) -> HTMLResponse:
    """One opening; whom to invite is shown once the ranking is open. 404 when unknown."""
    opening = _one(visit.rows("opening", opening_id=opening_id))
    guests = _guests(visit, opening["occasion_id"]) if visit.is_open else []
    return visit.render(
        "openings/show.html",
        opening=_in_words(visit, opening),
        guests=guests,
        letter=_letter(visit, opening) if guests else None,
    )


@router.get("/{lang}/{city_id}/occasions/{occasion_id:path}")
def occasion(visit: OpenVisit, occasion_id: str) -> HTMLResponse:
    """One occasion that comes of no opening. 404 when unknown."""
    found = _one(visit.rows("occasion", occasion_id=occasion_id))
    guests = _guests(visit, occasion_id)
    return visit.render(
        "openings/occasion.html",
        occasion=_in_words(visit, found),
        guests=guests,
        letter=_letter(visit, found) if guests else None,
    )


def _one(rows: list[Row]) -> Row:
    if not rows:
        raise HTTPException(404)
    return rows[0]


def _in_words(visit: Visit, row: Row) -> Row:
    return row | {
        "proposed": activity_of(row["activity_id"], visit.language),
        "trade_words": trade_of(visit.city, row["trade"], visit.language),
    }


def _letter(visit: Visit, occasion: Row) -> list[str] | None:
    return letter_of(visit.effective_city, occasion, language=visit.language)


def _guests(visit: Visit, occasion_id: str | None) -> list[Row]:
    guests = visit.person_rows("invitations", occasion_id=occasion_id)
    labels = visit.theme_labels
    for guest in guests:
        guest["why"] = reasons_of(guest, visit.language, themes=labels)
    return guests
