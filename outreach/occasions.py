"""Occasions: what residents can be invited to, each with its trade, themes and activity."""

from __future__ import annotations

__all__ = ["Occasion", "read_occasions"]

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outreach.trades import Trade, activity_for, recognise, trades
from warehouse.sql_runner import run_sql

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

SQL = Path(__file__).parent / "sql" / "open_occasions.sql"
# An opening is news for a season; after that it is a business already there.
OPENING_DAYS = 120


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion; `trade` is '' and `themes` empty when no trade is recognised.

    An opening without trade is often a holding or a head office: nobody is proposed for it.
    """

    occasion_id: str
    kind: str
    title: str
    opening_id: str | None
    trade: str
    themes: tuple[str, ...]
    activity_id: str


def read_occasions(
    warehouse: Warehouse, as_of: datetime, *, known: Mapping[str, Trade] | None = None
) -> tuple[Occasion, ...]:
    """Occasions that people decided, then openings of the last `OPENING_DAYS`, newest first.

    `known`: the trades of the city, those that Portevoix has unless given.
    """
    among = trades() if known is None else known
    since = (as_of - timedelta(days=OPENING_DAYS)).date()
    found = run_sql(warehouse, SQL, since=since)
    names = [column[0] for column in found.description or ()]
    return tuple(_occasion(dict(zip(names, row, strict=True)), among) for row in found.fetchall())


def _occasion(row: dict[str, Any], among: Mapping[str, Trade]) -> Occasion:
    given, theme = row["trade"], row["theme"]
    naf = {"naf": row["naf"], "nomenclature": row["naf_nomenclature"]}
    known = given if given in among else recognise(row["activity"], **naf, known=among)
    of_trade = among[known].themes if known else ()
    return Occasion(
        occasion_id=row["occasion_id"],
        kind=row["kind"],
        title=row["title"],
        opening_id=row["opening_id"],
        trade=known,
        themes=tuple(dict.fromkeys([*([theme] if theme else []), *of_trade])),
        activity_id=activity_for(known, row["occasion_id"]),
    )
