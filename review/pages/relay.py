"""Posts to relay, of all occasions: a person asks their author, and keeps the answer."""

from __future__ import annotations

__all__ = ["router"]

from itertools import groupby
from operator import itemgetter
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import Field

from cities.brief import Account
from decisions import relays
from review.acting import ActForm, acting, back_to
from review.decided import decided_now
from review.relaying import items_of
from review.visit import OpenVisit

router = APIRouter()
# What is to be done first.
ORDER = ("granted", "", "asked", "relayed", "refused")


class Asked(ActForm):
    """A post whose author was asked; its author is looked up, not believed."""

    occasion_id: str = Field(max_length=60)
    platform: str = Field(max_length=40)
    post_id: str = Field(max_length=500)


class Moved(ActForm):
    """Where a relay stands now; `drop` when its author was not asked after all."""

    relay_id: str = Field(max_length=60)
    to: str = Field(max_length=20)


@router.get("/{lang}/{city_id}/relay")
def show(visit: OpenVisit) -> HTMLResponse:
    """All posts proposed or decided on, occasion by occasion."""
    items = items_of(visit, decided_now(visit))
    items.sort(key=lambda item: (item["occasion_id"], ORDER.index(item["state"])))
    groups = [list(of_one) for _, of_one in groupby(items, key=itemgetter("occasion_id"))]
    return visit.render("relay/show.html", groups=groups)


@router.post("/{lang}/{city_id}/relay/demander")
def ask(visit: OpenVisit, form: Annotated[Asked, Form()]) -> RedirectResponse:
    """Keep that a person asked the author of a post that is shown."""
    for post in visit.person_rows("relayed_posts", post_ids=[form.post_id]):
        if post["platform"] == form.platform:
            account = Account(platform=post["platform"], author_id=post["author_id"])
            with acting(visit, form) as act:
                relays.ask(act, form.occasion_id, account, post_id=form.post_id)
            return back_to(visit, f"relay#{form.occasion_id}")
    raise HTTPException(404)


@router.post("/{lang}/{city_id}/relay/noter")
def move(visit: OpenVisit, form: Annotated[Moved, Form()]) -> RedirectResponse:
    """Keep the answer, that the post was relayed, or that a state was a mistake."""
    with acting(visit, form) as act:
        if form.to == "drop":
            relays.drop(act, form.relay_id)
        else:
            relays.move(act, form.relay_id, to=form.to)  # type: ignore[arg-type]  # checked there
    return back_to(visit, "relay")
