"""What a person decides of occasions: openings confirmed or set aside, guests and their answers."""

from __future__ import annotations

__all__ = ["router"]

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import RedirectResponse
from pydantic import Field

from decisions import invitations, occasions, occasions_aside
from decisions.occasions import Plan
from outreach.occasions import OPENING_DAYS
from review.acting import ActForm, acting, back_to
from review.preferring import account_of
from review.visit import CityVisit, OpenVisit

router = APIRouter(prefix="/{lang}/{city_id}/decider")

Id = Annotated[str, Field(max_length=500)]
Words = Annotated[str, Field(max_length=200)]


class Opened(ActForm):
    """An occasion to open: of an opening, of a project, or a business already there."""

    title: Words
    opening_id: Id | None = None
    project_id: Id | None = None
    trade: Words | None = None
    address: Words | None = None
    handle: Words | None = None
    held_on: date | None = None


class Aside(ActForm):
    """An opening to set aside (with a reason), or to take back (without one)."""

    opening_id: Id
    reason: Words | None = None


class Stated(ActForm):
    """An occasion and what becomes of it: close, reopen or withdraw."""

    occasion_id: Id
    to: Words


class Guest(ActForm):
    """A resident chosen for an occasion."""

    occasion_id: Id
    person_id: Id


class Answered(ActForm):
    """An invitation and where it stands now; `drop` takes a choice back."""

    occasion_id: Id
    invitation_id: Id
    to: Words


STATES = {"close": occasions.close, "reopen": occasions.reopen, "withdraw": occasions.withdraw}


@router.post("/ouvrir")
def open_occasion(visit: CityVisit, form: Annotated[Opened, Form()]) -> RedirectResponse:
    """Open an occasion; an opening that is no news any more is a business already there."""
    kind: occasions.Kind = "project" if form.project_id else "business"
    if form.opening_id:
        found = visit.rows("opening", opening_id=form.opening_id)
        if not found:
            raise HTTPException(404)
        age = visit.today - found[0]["published_on"]
        kind = "business" if age.days > OPENING_DAYS else "opening"
    plan = Plan(kind=kind, **form.model_dump(exclude={"token"}))
    with acting(visit, form) as act:
        occasion_id = occasions.open_occasion(act, plan)
    if visit.is_open:
        return back_to(visit, f"occasions/{occasion_id}")
    return back_to(visit, "ouvertures")


@router.post("/ecarter")
def set_aside(visit: CityVisit, form: Annotated[Aside, Form()]) -> RedirectResponse:
    """Set an opening aside, or take that back."""
    with acting(visit, form) as act:
        if form.reason:
            occasions_aside.set_aside(act, form.opening_id, reason=form.reason)
        else:
            occasions_aside.take_back(act, form.opening_id)
    return back_to(visit, f"ouvertures/{quote(form.opening_id)}")


@router.post("/occasion")
def change(visit: CityVisit, form: Annotated[Stated, Form()]) -> RedirectResponse:
    """Close an occasion, reopen it, or take it back."""
    if form.to not in STATES:
        raise HTTPException(400)
    with acting(visit, form) as act:
        STATES[form.to](act, form.occasion_id)
    if form.to == "withdraw" or not visit.is_open:
        return back_to(visit, "ouvertures")
    return back_to(visit, f"occasions/{quote(form.occasion_id)}")


@router.post("/inviter")
def choose(visit: OpenVisit, form: Annotated[Guest, Form()]) -> RedirectResponse:
    """Choose a resident who is shown; nothing is sent."""
    found = visit.person_rows("resident", person_id=form.person_id)
    if not found:
        raise HTTPException(404)
    with acting(visit, form) as act:
        invitations.choose(act, form.occasion_id, account_of(found[0]))
    return back_to(visit, f"occasions/{quote(form.occasion_id)}#guests")


@router.post("/invitation")
def answer(visit: OpenVisit, form: Annotated[Answered, Form()]) -> RedirectResponse:
    """Keep that a guest was asked, what they answered, that they came; or drop the choice."""
    with acting(visit, form) as act:
        if form.to == "drop":
            invitations.drop(act, form.invitation_id)
        else:
            invitations.move(act, form.invitation_id, to=form.to)  # type: ignore[arg-type]  # checked there
    return back_to(visit, f"occasions/{quote(form.occasion_id)}#guests")
