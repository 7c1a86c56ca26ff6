"""Where the night's data come from: each source, its last runs, what is missing."""

from __future__ import annotations

__all__ = ["router"]

from itertools import groupby
from operator import itemgetter

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from review.visit import CityVisit

router = APIRouter()

COUNT_NIGHTS = 14


@router.get("/{lang}/{city_id}/sources")
def show(visit: CityVisit) -> HTMLResponse:
    """Each source, those missing first, with its last nights."""
    runs = {
        source_id: list(of_source)
        for source_id, of_source in groupby(
            visit.rows("source_runs", nights=COUNT_NIGHTS), key=itemgetter("source_id")
        )
    }
    left_out = visit.rows("left_out")[0].get("count_sensitive", 0)
    sources = visit.rows("sources")
    return visit.render("sources/show.html", sources=sources, runs=runs, left_out=left_out)
