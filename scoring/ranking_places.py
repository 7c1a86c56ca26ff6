"""The places of each ranking of a night, from its inputs: see `scoring.ranking`."""

from __future__ import annotations

__all__ = ["Rules", "parts_of", "places_of"]

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from scoring.ranking_chances import chances, order, tie_groups, with_kept_places

Numbers = npt.NDArray[np.float64]
TENTH = 1.2816
DECIMALS = 9
KEPT = ["theme", "person_id", "reach", "main_theme", "count_weeks", "doubt"]
BANDS = ("A", "B", "C")
BAND_CHANCES = (0.5, 0.1)


@dataclass(frozen=True, slots=True)
class Rules:
    """The city's weights, which sum to 1, the size of its team and the share of kept places."""

    reach: float
    affinity: float
    regularity: float
    best: int
    kept_share: float


def places_of(inputs: pa.Table, rules: Rules) -> Iterator[pa.Table]:
    """For each theme, its people in order: what `ranking.sql` writes. Also an empty table first."""
    yield _placed(inputs.slice(0, 0), rules)
    for theme in sorted(pc.unique(inputs["theme"]).to_pylist()):
        yield _placed(inputs.filter(pc.equal(inputs["theme"], theme)), rules)


def parts_of(rows: pa.Table) -> Numbers:
    """Of one ranking, for each person what the weights weigh, less what doubt takes from it.

    Columns: reach, affinity, regularity. A score is their sum, each times its weight.
    """
    theme = rows["theme"][0].as_py() if len(rows) else ""
    doubt = np.clip(_numbers(rows, "doubt"), 0, 1)
    by_reach, _ = _stands(rows, "reach")
    affinity, _ = _stands(rows, "x_affinity") if theme else _told(rows, "x_affinity")
    regularity = _numbers(rows, "x_regularity")
    return np.column_stack([by_reach, affinity, regularity]) * doubt[:, None]


def _placed(rows: pa.Table, rules: Rules) -> pa.Table:
    theme = rows["theme"][0].as_py() if len(rows) else ""
    doubt = np.clip(_numbers(rows, "doubt"), 0, 1)
    by_reach, reach_spread = _stands(rows, "reach")
    affinity, affinity_spread = _stands(rows, "x_affinity") if theme else _told(rows, "x_affinity")
    parts = {
        "by_reach": rules.reach * by_reach,
        "by_affinity": rules.affinity * affinity,
        "by_regularity": rules.regularity * _numbers(rows, "x_regularity"),
    }
    plain = sum(parts.values(), start=np.zeros(len(doubt)))
    spread = np.hypot(rules.reach * reach_spread, rules.affinity * affinity_spread)
    keys = [f"{theme}:{person_id}" for person_id in rows["person_id"].to_pylist()]
    by_chance, chance = order(plain, spread, doubt, keys=keys, best=rules.best)
    places, kept_for = with_kept_places(
        by_chance, _flags(rows, "is_newcomer"), _flags(rows, "is_small"), share=rules.kept_share
    )
    columns = {
        **parts,
        "by_doubt": plain * (doubt - 1),
        "low": doubt * np.maximum(plain - TENTH * spread, 0),
        "high": doubt * np.minimum(plain + TENTH * spread, 1),
        "probability": chance,
    }
    placed = {name: np.round(values[places], DECIMALS) for name, values in columns.items()}
    among_first = chances(plain, spread, doubt, best=rules.best)[places]
    bands = np.array(BANDS)[np.searchsorted(-np.array(BAND_CHANCES), -among_first)]
    table = rows.select(KEPT).take(pa.array(places))
    for name, values in {
        **placed,
        "position": np.arange(1, len(places) + 1),
        "tie_group": tie_groups(placed["low"], placed["high"], kept_for),
        "kept_for": pa.array(kept_for, pa.string()),
        "band": pa.array(bands.tolist(), pa.string()),
    }.items():
        table = table.append_column(name, pa.array(values))
    return table


def _stands(rows: pa.Table, name: str) -> tuple[Numbers, Numbers]:
    """Where each stands among all, 0-1 by mid-rank, and the deviation that its interval gives."""
    values = _numbers(rows, name)
    pool = np.sort(values)

    def share_below(limits: Numbers) -> Numbers:
        below, up_to = np.searchsorted(pool, limits), np.searchsorted(pool, limits, side="right")
        return np.asarray((below + up_to) / max(2 * len(pool), 1), dtype=np.float64)

    low, high = (share_below(_numbers(rows, f"{name}_{end}")) for end in ("low", "high"))
    return share_below(values), (high - low) / (2 * TENTH)


def _told(rows: pa.Table, name: str) -> tuple[Numbers, Numbers]:
    """The input as it is, and the deviation that its interval gives."""
    width = _numbers(rows, f"{name}_high") - _numbers(rows, f"{name}_low")
    return _numbers(rows, name), width / (2 * TENTH)


def _numbers(rows: pa.Table, name: str) -> Numbers:
    values: Numbers = np.nan_to_num(rows[name].to_numpy().astype(np.float64))
    return values


def _flags(rows: pa.Table, name: str) -> npt.NDArray[np.bool_]:
    return np.array([bool(value) for value in rows[name].to_pylist()], dtype=np.bool_)
