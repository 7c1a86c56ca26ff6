"""Members: people who said yes, what they agreed to, the accounts that they linked themselves."""

from __future__ import annotations

__all__ = [
    "Agreement",
    "add",
    "all_members",
    "choose_themes",
    "declare_residency",
    "has_consent",
    "leave",
    "link",
    "unlink",
]

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.forms import line, moment, slug, theme_list, well_formed
from decisions.models import Consent, LinkedAccount, Member
from decisions.objections import allowed
from decisions.removal import remove_member


@dataclass(frozen=True, slots=True)
class Agreement:
    """The version of the consent text that a person agreed to, and when."""

    text_version: str
    given_at: datetime


def add(act: Act, agreement: Agreement, *, display_name: str | None = None) -> str:
    """Add a person who said yes; returns the `member_id`. Their name is theirs to give or not."""
    member = Member(
        member_id=new_id("m"),
        city_id=act.city_id,
        display_name=None if display_name is None else line("display_name", display_name),
        is_resident=None,
        themes=[],
        joined_at=act.at,
    )
    act.session.add(member)
    act.session.flush()
    _agree(act, member, agreement)
    record(act, "member_added", member.member_id)
    return member.member_id


def link(act: Act, member_id: str, account: Account) -> None:
    """Link an account that the member says is theirs; again for the same member changes nothing."""
    member = _member(act, member_id)
    account = allowed(act, account)
    linked = _linked(act, account)
    if linked is not None and linked.member_id != member.member_id:
        raise RefusedError(
            f"author_id: this account is linked to member {linked.member_id}; unlink it there first"
        )
    if linked is None:
        names = account.model_dump()
        act.session.add(
            LinkedAccount(
                city_id=act.city_id, member_id=member.member_id, linked_at=act.at, **names
            )
        )
        record(act, "account_linked", member.member_id)


def unlink(act: Act, member_id: str, account: Account) -> None:
    """Take an account from a member."""
    member = _member(act, member_id)
    linked = _linked(act, well_formed(account))
    if linked is None or linked.member_id != member.member_id:
        raise UnknownError(
            f"author_id: member {member.member_id} has not linked this account; check the list"
        )
    act.session.delete(linked)
    record(act, "account_unlinked", member.member_id)


def declare_residency(act: Act, member_id: str, *, is_resident: bool | None) -> None:
    """Keep the member's own word on where they live; None takes it back."""
    member = _member(act, member_id)
    member.is_resident = is_resident
    record(act, "residency_declared", member.member_id)


def choose_themes(act: Act, member_id: str, themes: Iterable[str]) -> None:
    """Keep the themes that the member wants to be asked about, in place of the former ones."""
    member = _member(act, member_id)
    member.themes = theme_list(themes, among=act.themes)
    record(act, "themes_chosen", member.member_id)


def leave(act: Act, member_id: str) -> None:
    """Withdraw consent: the member leaves, with links, consents, invitations and contacts."""
    member = _member(act, member_id)
    remove_member(act, member.member_id)
    record(act, "member_left", member_id)


def has_consent(act: Act, account: Account) -> bool:
    """Whether the account is one that a member linked: members are those who consented."""
    return _linked(act, well_formed(account)) is not None


def all_members(session: Session, city_id: str) -> tuple[brief.Member, ...]:
    """The members of a city as the brief states them, by id, without their names."""
    rows = session.scalars(
        select(Member).where(Member.city_id == city_id).order_by(Member.member_id)
    )
    accounts = _accounts(session, city_id)
    return tuple(
        brief.Member(
            member_id=row.member_id,
            joined_at=row.joined_at,
            accounts=tuple(accounts.get(row.member_id, ())),
            is_resident=row.is_resident,
            themes=tuple(row.themes),
        )
        for row in rows
    )


def _accounts(session: Session, city_id: str) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = {}
    rows = session.scalars(select(LinkedAccount).where(LinkedAccount.city_id == city_id))
    for row in sorted(rows, key=lambda row: (row.platform, row.author_id)):
        account = Account(platform=row.platform, author_id=row.author_id)
        found.setdefault(row.member_id, []).append(account)
    return found


def _member(act: Act, member_id: str) -> Member:
    member = act.session.get(Member, member_id)
    if member is None or member.city_id != act.city_id:
        raise UnknownError("member_id: the city has no such member; check the list of members")
    return member


def _linked(act: Act, account: Account) -> LinkedAccount | None:
    return act.session.get(LinkedAccount, (act.city_id, account.platform, account.author_id))


def _agree(act: Act, member: Member, agreement: Agreement) -> None:
    given_at = moment("given_at", agreement.given_at)
    if given_at > act.at:
        raise MalformedError("given_at: lies after this act; give the moment of the consent")
    act.session.add(
        Consent(
            consent_id=new_id("y"),
            city_id=act.city_id,
            member_id=member.member_id,
            text_version=slug("text_version", agreement.text_version),
            given_at=given_at,
        )
    )
