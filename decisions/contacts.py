"""Contacts: when the city wrote to an author, so that nobody is asked too often."""

from __future__ import annotations

__all__ = ["last_contacts", "record_contact"]

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.models import Contact
from decisions.objections import allowed


def record_contact(act: Act, account: Account) -> str:
    """Keep that the city wrote to an author at `act.at`; returns the `contact_id`."""
    account = allowed(act, account)
    contact = Contact(
        contact_id=new_id("t"),
        city_id=act.city_id,
        contacted_at=act.at,
        contacted_by=act.actor,
        **account.model_dump(),
    )
    act.session.add(contact)
    record(act, "author_contacted", contact.contact_id)
    return contact.contact_id


def last_contacts(session: Session, city_id: str) -> tuple[brief.Contact, ...]:
    """The last contact with each author of a city, by author."""
    rows = session.execute(
        select(Contact.platform, Contact.author_id, func.max(Contact.contacted_at))
        .where(Contact.city_id == city_id)
        .group_by(Contact.platform, Contact.author_id)
    )
    return tuple(
        brief.Contact(
            account=Account(platform=platform, author_id=author_id), contacted_at=contacted_at
        )
        for platform, author_id, contacted_at in sorted(map(tuple, rows))
    )
