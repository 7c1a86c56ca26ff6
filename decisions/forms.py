"""The form that each value must have before it is kept."""

from __future__ import annotations

__all__ = ["AUTHOR_FORMS", "choice", "line", "moment", "slug", "theme_list", "well_formed"]

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from cities.accounts import SHAPES, author_id_of
from cities.brief import Account
from decisions.errors import MalformedError

# Each platform whose accounts can be named → how people write one: all of them, for the rights
# to object, to join, to be corrected and to be erased are everybody's.
AUTHOR_FORMS = SHAPES
SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def well_formed(account: Account) -> Account:
    """The account under its natural key, from what people write: a name, an address.

    >>> well_formed(Account(platform="mastodon", author_id="@Lou@saone.example")).author_id
    'lou@saone.example'
    >>> well_formed(Account(platform="x", author_id="https://twitter.com/Lou")).author_id
    'lou'
    """
    if account.platform not in AUTHOR_FORMS:
        known = ", ".join(AUTHOR_FORMS)
        raise MalformedError(f"platform: is not one that Portevoix knows; write one of {known}")
    author_id = author_id_of(account.platform, account.author_id)
    if author_id is None:
        shape = AUTHOR_FORMS[account.platform]
        raise MalformedError(
            f"author_id: is not the form of an account of {account.platform}; write it as {shape}"
        )
    return Account(platform=account.platform, author_id=author_id)


def line(field: str, text: str, *, limit: int = 200) -> str:
    """One printable line, trimmed, of 1 to `limit` characters."""
    trimmed = text.strip()
    if not trimmed or len(trimmed) > limit:
        raise MalformedError(f"{field}: must have 1 to {limit} characters; write it again")
    if not trimmed.isprintable():
        raise MalformedError(f"{field}: holds a character that cannot be printed; type it again")
    return trimmed


def slug(field: str, text: str) -> str:
    """A short code: lower-case letters and digits, joined by dots, hyphens or underscores."""
    if not SLUG.fullmatch(text) or len(text) > 60:
        raise MalformedError(
            f"{field}: is not a code; write lower-case letters and digits, joined by . - or _"
        )
    return text


def choice(field: str, value: str, *, among: Iterable[str]) -> str:
    """One value of a closed list."""
    known = tuple(among)
    if value not in known:
        raise MalformedError(f"{field}: is not known; write one of {', '.join(known)}")
    return value


def theme_list(themes: Iterable[str], *, among: Iterable[str]) -> list[str]:
    """Themes of the city, each once, in alphabetical order."""
    known = tuple(among)
    return sorted({choice("themes", theme, among=known) for theme in themes})


def moment(field: str, when: datetime) -> datetime:
    """A moment in UTC; it must carry its time zone."""
    if when.tzinfo is None:
        raise MalformedError(f"{field}: carries no time zone; give it in UTC")
    return when.astimezone(UTC)
