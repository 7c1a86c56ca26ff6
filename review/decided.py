"""What people have decided of occasions, at this moment: pages show it before the next night."""

from __future__ import annotations

__all__ = ["Decided", "decided_now"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cities.brief import Relay
from decisions import invitations, occasions, occasions_aside, relays
from decisions.models import Occasion
from review.snapshot import Row
from review.visit import Visit


@dataclass(frozen=True, slots=True)
class Decided:
    """Occasions (newest first), openings set aside with their reason, invitations, relays."""

    occasions: Sequence[Row]
    aside: Mapping[str, str]
    invitations: Sequence[Row]
    relays: Sequence[Relay]

    def occasion(self, occasion_id: str) -> Row | None:
        """The occasion of this id, or the one that a proposal (`opening:…`, `project:…`) became."""
        for row in self.occasions:
            if occasion_id in proposals_of(row):
                return row
        return None

    @property
    def confirmed(self) -> list[str]:
        """The openings of which a person made an occasion."""
        return [row["opening_id"] for row in self.occasions if row["opening_id"]]


def decided_now(visit: Visit) -> Decided:
    """Read from the decisions store, with names hidden as everywhere."""
    city_id = visit.city.city_id
    with visit.site.store.reading() as session:
        found = [_row(occasion) for occasion in occasions.all_occasions(session, city_id)]
        aside = occasions_aside.all_aside(session, city_id)
        asked = invitations.under_way(session, city_id)
        passed_on = relays.all_relays(session, city_id)
    return Decided(
        occasions=visit.masking.rows(found),
        aside=aside,
        invitations=[one.model_dump() | one.account.model_dump() for one in asked],
        relays=passed_on,
    )


def proposals_of(occasion: Row) -> list[str]:
    """The ids under which a night may propose guests for an occasion, its own first."""
    ids = [occasion["occasion_id"]]
    for name in ("opening", "project"):
        if occasion.get(f"{name}_id"):
            ids.append(f"{name}:{occasion[f'{name}_id']}")
    return ids


def _row(occasion: Occasion) -> Row:
    names = (
        *("occasion_id", "kind", "title", "opening_id", "project_id", "trade", "theme"),
        *("activity", "address", "handle", "held_on", "opened_at", "closed_at"),
    )
    return {name: getattr(occasion, name) for name in names}
