"""The block list as it stands now: an objection does not wait for the night."""

from __future__ import annotations

__all__ = ["blocked_now"]

from decisions.objections import blocked_hashes
from decisions.store import Store


def blocked_now(store: Store, city_id: str) -> list[str]:
    """Keyed hashes of the authors who must not be shown, to be bound in person queries.

    Raises `DecisionError` when the store is out of reach: then no page of people is shown.
    """
    with store.reading() as session:
        return sorted(blocked_hashes(session, city_id))
