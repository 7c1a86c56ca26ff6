"""Occasions: what residents can be invited to, each with its trade, themes and activity."""

from __future__ import annotations

__all__ = ["OPENING_DAYS", "Occasion", "is_proposal", "read_occasions"]

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cities.model import Project
from outreach.trades import Trade, activities, activity_for, recognise, trades
from warehouse.sql_runner import run_sql

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

SQL = Path(__file__).parent / "sql"
# An opening is news for a season; after that it is a business already there.
OPENING_DAYS = 120


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion; `trade` is '' and `themes` empty when no trade is recognised.

    An opening without trade is often a holding or a head office: nobody is proposed for it.
    `address`, `handle` and `held_on` are what is known of the place and the day.
    """

    occasion_id: str
    kind: str
    title: str
    opening_id: str | None
    trade: str
    themes: tuple[str, ...]
    activity_id: str
    address: str = ""
    handle: str = ""
    held_on: date | None = None


def is_proposal(occasion_id: str) -> bool:
    """Whether the occasion is computed, and nobody has decided it yet.

    >>> is_proposal("opening:A20260001"), is_proposal("o-3f9a12c04b7e")
    (True, False)
    """
    return ":" in occasion_id


def read_occasions(
    warehouse: Warehouse,
    as_of: datetime,
    *,
    known: Mapping[str, Trade] | None = None,
    projects: Sequence[Project] = (),
) -> tuple[Occasion, ...]:
    """Occasions that people decided, the city's projects, then openings of `OPENING_DAYS`.

    `known`: the trades of the city, those that Portevoix has unless given. A project or an
    opening that nobody decided yet is a candidate: `is_proposal` tells it.
    """
    among = trades() if known is None else known
    since = (as_of - timedelta(days=OPENING_DAYS)).date()
    found = run_sql(warehouse, SQL / "open_occasions.sql", since=since)
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    by_id = {project.project_id: project for project in projects}
    made = [_occasion(row, among, by_id) for row in rows]
    decided = [occasion for occasion in made if not is_proposal(occasion.occasion_id)]
    openings = [occasion for occasion in made if is_proposal(occasion.occasion_id)]
    return (*decided, *_of_projects(warehouse, as_of, projects), *openings)


def _of_projects(
    warehouse: Warehouse, as_of: datetime, projects: Sequence[Project]
) -> Iterator[Occasion]:
    """The projects of the city file still to come, that nobody opened or closed yet."""
    settled = {name for (name,) in run_sql(warehouse, SQL / "projects_settled.sql").fetchall()}
    for project in projects:
        is_over = project.on is not None and project.on < as_of.date()
        if project.project_id not in settled and not is_over:
            occasion_id = f"project:{project.project_id}"
            yield Occasion(
                occasion_id=occasion_id,
                kind="project",
                title=project.title,
                opening_id=None,
                trade="",
                themes=project.themes,
                activity_id=_activity(project.activity, "", occasion_id),
                address=project.place or "",
                held_on=project.on,
            )


def _occasion(
    row: Mapping[str, Any], among: Mapping[str, Trade], projects: Mapping[str, Project]
) -> Occasion:
    given, theme = row["trade"], row["theme"]
    naf = {"naf": row["naf"], "nomenclature": row["naf_nomenclature"]}
    known = given if given in among else recognise(row["activity"], **naf, known=among)
    of_trade = among[known].themes if known else ()
    project = projects.get(row["project_id"] or "")
    of_project = project.themes if project else ()
    chosen = row["activity_id"] or (project.activity if project else None)
    return Occasion(
        occasion_id=row["occasion_id"],
        kind=row["kind"],
        title=row["title"],
        opening_id=row["opening_id"],
        trade=known,
        themes=tuple(dict.fromkeys([*([theme] if theme else []), *of_project, *of_trade])),
        activity_id=_activity(chosen, known, _proposed_id(row)),
        address=row["address"] or (project.place if project else None) or "",
        handle=row["handle"],
        held_on=row["held_on"] or (project.on if project else None),
    )


def _proposed_id(row: Mapping[str, Any]) -> str:
    """The id that the occasion had before it was decided: the same draw, the same activity."""
    if row["opening_id"]:
        return f"opening:{row['opening_id']}"
    return f"project:{row['project_id']}" if row["project_id"] else str(row["occasion_id"])


def _activity(chosen: str | None, trade: str, occasion_id: str) -> str:
    """The activity that a person or the city file named, if it is known; else the trade's."""
    return chosen if chosen in activities() else activity_for(trade, occasion_id)
