"""Openings set aside: a person's word that nobody is to be invited to this one, and why."""

from __future__ import annotations

__all__ = ["REASONS", "all_aside", "set_aside", "take_back"]

from sqlalchemy import select
from sqlalchemy.orm import Session

from decisions.act import Act
from decisions.audit import record
from decisions.errors import RefusedError, UnknownError
from decisions.forms import choice, line
from decisions.models import Occasion, SetAside

# What a register cannot say: a seat without a shop, a sole trader at home, a business without a
# public, one that moved or changed hands, a shop that closed again, one that asked to be left out.
REASONS = ("head_office", "at_home", "no_public", "known", "closed", "asked")
AUDIT_LENGTH = 64


def set_aside(act: Act, opening_id: str, *, reason: str) -> None:
    """Set an opening aside; the last reason counts. `RefusedError` once it is confirmed."""
    choice("reason", reason, among=REASONS)
    opening_id = line("opening_id", opening_id, limit=500)
    of_opening = select(Occasion.occasion_id).where(
        Occasion.city_id == act.city_id, Occasion.opening_id == opening_id
    )
    former = act.session.scalar(of_opening)
    if former is not None:
        raise RefusedError(
            f"opening_id: occasion {former} comes of this opening; withdraw that one first"
        )
    row = act.session.get(SetAside, (act.city_id, opening_id))
    if row is not None and row.reason == reason:
        return
    if row is None:
        row = SetAside(city_id=act.city_id, opening_id=opening_id)
        act.session.add(row)
    row.reason, row.decided_at, row.decided_by = reason, act.at, act.actor
    record(act, "opening_set_aside", opening_id[:AUDIT_LENGTH])


def take_back(act: Act, opening_id: str) -> None:
    """The opening is a candidate again."""
    row = act.session.get(SetAside, (act.city_id, opening_id))
    if row is None:
        raise UnknownError("opening_id: this opening is not set aside; check the list")
    act.session.delete(row)
    record(act, "opening_taken_back", opening_id[:AUDIT_LENGTH])


def all_aside(session: Session, city_id: str) -> dict[str, str]:
    """The openings set aside in a city and the reason of each, by opening id."""
    rows = session.scalars(
        select(SetAside).where(SetAside.city_id == city_id).order_by(SetAside.opening_id)
    )
    return {row.opening_id: row.reason for row in rows}
