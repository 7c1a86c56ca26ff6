"""The list of cities, and the state of the pages' accessibility."""

from __future__ import annotations

__all__ = ["router"]

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from cities.folder import CityFolder
from review.errors import NoSnapshotError
from review.languages import LANGUAGES
from review.rendering import render
from review.snapshot import Row
from review.visit import Site

router = APIRouter()


@router.get("/{lang}/")
def index(request: Request, lang: str) -> HTMLResponse:
    """All cities of this home; 404 for an unknown language."""
    _known(lang)
    site: Site = request.app.state.site
    listed = [(folder.city_id, _night(site, folder)) for folder in site.home.folders()]
    return render(request, "cities/index.html", context={"cities": listed})


@router.get("/{lang}/accessibilite")
def accessibility(request: Request, lang: str) -> HTMLResponse:
    """What is checked of the pages' accessibility, and what is not yet."""
    _known(lang)
    return render(request, "cities/accessibility.html")


def _night(site: Site, folder: CityFolder) -> Row | None:
    try:
        return site.snapshots.newest(folder).rows("night")[0]
    except NoSnapshotError:
        return None


def _known(lang: str) -> None:
    if lang not in LANGUAGES:
        raise HTTPException(404)
