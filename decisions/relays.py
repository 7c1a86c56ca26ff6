"""Relays: a person asks an author whether the city may pass a post on, and keeps the answer.

    asked ──► granted ──► relayed
      │  ◄──►    │           │      a step back mends a mistake of the keyboard
      ├─► refused ◄──────────┘      a permission may be withdrawn at any time
      └► dropped (the row leaves)

Nothing is sent or passed on by Portevoix, and silence is no permission.
"""

from __future__ import annotations

__all__ = ["NEXT", "State", "all_relays", "ask", "drop", "move", "under_way"]

from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import Kind, record
from decisions.contacts import record_contact
from decisions.errors import RefusedError, UnknownError
from decisions.forms import choice, line
from decisions.members import has_consent
from decisions.models import Occasion, Relay
from decisions.objections import allowed

State = Literal["asked", "granted", "refused", "relayed"]
NEXT: dict[str, tuple[State, ...]] = {
    "asked": ("granted", "refused"),
    "granted": ("relayed", "refused", "asked"),
    "refused": ("granted", "asked"),
    "relayed": ("granted", "refused"),
}
KINDS: dict[str, Kind] = {
    "asked": "relay_asked",
    "granted": "relay_granted",
    "refused": "relay_refused",
    "relayed": "relay_relayed",
}


def ask(act: Act, occasion_id: str, account: Account, *, post_id: str) -> str:
    """Keep that an author was asked, by a person, for this post; returns the `relay_id`.

    Asked again, the former id is returned. `RefusedError` for an author who has not agreed to
    hear from the city. Asking keeps a contact, so that nobody is written to too often.
    """
    occasion = act.session.get(Occasion, occasion_id)
    if occasion is None or occasion.city_id != act.city_id:
        raise UnknownError("occasion_id: the city has no such occasion; check the list")
    account = allowed(act, account)
    post_id = line("post_id", post_id, limit=500)
    of_post = (Relay.city_id == act.city_id, Relay.post_id == post_id)
    former = act.session.scalar(
        select(Relay.relay_id).where(*of_post, Relay.platform == account.platform)
    )
    if former is not None:
        return former
    if not has_consent(act, account):
        raise RefusedError(
            "author_id: this author has not agreed to hear from the city; leave the post where "
            "it is, or link their account once they join"
        )
    relay = Relay(
        relay_id=new_id("r"),
        city_id=act.city_id,
        occasion_id=occasion_id,
        post_id=post_id,
        state="asked",
        changed_at=act.at,
        changed_by=act.actor,
        **account.model_dump(),
    )
    act.session.add(relay)
    record(act, "relay_asked", relay.relay_id)
    record_contact(act, account)
    return relay.relay_id


def move(act: Act, relay_id: str, *, to: State) -> None:
    """Keep the answer, or that the post was relayed; `RefusedError` for an impossible step."""
    choice("to", to, among=get_args(State))
    relay = _relay(act, relay_id)
    if relay.state == to:
        return
    steps = NEXT[relay.state]
    if to not in steps:
        raise RefusedError(
            f"to: this relay is {relay.state} and cannot be {to}; it can become "
            f"{' or '.join(steps)}"
        )
    relay.state, relay.changed_at, relay.changed_by = to, act.at, act.actor
    record(act, KINDS[to], relay_id)


def drop(act: Act, relay_id: str) -> None:
    """Take back that the author was asked, when they were not: the row leaves."""
    relay = _relay(act, relay_id)
    if relay.state != "asked":
        raise RefusedError(f"relay_id: this relay is {relay.state}; drop only one that is asked")
    act.session.delete(relay)
    record(act, "relay_dropped", relay_id)


def all_relays(session: Session, city_id: str) -> tuple[brief.Relay, ...]:
    """The relays of a city, of closed occasions too, by id."""
    rows = session.scalars(select(Relay).where(Relay.city_id == city_id).order_by(Relay.relay_id))
    return tuple(_for_brief(row) for row in rows)


def under_way(session: Session, city_id: str) -> tuple[brief.Relay, ...]:
    """The relays of the occasions under way in a city, by id."""
    rows = session.scalars(
        select(Relay)
        .join(Occasion, Occasion.occasion_id == Relay.occasion_id)
        .where(Relay.city_id == city_id, Occasion.closed_at.is_(None))
        .order_by(Relay.relay_id)
    )
    return tuple(_for_brief(row) for row in rows)


def _for_brief(row: Relay) -> brief.Relay:
    return brief.Relay.model_validate(
        {
            "relay_id": row.relay_id,
            "occasion_id": row.occasion_id,
            "account": {"platform": row.platform, "author_id": row.author_id},
            "post_id": row.post_id,
            "state": row.state,
            "changed_at": row.changed_at,
        }
    )


def _relay(act: Act, relay_id: str) -> Relay:
    relay = act.session.get(Relay, relay_id)
    if relay is None or relay.city_id != act.city_id:
        raise UnknownError("relay_id: the city has no such relay; check the list")
    return relay
