"""One act of a named person, within one transaction."""

from __future__ import annotations

__all__ = ["Act", "new_id"]

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from cities.folder import CityFolder
from cities.themes import ALL_THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who decides, when (UTC, given by the caller), for which city, in which transaction.

    Made by `decisions.store.Store.act`. `block_key` is the key of the block list: every act on an
    author asks first whether that author objected. `folder`: where the city file stands.
    """

    session: Session
    city_id: str
    actor: str
    at: datetime
    folder: CityFolder
    block_key: str = field(repr=False)

    @property
    def themes(self) -> tuple[str, ...]:
        """The city's themes, read when an act chooses one: no other act needs the city file.

        Raises `CityFileError`. All known themes where the city has no file yet.
        """
        return self.folder.city().themes if self.folder.city_file.exists() else ALL_THEMES


def new_id(kind: str) -> str:
    """A new id, such as `m-3f9a12c04b7e`: it says its kind and nothing of the person."""
    return f"{kind}-{secrets.token_hex(6)}"
