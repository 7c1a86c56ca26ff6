"""The proposed team as rows: members with their reasons, constraints, the draw."""

from __future__ import annotations

__all__ = ["TABLES", "write_team"]

from typing import TYPE_CHECKING, Any

from outreach.candidates import Candidates
from outreach.team import Member, Team

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

TABLES = ("team_proposal", "team_constraints", "team_draw")


def write_team(
    warehouse: Warehouse, team: Team, candidates: Candidates, *, small_audience: int
) -> None:
    """Write a team into its empty tables; `small_audience`: followers below which one is small."""
    members = [
        (
            candidates.person_ids[member.row],
            position,
            list(member.themes),
            member.loss,
            _reasons(member, candidates, small_audience),
            member.draw,
        )
        for position, member in enumerate(team.members, start=1)
    ]
    if members:
        warehouse.executemany("insert into team_proposal values (?, ?, ?, ?, ?, ?)", members)
    constraints = [
        (c.code, c.wanted, c.reached, c.is_relaxed, c.detail, c.is_most, c.relax_order)
        for c in team.constraints
    ]
    if constraints:
        warehouse.executemany(
            "insert into team_constraints values (?, ?, ?, ?, ?, ?, ?)", constraints
        )
    warehouse.execute(
        "insert into team_draw values (?, ?)", [str(team.seed), team.count_candidates]
    )


def _reasons(member: Member, candidates: Candidates, small_audience: int) -> list[dict[str, Any]]:
    row = member.row
    strength = dict(zip(candidates.themes, candidates.strength[row], strict=True))
    reasons = [("theme", float(strength[theme]), theme) for theme in member.themes]
    reasons.append(("overall", float(candidates.score[row]), ""))
    if round(candidates.reach[row]) > 0:
        reasons.append(("reach", float(round(candidates.reach[row])), ""))
    if candidates.is_member[row]:
        reasons.append(("member", 1.0, ""))
    if candidates.is_newcomer[row]:
        reasons.append(("newcomer", 1.0, ""))
    if candidates.audience[row] < small_audience:
        reasons.append(("small_account", 1.0, ""))
    return [{"code": code, "amount": amount, "detail": detail} for code, amount, detail in reasons]
