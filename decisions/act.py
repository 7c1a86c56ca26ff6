"""One act of a named person, within one transaction."""

from __future__ import annotations

__all__ = ["Act", "new_id"]

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decides, when (UTC, given by the caller), for which city, in which transaction.

    Made by `decisions.store.Store.act`. `block_key` is the key of the block list: every act on an
    author asks first whether that author objected.
    """

    session: Session
    city_id: str
    actor: str
    at: datetime
    block_key: str = field(repr=False)


def new_id(kind: str) -> str:
    """A new id, such as `m-3f9a12c04b7e`: it says its kind and nothing of the person."""
    return f"{kind}-{secrets.token_hex(6)}"
