"""Candidates: the ranked residents, as arrays that the team and the invitations weigh."""

from __future__ import annotations

__all__ = ["Candidates", "read_candidates"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from warehouse.sql_runner import run_sql

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

SQL = Path(__file__).parent / "sql" / "candidates.sql"
NEVER_DAYS = 10_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """n people in order of `person_id`; `strength` is n × themes, 0–1 of the best of each theme.

    `score` is the overall ranking's (0–1), `reach` in people of the city, `audience` in followers,
    `rested_days` since the last contact (`NEVER_DAYS` when there was none). `platform`: where
    they are most followed. `is_excluded`: an agent keeps them out of the team.
    """

    person_ids: tuple[str, ...]
    themes: tuple[str, ...]
    score: NDArray[np.float64]
    reach: NDArray[np.float64]
    audience: NDArray[np.float64]
    rested_days: NDArray[np.float64]
    is_member: NDArray[np.bool_]
    strength: NDArray[np.float64]
    platform: tuple[str, ...]
    is_excluded: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.person_ids)

    def of(self, rows: NDArray[np.intp]) -> Candidates:
        """These candidates alone."""
        return Candidates(
            person_ids=tuple(self.person_ids[row] for row in rows),
            themes=self.themes,
            score=self.score[rows],
            reach=self.reach[rows],
            audience=self.audience[rows],
            rested_days=self.rested_days[rows],
            is_member=self.is_member[rows],
            strength=self.strength[rows],
            platform=tuple(self.platform[row] for row in rows),
            is_excluded=self.is_excluded[rows],
        )

    @property
    def is_newcomer(self) -> NDArray[np.bool_]:
        """Who was never written to."""
        return self.rested_days >= NEVER_DAYS


def read_candidates(warehouse: Warehouse, as_of: datetime, *, themes: Sequence[str]) -> Candidates:
    """Read the candidates of one night, with their strength in each of `themes`."""
    rows = run_sql(warehouse, SQL, as_of=as_of).fetchall()
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) if rows else [()] * 10
    ids, score, audience, is_member, reach, names, values, rested, platform, excluded = columns
    never = [NEVER_DAYS if days is None else max(days, 0) for days in rested]
    return Candidates(
        person_ids=tuple(ids),
        themes=tuple(themes),
        score=np.array(score, dtype=np.float64),
        reach=np.array(reach, dtype=np.float64),
        audience=np.array(audience, dtype=np.float64),
        rested_days=np.array(never, dtype=np.float64),
        is_member=np.array(is_member, dtype=np.bool_),
        strength=_strength(names, values, themes=themes),
        platform=tuple(platform),
        is_excluded=np.array(excluded, dtype=np.bool_),
    )


def _strength(
    names: Sequence[Sequence[str]], values: Sequence[Sequence[float]], *, themes: Sequence[str]
) -> NDArray[np.float64]:
    column = {theme: number for number, theme in enumerate(themes)}
    table = np.zeros((len(names), len(themes)))
    for row, (owned, affinities) in enumerate(zip(names, values, strict=True)):
        for theme, affinity in zip(owned, affinities, strict=True):
            if theme in column:
                table[row, column[theme]] = affinity
    best = table.max(axis=0, initial=0.0)
    shares: NDArray[np.float64] = np.divide(table, best, out=np.zeros_like(table), where=best > 0)
    return shares
