"""One request to a city's pages: which city, which night, who must not be shown."""

from __future__ import annotations

__all__ = ["OpenVisit", "Site", "Visit", "open_visit", "visit_of"]

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from cities.brief import read_brief
from cities.effective import effective_city
from cities.folder import CityFolder, Home
from cities.model import City
from decisions.store import Store
from review.blocked import blocked_now
from review.languages import LANGUAGES
from review.masking import Masking
from review.rendering import language_of, render
from review.snapshot import Row, Snapshot, Snapshots
from review.theme_words import labels_of


@dataclass(frozen=True, slots=True)
class Site:
    """What the application keeps between requests."""

    home: Home
    store: Store
    snapshots: Snapshots = field(default_factory=Snapshots)
    # What a form of ours carries and a page of another site cannot read.
    form_token: str = field(default_factory=partial(secrets.token_urlsafe, 24), repr=False)

    def folder(self, city_id: str) -> CityFolder:
        """The folder of a city that exists; raises 404. The name never builds a path."""
        for folder in self.home.folders():
            if folder.city_id == city_id:
                return folder
        raise HTTPException(404)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: the city file, its newest night, the block list read at this moment."""

    request: Request
    folder: CityFolder
    city: City
    night: Row
    snapshot: Snapshot
    blocked: list[str]
    masking: Masking
    site: Site

    @property
    def place(self) -> str:
        """The address below which the city's pages stand."""
        return f"/{self.language}/{self.city.city_id}"

    @property
    def language(self) -> str:
        """The language of the page."""
        return language_of(self.request)

    @property
    def theme_labels(self) -> Mapping[str, str]:
        """What themes are called, in the language of the page."""
        return labels_of(self.snapshot, self.language)

    @property
    def effective_city(self) -> City:
        """The city as its nights see it: what people set, in the newest brief, over the file."""
        briefs = sorted(self.folder.briefs.glob("[!.]*.json"))
        return effective_city(self.city, read_brief(briefs[-1])) if briefs else self.city

    @property
    def is_open(self) -> bool:
        """Whether people may be shown: the night ranked them and the privacy block still stands."""
        return bool(self.night["is_ranking_open"]) and self.city.privacy is not None

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.night["timezone"])

    @property
    def today(self) -> date:
        """The day of the published night, in the city."""
        as_of: datetime = self.night["as_of"]
        return as_of.astimezone(self.zone).date()

    def rows(self, name: str, **parameters: object) -> list[Row]:
        """Rows of a query on no person: `review/sql/<name>.sql`."""
        return self.masking.rows(self.snapshot.rows(name, **parameters))

    def person_rows(self, name: str, **parameters: object) -> list[Row]:
        """Rows of a query on people, without those whom the block list names, nor their names."""
        rows = self.snapshot.rows(name, blocked=self.blocked, **parameters)
        return self.masking.rows(rows)

    def render(self, template: str, **context: object) -> HTMLResponse:
        """One page of this city."""
        frame: dict[str, object] = {
            "city": self.night,
            "zone": self.zone,
            "is_open": self.is_open,
            "place": self.place,
            "form_token": self.site.form_token,
            "theme_labels": self.theme_labels,
        }
        return render(self.request, template, context=frame | context)


def visit_of(request: Request, lang: str, city_id: str) -> Visit:
    """The visit of a city's page; raises 404 for an unknown language or city."""
    if lang not in LANGUAGES:
        raise HTTPException(404)
    site: Site = request.app.state.site
    folder = site.folder(city_id)
    snapshot = site.snapshots.newest(folder)
    city, night = folder.city(), snapshot.rows("night")[0]
    blocked = blocked_now(site.store, city_id)
    key = site.store.settings.block_key()
    masking = Masking(snapshot, city, blocked=blocked, key=key)
    return Visit(request, folder, city, night, snapshot, blocked, masking, site)


def open_visit(visit: Annotated[Visit, Depends(visit_of)]) -> Visit:
    """The visit of a page that names people; raises 403 while the ranking is closed."""
    if not visit.is_open:
        raise HTTPException(403)
    return visit


CityVisit = Annotated[Visit, Depends(visit_of)]
OpenVisit = Annotated[Visit, Depends(open_visit)]
