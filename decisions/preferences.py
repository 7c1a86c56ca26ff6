"""Preferences: an analyst would rather ask one author than another, overall or for a theme.

Of one analyst the last word on two authors counts; two analysts may differ, and both words stay.
A night learns from them which weights the rankings could have, and proposes them.
"""

from __future__ import annotations

__all__ = ["all_preferences", "for_brief", "prefer", "withdraw"]

from collections.abc import Iterator

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session, aliased

from cities import brief
from cities.brief import Account
from decisions.act import Act, new_id
from decisions.audit import record
from decisions.errors import MalformedError, UnknownError
from decisions.forms import choice
from decisions.models import Preference, PreferenceSide
from decisions.objections import allowed


def prefer(act: Act, preferred: Account, other: Account, *, theme: str = "") -> str:
    """Keep that one author would rather be asked than another; returns the `preference_id`.

    The same word again keeps the first one; the opposite word takes its place.
    """
    if theme:
        choice("theme", theme, among=act.themes)
    preferred, other = allowed(act, preferred), allowed(act, other)
    if preferred == other:
        raise MalformedError("other: is the same author; name two different ones")
    for former in _of_actor(act, theme):
        if (former.preferred, former.other) == (preferred, other):
            return former.preference_id
        if (former.preferred, former.other) == (other, preferred):
            _delete(act, former.preference_id)
    row = Preference(
        preference_id=new_id("p"),
        city_id=act.city_id,
        theme=theme,
        decided_at=act.at,
        decided_by=act.actor,
    )
    act.session.add(row)
    act.session.flush()
    for account, is_preferred in ((preferred, True), (other, False)):
        act.session.add(
            PreferenceSide(
                preference_id=row.preference_id,
                is_preferred=is_preferred,
                city_id=act.city_id,
                **account.model_dump(),
            )
        )
    record(act, "preference_said", row.preference_id)
    return row.preference_id


def withdraw(act: Act, preference_id: str) -> None:
    """Take a preference back: it is deleted, and no later night learns from it."""
    row = act.session.get(Preference, preference_id)
    if row is None or row.city_id != act.city_id:
        raise UnknownError(
            "preference_id: the city has no such preference; check the list of preferences"
        )
    _delete(act, preference_id)
    record(act, "preference_withdrawn", preference_id)


def all_preferences(session: Session, city_id: str) -> tuple[brief.Preference, ...]:
    """The preferences of a city, the newest first."""
    found = _rows(session, city_id)
    return tuple(sorted(found, key=lambda row: (row.decided_at, row.preference_id), reverse=True))


def for_brief(session: Session, city_id: str) -> tuple[brief.Preference, ...]:
    """The preferences of a city, by id."""
    return tuple(sorted(_rows(session, city_id), key=lambda row: row.preference_id))


def _of_actor(act: Act, theme: str) -> list[brief.Preference]:
    rows = _rows(act.session, act.city_id, decided_by=act.actor)
    return [row for row in rows if row.theme == theme]


def _rows(
    session: Session, city_id: str, *, decided_by: str | None = None
) -> Iterator[brief.Preference]:
    liked, other = aliased(PreferenceSide), aliased(PreferenceSide)
    key = Preference.preference_id
    query = (
        select(Preference, liked, other)
        .join(liked, and_(liked.preference_id == key, liked.is_preferred.is_(True)))
        .join(other, and_(other.preference_id == key, other.is_preferred.is_(False)))
        .where(Preference.city_id == city_id)
    )
    if decided_by is not None:
        query = query.where(Preference.decided_by == decided_by)
    for row, one, two in session.execute(query):
        yield brief.Preference(
            preference_id=row.preference_id,
            preferred=Account(platform=one.platform, author_id=one.author_id),
            other=Account(platform=two.platform, author_id=two.author_id),
            theme=row.theme,
            decided_at=row.decided_at,
        )


def _delete(act: Act, preference_id: str) -> None:
    # Its two sides follow by their foreign key.
    act.session.execute(delete(Preference).where(Preference.preference_id == preference_id))
    act.session.expire_all()
