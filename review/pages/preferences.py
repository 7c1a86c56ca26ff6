"""Whom an analyst would rather ask, and the weights of the rankings that this teaches.

A night proposes weights; here a person accepts them, and puts the city's own back.
"""

from __future__ import annotations

__all__ = ["router"]

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import Field

from cities.brief import Account
from cities.effective import LEAST_PREFERENCES
from decisions import preferences, weights
from review.acting import ActForm, acting, back_to
from review.preferring import COUNT_COMPARED, account_of, pair_to_compare, said_of, weights_of
from review.snapshot import Row
from review.visit import OpenVisit, Visit

router = APIRouter(prefix="/{lang}/{city_id}/preferences")
COUNT_SHOWN = 50
Theme = Annotated[str, Field(max_length=60)]
Id = Annotated[str, Field(max_length=500)]


class Said(ActForm):
    """Two residents, the first of whom would rather be asked; `back`: to which list."""

    preferred: Id
    other: Id
    theme: Theme = ""
    back: Annotated[str, Field(pattern="^(preferences|habitants)$")] = "preferences"


class Withdrawn(ActForm):
    """A preference to take back."""

    preference_id: Id


class Accepted(ActForm):
    """The proposal that a person read and accepts."""

    proposal_id: Id


@router.get("")
def show(
    visit: OpenVisit,
    theme: Annotated[str, Query(max_length=60)] = "",
    other: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """Two residents to compare, the weights in use and proposed, what was said."""
    if theme not in ("", *visit.city.themes):
        raise HTTPException(400)
    with visit.site.store.reading() as session:
        all_said = preferences.all_preferences(session, visit.city.city_id)
        accepted = weights.accepted(session, visit.city.city_id)
    said = said_of(visit, all_said)
    proposal = next(iter(visit.rows("weight_proposal")), None)
    return visit.render(
        "preferences/show.html",
        theme=theme,
        other=other,
        pair=pair_to_compare(
            visit.person_rows("compared", theme=theme, limit=COUNT_COMPARED),
            {
                frozenset((row["preferred"]["person_id"], row["other"]["person_id"]))
                for row in said
                if row["preferred"] and row["other"] and row["theme"] == theme
            },
            skip=other,
        ),
        themes_shown=["", *visit.city.themes],
        said=said[:COUNT_SHOWN],
        count_said=len(said),
        count_wanted=proposal["count_wanted"] if proposal else LEAST_PREFERENCES,
        proposal=proposal,
        weights=weights_of(visit.rows("weights")),
        moves=visit.person_rows("weight_moves"),
        accepted=accepted,
    )


@router.post("/dire")
def say(visit: OpenVisit, form: Annotated[Said, Form()]) -> RedirectResponse:
    """Keep that one resident would rather be asked than another."""
    preferred, other = _account(visit, form.preferred), _account(visit, form.other)
    with acting(visit, form) as act:
        preferences.prefer(act, preferred, other, theme=form.theme)
    query = f"?{urlencode({'theme': form.theme})}" if form.theme else ""
    return back_to(visit, f"{form.back}{query}")


@router.post("/retirer")
def withdraw(visit: OpenVisit, form: Annotated[Withdrawn, Form()]) -> RedirectResponse:
    """Take a preference back."""
    with acting(visit, form) as act:
        preferences.withdraw(act, form.preference_id)
    return back_to(visit, "preferences#said")


@router.post("/accepter")
def accept(visit: OpenVisit, form: Annotated[Accepted, Form()]) -> RedirectResponse:
    """Use the proposed weights from the next night on; 404 when another set is proposed now."""
    proposal = next(iter(visit.rows("weight_proposal")), None)
    if proposal is None or (proposal["proposal_id"], proposal["state"]) != (
        form.proposal_id,
        "proposed",
    ):
        raise HTTPException(404)
    proposed: dict[str, float] = {row["name"]: row["proposed"] for row in visit.rows("weights")}
    with acting(visit, form) as act:
        weights.accept(act, form.proposal_id, **proposed)
    return back_to(visit, "preferences#weights")


@router.post("/revenir")
def put_back(visit: OpenVisit, form: Annotated[ActForm, Form()]) -> RedirectResponse:
    """Give the weights back to the city file."""
    with acting(visit, form) as act:
        weights.put_back(act)
    return back_to(visit, "preferences#weights")


def _account(visit: Visit, person_id: str) -> Account:
    found: list[Row] = visit.person_rows("resident", person_id=person_id)
    if not found:
        raise HTTPException(404)
    return account_of(found[0])
