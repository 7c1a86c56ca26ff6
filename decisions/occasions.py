"""Occasions: what residents are invited to. None has a field that asks for a post in return.

    an opening of the register ──► confirmed: an occasion, under way ──► closed
       │   ▲                          │   ▲                               │
       ▼   └── taken back ────────────┘   └─────────── reopened ──────────┘
      set aside, with its reason

A register's opening is a candidate until a person confirms it: a new number is often a head
office, or a sole trader at home.
"""

from __future__ import annotations

__all__ = [
    "Plan",
    "all_occasions",
    "close",
    "open_occasion",
    "reopen",
    "settled",
    "standing",
    "under_way",
    "withdraw",
]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.forms import choice, line, slug
from decisions.models import Invitation, Occasion, Relay, SetAside

Kind = Literal["opening", "business", "project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an occasion is to be: an opening, a business already there, a project of the city.

    `opening_id` goes with an opening, and with a business that a register knows; `project_id`
    with a project of the city file. `trade` and `activity` are codes of their data files;
    `address` and `handle` are those of the business, in words.
    """

    kind: Kind
    title: str
    opening_id: str | None = None
    project_id: str | None = None
    trade: str | None = None
    theme: str | None = None
    activity: str | None = None
    address: str | None = None
    handle: str | None = None
    held_on: date | None = None


def open_occasion(act: Act, plan: Plan) -> str:
    """Open an occasion; returns the `occasion_id`.

    One opening or one project gives one occasion: said again while it is under way, that one is
    returned. `RefusedError` when the opening was set aside, or its occasion is closed.
    """
    _refuse_unfit(plan)
    former = _former(act, plan)
    if former is not None:
        return former
    occasion = Occasion(
        occasion_id=new_id("o"),
        city_id=act.city_id,
        kind=choice("kind", plan.kind, among=get_args(Kind)),
        title=line("title", plan.title),
        opening_id=_line_or_none("opening_id", plan.opening_id, limit=500),
        project_id=_slug_or_none("project_id", plan.project_id),
        trade=_slug_or_none("trade", plan.trade),
        theme=None if plan.theme is None else choice("theme", plan.theme, among=act.themes),
        activity=_slug_or_none("activity", plan.activity),
        address=_line_or_none("address", plan.address),
        handle=_line_or_none("handle", plan.handle),
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


def reopen(act: Act, occasion_id: str) -> None:
    """Take a closing back; nothing changes when the occasion is under way."""
    occasion = _occasion(act, occasion_id)
    if occasion.closed_at is not None:
        occasion.closed_at = None
        record(act, "occasion_reopened", occasion_id)


def withdraw(act: Act, occasion_id: str) -> None:
    """Take an occasion back as if it had never been opened; `RefusedError` once it has guests."""
    occasion = _occasion(act, occasion_id)
    for table in (Invitation, Relay):
        if act.session.scalar(select(table).where(table.occasion_id == occasion_id).limit(1)):
            raise RefusedError(
                "occasion_id: this occasion has guests already; drop them first, or close it"
            )
    act.session.delete(occasion)
    record(act, "occasion_withdrawn", occasion_id)


def standing(act: Act, occasion_id: str) -> Occasion:
    """The occasion under way of this id; `UnknownError` or `RefusedError` when there is none."""
    occasion = _occasion(act, occasion_id)
    if occasion.closed_at is not None:
        raise RefusedError("occasion_id: this occasion is closed; reopen it, or open another")
    return occasion


def all_occasions(session: Session, city_id: str) -> Sequence[Occasion]:
    """The occasions of a city, closed ones too, the newest first."""
    return session.scalars(
        select(Occasion)
        .where(Occasion.city_id == city_id)
        .order_by(Occasion.opened_at.desc(), Occasion.occasion_id)
    ).all()


def under_way(session: Session, city_id: str) -> tuple[brief.Occasion, ...]:
    """The occasions under way in a city, by id."""
    rows = [row for row in all_occasions(session, city_id) if row.closed_at is None]
    return tuple(_for_brief(row) for row in sorted(rows, key=lambda row: row.occasion_id))


def settled(session: Session, city_id: str) -> tuple[str, ...]:
    """Proposals not to be made again, sorted: openings set aside, occasions that are over."""
    aside = session.scalars(select(SetAside.opening_id).where(SetAside.city_id == city_id))
    found = {f"opening:{opening_id}" for opening_id in aside}
    for row in all_occasions(session, city_id):
        if row.closed_at is not None and row.opening_id:
            found.add(f"opening:{row.opening_id}")
        if row.closed_at is not None and row.project_id:
            found.add(f"project:{row.project_id}")
    return tuple(sorted(found))


def _for_brief(row: Occasion) -> brief.Occasion:
    return brief.Occasion.model_validate(
        {
            "occasion_id": row.occasion_id,
            "kind": row.kind,
            "title": row.title,
            "opening_id": row.opening_id,
            "trade": row.trade,
            "theme": row.theme,
            "on": row.held_on,
            "project_id": row.project_id,
            "activity": row.activity,
            "address": row.address,
            "handle": row.handle,
        }
    )


def _occasion(act: Act, occasion_id: str) -> Occasion:
    occasion = act.session.get(Occasion, occasion_id)
    if occasion is None or occasion.city_id != act.city_id:
        raise UnknownError("occasion_id: the city has no such occasion; check the list")
    return occasion


def _refuse_unfit(plan: Plan) -> None:
    needs, takes = plan.kind == "opening", plan.kind in ("opening", "business")
    if (needs and plan.opening_id is None) or (not takes and plan.opening_id is not None):
        raise MalformedError(
            "opening_id: goes with kind opening, or with a business of the register; give it or "
            "change kind"
        )
    if plan.project_id is not None and plan.kind != "project":
        raise MalformedError("project_id: goes with kind project; change kind")


def _former(act: Act, plan: Plan) -> str | None:
    if plan.opening_id and act.session.get(SetAside, (act.city_id, plan.opening_id)):
        raise RefusedError("opening_id: this opening was set aside; take that back first")
    for column, value in (
        (Occasion.opening_id, plan.opening_id),
        (Occasion.project_id, plan.project_id),
    ):
        if value is not None:
            of_city = select(Occasion).where(Occasion.city_id == act.city_id, column == value)
            former = act.session.scalar(of_city)
            if former is not None:
                return standing(act, former.occasion_id).occasion_id
    return None


def _line_or_none(field: str, text: str | None, *, limit: int = 200) -> str | None:
    return line(field, text, limit=limit) if text else None


def _slug_or_none(field: str, text: str | None) -> str | None:
    return slug(field, text) if text else None
