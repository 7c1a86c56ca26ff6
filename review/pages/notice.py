"""« D'où viennent ces noms ? »: the data, the law and the rights, in plain words."""

from __future__ import annotations

__all__ = ["router"]

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from review.notices import groups_of
from review.visit import CityVisit

router = APIRouter()


@router.get("/{lang}/{city_id}/donnees")
def show(visit: CityVisit) -> HTMLResponse:
    """The notice: what the city file's sources and privacy block say, and how long nights keep."""
    return visit.render(
        "notice/show.html",
        privacy=visit.city.privacy,
        retention=visit.effective_city.retention,
        commune=visit.city.commune,
        groups=groups_of(visit.city),
    )
