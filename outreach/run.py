"""The night's proposals: the team, the occasions, whom to invite. Computed, never decided."""

from __future__ import annotations

__all__ = ["ProposeReport", "propose"]

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cities.effective import effective_city
from cities.folder import CityFolder, run_id_of
from outreach.candidates import read_candidates
from outreach.invitations import Proposed, propose_invitations
from outreach.occasions import Occasion, read_occasions
from outreach.relay import Found, propose_relays, write_terms
from outreach.team import choose_team
from outreach.team_table import TABLES as TEAM_TABLES
from outreach.team_table import write_team
from outreach.trades import trades_of
from warehouse.connection import open_warehouse

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

LOG = logging.getLogger(__name__)
TABLES = (
    *TEAM_TABLES,
    "occasion_proposals",
    "invitation_proposals",
    "relay_proposals",
)


@dataclass(frozen=True, slots=True)
class ProposeReport:
    """How much was proposed."""

    count_team: int
    count_occasions: int
    count_invitations: int
    count_relays: int


def propose(folder: CityFolder, as_of: datetime) -> ProposeReport:
    """Propose the team and the invitation lists of one night, in one transaction.

    The proposal tables are replaced whole, so a rerun ends in the same state.
    """
    city = effective_city(folder.city(), folder.brief(as_of))
    # The draw among equals changes from night to night and city to city, never within one.
    seed = int.from_bytes(sha256(f"{city.city_id}{run_id_of(as_of)}".encode()).digest()[:8])
    with open_warehouse(folder) as warehouse:
        candidates = read_candidates(warehouse, as_of, themes=city.themes)
        occasions = read_occasions(warehouse, as_of, known=trades_of(city), projects=city.projects)
        team = choose_team(candidates, city.team, seed=seed)
        proposed = propose_invitations(candidates, occasions, city.team)
        warehouse.begin()
        for table in TABLES:
            warehouse.execute(f"delete from {table}")  # noqa: S608 - a name of TABLES
        write_team(warehouse, team, candidates, small_audience=city.team.small_account_audience)
        _write_occasions(warehouse, occasions)
        _write_invitations(warehouse, proposed)
        write_terms(warehouse, occasions)
        relays = propose_relays(warehouse, city.timezone)
        _write_relays(warehouse, relays)
        warehouse.commit()
    report = ProposeReport(len(team.members), len(occasions), len(proposed), len(relays))
    LOG.info(
        "propose: a team of %d, %d occasions, %d invitations, %d posts to relay",
        report.count_team,
        report.count_occasions,
        report.count_invitations,
        report.count_relays,
    )
    return report


def _write_occasions(warehouse: Warehouse, occasions: Sequence[Occasion]) -> None:
    rows = [
        (o.occasion_id, o.kind, o.title, o.opening_id, o.trade, list(o.themes), o.activity_id)
        for o in occasions
    ]
    _insert(warehouse, "occasion_proposals", rows)


def _write_invitations(warehouse: Warehouse, proposed: Sequence[Proposed]) -> None:
    rows = [
        (p.occasion_id, p.person_id, p.position, p.score, _as_structs(p.reasons)) for p in proposed
    ]
    _insert(warehouse, "invitation_proposals", rows)


def _write_relays(warehouse: Warehouse, found: Sequence[Found]) -> None:
    rows: list[tuple[Any, ...]] = []
    positions: Counter[str] = Counter()
    for one in found:
        positions[one.occasion_id] += 1
        evidence = [
            {"name": name, "contribution": contribution, "detail": detail}
            for name, contribution, detail in one.evidence
        ]
        rows.append(
            (
                *(one.occasion_id, positions[one.occasion_id], one.person_id, one.platform),
                *(one.post_id, one.author_id, one.probability, one.total, evidence),
            )
        )
    _insert(warehouse, "relay_proposals", rows)


def _as_structs(reasons: Sequence[tuple[str, float, str]]) -> list[dict[str, Any]]:
    return [{"code": code, "amount": amount, "detail": detail} for code, amount, detail in reasons]


def _insert(warehouse: Warehouse, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        warehouse.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - ours
