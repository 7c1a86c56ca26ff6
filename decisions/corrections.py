"""Corrections: an analyst's word on an author, stronger than a score.

Of residency and of account type one word counts, the last; themes set aside add up. Who is
excluded from the team (an elected official, an agent) is proposed for none, and stays ranked.
"""

from __future__ import annotations

__all__ = ["REASONS", "VALUES", "all_corrections", "correct", "for_brief", "withdraw"]

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.errors import UnknownError
from decisions.forms import choice
from decisions.models import Correction
from decisions.objections import allowed

# Of a theme, any of the city's.
VALUES: dict[str, tuple[str, ...]] = {
    "residency": ("resident", "not_resident"),
    "account_type": ("person", "business", "association", "institution", "media", "automated"),
    "theme": (),
    "team": ("excluded",),
}
# said: the author says so; known: an agent knows; elsewhere: a namesake or a visit; misread: the
# posts say something else; asked: the author asked for it.
REASONS = ("said", "known", "elsewhere", "misread", "asked")


def correct(act: Act, account: Account, *, subject: str, value: str, reason: str) -> str:
    """Keep a word on an author; returns the `correction_id`.

    `theme` sets that theme aside for the author. The same word again keeps the first one.
    """
    choice("subject", subject, among=VALUES)
    choice("value", value, among=act.themes if subject == "theme" else VALUES[subject])
    choice("reason", reason, among=REASONS)
    account = allowed(act, account)
    for former in _standing(act, account, subject):
        if former.value == value:
            return former.correction_id
        if subject != "theme":
            former.withdrawn_at = act.at
    correction = Correction(
        correction_id=new_id("c"),
        city_id=act.city_id,
        subject=subject,
        value=value,
        reason=reason,
        decided_at=act.at,
        decided_by=act.actor,
        **account.model_dump(),
    )
    act.session.add(correction)
    record(act, "author_corrected", correction.correction_id)
    return correction.correction_id


def withdraw(act: Act, correction_id: str) -> None:
    """Take a word back: from the next brief on, the score counts again."""
    correction = act.session.get(Correction, correction_id)
    is_standing = correction is not None and correction.withdrawn_at is None
    if correction is None or not is_standing or correction.city_id != act.city_id:
        raise UnknownError(
            "correction_id: the city has no such correction standing; check the list of corrections"
        )
    correction.withdrawn_at = act.at
    record(act, "correction_withdrawn", correction_id)


def all_corrections(session: Session, city_id: str) -> Sequence[Correction]:
    """The words that stand in a city, by author, subject and value."""
    rows = session.scalars(
        select(Correction).where(Correction.city_id == city_id, Correction.withdrawn_at.is_(None))
    )
    return sorted(rows, key=lambda row: (row.platform, row.author_id, row.subject, row.value))


def for_brief(session: Session, city_id: str) -> tuple[brief.Correction, ...]:
    """The words that stand, as the brief states them."""
    return tuple(
        brief.Correction.model_validate(
            {
                "account": {"platform": row.platform, "author_id": row.author_id},
                "subject": row.subject,
                "value": row.value,
                "decided_at": row.decided_at,
            }
        )
        for row in all_corrections(session, city_id)
    )


def _standing(act: Act, account: Account, subject: str) -> Sequence[Correction]:
    return act.session.scalars(
        select(Correction).where(
            Correction.city_id == act.city_id,
            Correction.platform == account.platform,
            Correction.author_id == account.author_id,
            Correction.subject == subject,
            Correction.withdrawn_at.is_(None),
        )
    ).all()
