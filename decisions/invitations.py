"""Invitations: a named person chooses each guest, sends, and keeps the answer.

    chosen ──► sent ──► accepted ◄──► came
       │          └───► declined ◄──► (accepted)
       └► dropped (the row leaves)

Nothing here is done by a computed list, and nothing asks for a post in return.
"""

from __future__ import annotations

__all__ = ["NEXT", "State", "choose", "drop", "move", "under_way"]

from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import Kind, record
from decisions.contacts import record_contact
from decisions.errors import RefusedError, UnknownError
from decisions.forms import choice
from decisions.members import has_consent
from decisions.models import Invitation, Occasion
from decisions.objections import allowed
from decisions.occasions import standing

State = Literal["chosen", "sent", "accepted", "declined", "came"]
NEXT: dict[str, tuple[State, ...]] = {
    "chosen": ("sent",),
    "sent": ("accepted", "declined"),
    "accepted": ("came", "declined"),
    "declined": ("accepted",),
    "came": ("accepted",),
}
KINDS: dict[str, Kind] = {
    "sent": "invitation_sent",
    "accepted": "invitation_accepted",
    "declined": "invitation_declined",
    "came": "invitation_came",
}


def choose(act: Act, occasion_id: str, account: Account) -> str:
    """Choose a guest for an occasion; returns the `invitation_id`, the former one when repeated."""
    occasion = standing(act, occasion_id)
    account = allowed(act, account)
    former = act.session.scalar(
        select(Invitation.invitation_id).where(
            Invitation.occasion_id == occasion.occasion_id,
            Invitation.platform == account.platform,
            Invitation.author_id == account.author_id,
        )
    )
    if former is not None:
        return former
    invitation = Invitation(
        invitation_id=new_id("i"),
        city_id=act.city_id,
        occasion_id=occasion.occasion_id,
        state="chosen",
        changed_at=act.at,
        changed_by=act.actor,
        **account.model_dump(),
    )
    act.session.add(invitation)
    record(act, "invitation_chosen", invitation.invitation_id)
    return invitation.invitation_id


def drop(act: Act, invitation_id: str) -> None:
    """Take back a choice that was not sent: its row leaves."""
    invitation = _invitation(act, invitation_id)
    if invitation.state != "chosen":
        raise RefusedError(
            f"invitation_id: this invitation is {invitation.state}; drop only a chosen one"
        )
    act.session.delete(invitation)
    record(act, "invitation_dropped", invitation_id)


def move(act: Act, invitation_id: str, *, to: State) -> None:
    """Keep that an invitation was sent, accepted, declined, or that the guest came.

    `RefusedError` for an impossible step, and for sending to somebody who has not agreed to hear
    from the city (CPCE L.34-5: consent comes before the first message). Sending keeps a contact.
    """
    choice("to", to, among=get_args(State))
    invitation = _invitation(act, invitation_id)
    steps = NEXT[invitation.state]
    if to not in steps:
        raise RefusedError(
            f"to: this invitation is {invitation.state} and cannot be {to}; it can become "
            f"{' or '.join(steps)}"
        )
    if to == "sent":
        _send(act, invitation)
    invitation.state = to
    invitation.changed_at = act.at
    invitation.changed_by = act.actor
    record(act, KINDS[to], invitation_id)


def under_way(session: Session, city_id: str) -> tuple[brief.Invitation, ...]:
    """The invitations to the occasions under way in a city, by id."""
    rows = session.scalars(
        select(Invitation)
        .join(Occasion, Occasion.occasion_id == Invitation.occasion_id)
        .where(Invitation.city_id == city_id, Occasion.closed_at.is_(None))
        .order_by(Invitation.invitation_id)
    )
    return tuple(
        brief.Invitation.model_validate(
            {
                "invitation_id": row.invitation_id,
                "occasion_id": row.occasion_id,
                "account": {"platform": row.platform, "author_id": row.author_id},
                "state": row.state,
                "changed_at": row.changed_at,
                "sent_at": row.sent_at,
            }
        )
        for row in rows
    )


def _invitation(act: Act, invitation_id: str) -> Invitation:
    invitation = act.session.get(Invitation, invitation_id)
    if invitation is None or invitation.city_id != act.city_id:
        raise UnknownError("invitation_id: the city has no such invitation; check the list")
    return invitation


def _send(act: Act, invitation: Invitation) -> None:
    standing(act, invitation.occasion_id)
    account = Account(platform=invitation.platform, author_id=invitation.author_id)
    if not has_consent(act, account):
        raise RefusedError(
            "invitation_id: this guest has not agreed to hear from the city; publish the call, "
            "and link their account once they join"
        )
    record_contact(act, account)
    invitation.sent_at = act.at
