"""Taking people out of the rows, for those who leave, object or ask to be erased."""

from __future__ import annotations

__all__ = ["remove_author", "remove_member"]

from sqlalchemy import delete, select, tuple_

from cities.brief import Account
from decisions.act import Act
from decisions.models import (
    Contact,
    Correction,
    Invitation,
    LinkedAccount,
    Member,
    OfAuthor,
    Preference,
    PreferenceSide,
    Relay,
)


def remove_author(act: Act, account: Account) -> None:
    """Delete every row that names the author; a member whose account it is leaves whole."""
    linked = act.session.get(LinkedAccount, (act.city_id, account.platform, account.author_id))
    if linked is not None:
        remove_member(act, linked.member_id)
    _delete(act, Correction, account)
    for table in (Contact, Invitation, Relay):
        _delete(act, table, account)
    _delete_preferences(act, account)
    act.session.expire_all()


def remove_member(act: Act, member_id: str) -> None:
    """Delete a member, and what came of their consent: links, invitations, contacts, relays;
    and whom they were preferred to, or who to them.

    An analyst's correction stays: it is a word on a public account, not on the member.
    """
    accounts = select(LinkedAccount).where(LinkedAccount.member_id == member_id)
    for linked in act.session.scalars(accounts).all():
        account = Account(platform=linked.platform, author_id=linked.author_id)
        for table in (Contact, Invitation, Relay):
            _delete(act, table, account)
        _delete_preferences(act, account)
    # Consents and linked accounts follow by their foreign key.
    act.session.execute(delete(Member).where(Member.member_id == member_id))
    act.session.expire_all()


def _delete(act: Act, table: type[OfAuthor], account: Account) -> None:
    key = tuple_(table.city_id, table.platform, table.author_id)
    wanted = (act.city_id, account.platform, account.author_id)
    act.session.execute(delete(table).where(key == wanted))


def _delete_preferences(act: Act, account: Account) -> None:
    """Of a preference both sides leave: one author alone says nothing."""
    key = tuple_(PreferenceSide.city_id, PreferenceSide.platform, PreferenceSide.author_id)
    wanted = (act.city_id, account.platform, account.author_id)
    named = select(PreferenceSide.preference_id).where(key == wanted)
    act.session.execute(delete(Preference).where(Preference.preference_id.in_(named)))
