"""The proposed team: who, why, what would be lost, which constraints were kept."""

from __future__ import annotations

__all__ = ["router"]

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from review.drawing import part_of
from review.inviting import reasons_of
from review.visit import OpenVisit

router = APIRouter()
THEME = "theme"


@router.get("/{lang}/{city_id}/equipe")
def show(visit: OpenVisit) -> HTMLResponse:
    """The team as computed this night; a person decides."""
    team = visit.person_rows("team")
    labels = visit.theme_labels
    for member in team:
        member["part"] = part_of(member["loss"], largest=member["most_loss"])
        member["why"] = reasons_of(member, visit.language, themes=labels)
    constraints = visit.rows("team_constraints")
    return visit.render(
        "team/show.html",
        team=team,
        constraints=[row for row in constraints if row["code"] != THEME],
        uncovered=[row["detail"] for row in constraints if _is_missed_theme(row)],
        count_themes=sum(row["code"] == THEME for row in constraints),
        drawn=next(iter(visit.rows("team_draw")), None),
    )


def _is_missed_theme(row: dict[str, Any]) -> bool:
    return bool(row["code"] == THEME and row["is_relaxed"])
