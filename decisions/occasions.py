"""Occasions: what residents are invited to. None has a field that asks for a post in return."""

from __future__ import annotations

__all__ = ["Plan", "close", "open_occasion", "standing", "under_way"]

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from cities.themes import ALL_THEMES
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.forms import choice, line, slug
from decisions.models import Occasion

Kind = Literal["opening", "business", "project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an occasion is to be: an opening, a business already there, a project of the city.

    `opening_id` goes with kind `opening` alone. `trade` is a code of the trades' data.
    """

    kind: Kind
    title: str
    opening_id: str | None = None
    trade: str | None = None
    theme: str | None = None
    held_on: date | None = None


def open_occasion(act: Act, plan: Plan) -> str:
    """Open an occasion; returns the `occasion_id`. One opening gives one occasion at most."""
    kind = choice("kind", plan.kind, among=get_args(Kind))
    if (kind == "opening") != (plan.opening_id is not None):
        raise MalformedError(
            "opening_id: goes with kind opening, and only with it; give it or change kind"
        )
    opening_id = None if plan.opening_id is None else line("opening_id", plan.opening_id, limit=500)
    _refuse_second(act, opening_id)
    occasion = Occasion(
        occasion_id=new_id("o"),
        city_id=act.city_id,
        kind=kind,
        title=line("title", plan.title),
        opening_id=opening_id,
        trade=None if plan.trade is None else slug("trade", plan.trade),
        theme=None if plan.theme is None else choice("theme", plan.theme, among=ALL_THEMES),
        held_on=plan.held_on,
        opened_at=act.at,
    )
    act.session.add(occasion)
    record(act, "occasion_opened", occasion.occasion_id)
    return occasion.occasion_id


def close(act: Act, occasion_id: str) -> None:
    """Close an occasion: it and its invitations leave the next brief."""
    occasion = standing(act, occasion_id)
    occasion.closed_at = act.at
    record(act, "occasion_closed", occasion_id)


def standing(act: Act, occasion_id: str) -> Occasion:
    """The occasion under way of this id; `UnknownError` or `RefusedError` when there is none."""
    occasion = act.session.get(Occasion, occasion_id)
    if occasion is None or occasion.city_id != act.city_id:
        raise UnknownError("occasion_id: the city has no such occasion; check the list")
    if occasion.closed_at is not None:
        raise RefusedError("occasion_id: this occasion is closed; open another")
    return occasion


def under_way(session: Session, city_id: str) -> tuple[brief.Occasion, ...]:
    """The occasions under way in a city, by id."""
    rows = session.scalars(
        select(Occasion)
        .where(Occasion.city_id == city_id, Occasion.closed_at.is_(None))
        .order_by(Occasion.occasion_id)
    )
    return tuple(
        brief.Occasion.model_validate(
            {
                "occasion_id": row.occasion_id,
                "kind": row.kind,
                "title": row.title,
                "opening_id": row.opening_id,
                "trade": row.trade,
                "theme": row.theme,
                "on": row.held_on,
            }
        )
        for row in rows
    )


def _refuse_second(act: Act, opening_id: str | None) -> None:
    if opening_id is None:
        return
    former = act.session.scalar(
        select(Occasion.occasion_id).where(
            Occasion.city_id == act.city_id, Occasion.opening_id == opening_id
        )
    )
    if former is not None:
        raise RefusedError(f"opening_id: occasion {former} comes of this opening; use that one")
