"""A store in an empty home, one analyst who acts, a few accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.act import Act
from decisions.models import AuditEntry
from decisions.store import Store, open_store

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LOU = Account(platform="mastodon", author_id="lou@saone.example")
ZOE = Account(platform="mastodon", author_id="zoe@halle.example")

Acting = Callable[..., AbstractContextManager[Act]]


def entries(session: Session) -> Sequence[AuditEntry]:
    """The acts that the log holds of the demo city, the newest first."""
    of_city = select(AuditEntry).where(AuditEntry.city_id == "montreval")
    return session.scalars(of_city.order_by(AuditEntry.entry_id.desc())).all()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open store of an empty home."""
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def acting(store: Store, folder: CityFolder) -> Acting:
    """Acts of one analyst for the demo city, now or at a given moment."""

    def act(at: datetime = NOW, *, city_id: str = folder.city_id) -> AbstractContextManager[Act]:
        return store.act(city_id, actor="Mme Roux", at=at)

    return act
