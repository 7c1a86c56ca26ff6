"""Objections: an author who says no leaves the store, but for a keyed hash that bars the return.

No reason is asked, and nothing lifts an objection: the hash cannot be read back.
"""

from __future__ import annotations

__all__ = [
    "Mark",
    "all_marks",
    "allowed",
    "block",
    "blocked_hashes",
    "count_blocked",
    "keep_marks",
]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cities.blocking import block_hash
from cities.brief import Account
from decisions.act import Act
from decisions.audit import Kind, record
from decisions.errors import RefusedError
from decisions.forms import well_formed
from decisions.models import (
    Contact,
    Correction,
    Invitation,
    LinkedAccount,
    Objection,
    PreferenceSide,
    Relay,
)
from decisions.removal import remove_author


@dataclass(frozen=True, slots=True)
class Mark:
    """One objection as the store keeps it: the keyed hash and its moment."""

    city_id: str
    block_hash: str
    objected_at: datetime


def block(act: Act, account: Account, *, kind: Kind = "author_objected") -> str:
    """Block an author at once and delete every row that names them; returns the block hash.

    A member who objects leaves whole, with the consent and the other accounts. The city's next
    brief carries the hash; pages see it through `blocked_hashes` without waiting for a night.
    """
    account = well_formed(account)
    mark = block_hash(act.block_key, account.platform, account.author_id)
    if act.session.get(Objection, (act.city_id, mark)) is None:
        act.session.add(Objection(city_id=act.city_id, block_hash=mark, objected_at=act.at))
        record(act, kind, mark)
    remove_author(act, account)
    return mark


def allowed(act: Act, account: Account) -> Account:
    """The account under its natural key; `RefusedError` when its author objected."""
    account = well_formed(account)
    mark = block_hash(act.block_key, account.platform, account.author_id)
    if act.session.get(Objection, (act.city_id, mark)) is not None:
        raise RefusedError("author_id: this author objected; leave them out")
    return account


def blocked_hashes(session: Session, city_id: str) -> frozenset[str]:
    """The block hashes of a city: one indexed query, cheap enough for every page request."""
    marks = select(Objection.block_hash).where(Objection.city_id == city_id)
    return frozenset(session.scalars(marks))


def count_blocked(session: Session, city_id: str) -> int:
    """How many authors of a city objected."""
    marks = select(func.count()).select_from(Objection).where(Objection.city_id == city_id)
    return session.scalar(marks) or 0


def all_marks(session: Session) -> tuple[Mark, ...]:
    """The objections of all cities, for a store that takes this one's place."""
    rows = session.scalars(select(Objection).order_by(Objection.city_id, Objection.block_hash))
    return tuple(Mark(row.city_id, row.block_hash, row.objected_at) for row in rows)


def keep_marks(act: Act, marks: Iterable[Mark]) -> int:
    """Keep the objections of the act's city that another store of the same key held.

    Rows that name one of these authors leave, as when they objected. Returns how many were new.
    """
    of_city = {mark.block_hash: mark for mark in marks if mark.city_id == act.city_id}
    new = of_city.keys() - blocked_hashes(act.session, act.city_id)
    for block_mark in sorted(new):
        objected_at = of_city[block_mark].objected_at
        act.session.add(
            Objection(city_id=act.city_id, block_hash=block_mark, objected_at=objected_at)
        )
        record(act, "author_objected", block_mark)
    for account in _named(act):
        if block_hash(act.block_key, account.platform, account.author_id) in of_city:
            remove_author(act, account)
    return len(new)


def _named(act: Act) -> Iterator[Account]:
    """Every author that a row of the city names, some more than once."""
    for table in (LinkedAccount, Correction, Contact, Invitation, Relay, PreferenceSide):
        named = select(table.platform, table.author_id).where(table.city_id == act.city_id)
        for platform, author_id in act.session.execute(named.distinct()).all():
            yield Account(platform=platform, author_id=author_id)
