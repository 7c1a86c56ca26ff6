"""One occasion: what and when, who is asked and their answers, whom to invite, what to relay."""

from __future__ import annotations

__all__ = ["router"]

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse

from decisions.invitations import NEXT
from review.acting import back_to
from review.decided import Decided, decided_now, proposals_of
from review.inviting import activity_of, guests_of, letter_of, trade_of
from review.relaying import items_of
from review.snapshot import Row
from review.visit import OpenVisit, Visit

router = APIRouter()


@router.get("/{lang}/{city_id}/occasions/{occasion_id:path}", response_model=None)
def show(visit: OpenVisit, occasion_id: str) -> HTMLResponse | RedirectResponse:
    """One occasion, decided or proposed; a proposal that was decided leads there, or 404."""
    decided = decided_now(visit)
    row = decided.occasion(occasion_id)
    if row is not None and row["occasion_id"] != occasion_id:
        return back_to(visit, f"occasions/{row['occasion_id']}")
    proposed = _proposed(visit, proposals_of(row) if row else [occasion_id])
    if row is None and proposed is None:
        raise HTTPException(404)
    occasion = _whole(visit, row, proposed)
    asked = _asked(visit, decided, occasion_id)
    names = {guest["person_id"] for guest in asked}
    guests = guests_of(visit, [proposed["occasion_id"]] if proposed else [])
    return visit.render(
        "openings/occasion.html",
        occasion=occasion,
        is_decided=row is not None,
        asked=asked,
        guests=[guest for guest in guests if guest["person_id"] not in names],
        letter=letter_of(visit.effective_city, occasion, language=visit.language),
        items=[item for item in items_of(visit, decided) if item["occasion_id"] == occasion_id],
    )


def _proposed(visit: Visit, ids: list[str]) -> Row | None:
    """What the night computed for the occasion, under the first of these ids that it knows."""
    for occasion_id in ids:
        for row in visit.rows("occasion", occasion_id=occasion_id):
            return row
    return None


def _whole(visit: Visit, row: Row | None, proposed: Row | None) -> Row:
    """What people decided, over what the night computed, in words."""
    blank: Row = {"trade": "", "themes": [], "activity_id": None, "opening_id": None}
    decided: Row = row or {"address": None, "handle": None, "held_on": None, "closed_at": None}
    whole = blank | (proposed or {}) | decided
    whole["trade"] = decided.get("trade") or (proposed or blank)["trade"]
    project_id = whole["occasion_id"].removeprefix("project:")
    for project in visit.city.projects:
        if project.project_id in (whole.get("project_id"), project_id):
            whole["held_on"] = whole["held_on"] or project.on
            whole["address"] = whole["address"] or project.place
    return whole | {
        "proposed": activity_of(whole["activity_id"], visit.language),
        "trade_words": trade_of(visit.city, whole["trade"], visit.language),
    }


def _asked(visit: Visit, decided: Decided, occasion_id: str) -> list[Row]:
    """The guests of an occasion with their state, and the steps that may follow."""
    found = [one for one in decided.invitations if one["occasion_id"] == occasion_id]
    names = [one["author_id"] for one in found]
    people = {
        (account["platform"], account["author_id"]): person
        for person in visit.person_rows("people", author_ids=names)
        for account in person["accounts"]
    }
    nobody = {"person_id": None, "display_name": None}
    return [
        nobody
        | people.get((one["platform"], one["author_id"]), {})
        | one
        | {"steps": NEXT[one["state"]]}
        for one in found
    ]
