"""Objections: an author who says no leaves the store, but for a keyed hash that bars the return.

No reason is asked, and nothing lifts an objection: the hash cannot be read back.
"""

from __future__ import annotations

__all__ = ["allowed", "block", "blocked_hashes", "count_blocked"]

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cities.blocking import block_hash
from cities.brief import Account
from decisions.act import Act
from decisions.audit import Kind, record
from decisions.errors import RefusedError
from decisions.forms import well_formed
from decisions.models import Objection
from decisions.removal import remove_author


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
