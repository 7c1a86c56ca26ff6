"""SIRENE: new establishments."""

from __future__ import annotations

__all__ = ["TRIAL"]

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from demo.services import SireneService
from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1, opening, world

# A page of the register holds a thousand: several need more than the other trials do.
TIMES = 25


def of(count: int) -> World:
    """Establishments recorded over the last weeks."""
    day = NIGHT_1.date() - timedelta(days=1)
    shops = [
        opening(
            n,
            day - timedelta(days=n % 60),
            registers=("sirene",),
            siret=f"{900_000_000 + n}00010",
            insee="71999",
            naf="56.10A",
            recorded_at=datetime.combine(day - timedelta(days=n % 60), time(20), UTC),
        )
        for n in range(count * TIMES)
    ]
    made = world([], [], shops)
    return replace(made, file=made.file.model_copy(update={"sirene": SireneService()}))


TRIAL = Trial(
    source={"source_id": "sirene", "platform": "sirene"},
    world=of,
    path="/api-sirene/",
    altered="dateCreationEtablissement",
    host="api.insee.fr",
    secrets={"sirene_key": "demo-token"},
    has_credential=True,
)
