"""Every platform that Portevoix collects from. To add one: its folder, its model, its line here."""

from __future__ import annotations

__all__ = ["SOURCES", "open_source"]

from collections.abc import Callable
from typing import Any

from cities.model import City
from cities.settings import Settings
from cities.sources import (
    BlogSource,
    BodaccSource,
    ImportSource,
    InstagramOfficialSource,
    InstagramWebSource,
    MastodonSource,
    SireneSource,
    XSource,
)
from collectors.paging import Source
from collectors.sources.blog.sites import BlogSites
from collectors.sources.bodacc.openings import BodaccOpenings
from collectors.sources.imports.files import ImportedFiles
from collectors.sources.instagram.official import InstagramOfficial
from collectors.sources.instagram.web import InstagramWeb
from collectors.sources.mastodon.timelines import MastodonTimelines
from collectors.sources.sirene.establishments import SireneEstablishments
from collectors.sources.x.recent_search import XRecentSearch

# What the city file declares → what reads it.
SOURCES: dict[type[Any], type[Source]] = {
    MastodonSource: MastodonTimelines,
    BodaccSource: BodaccOpenings,
    BlogSource: BlogSites,
    SireneSource: SireneEstablishments,
    XSource: XRecentSearch,
    InstagramOfficialSource: InstagramOfficial,
    InstagramWebSource: InstagramWeb,
    ImportSource: ImportedFiles,
}


def open_source(city: City, source_id: str, settings: Settings) -> Source:
    """The source that the city file declares under this id, ready to read; use it in a `with`."""
    declared = city.source(source_id)
    opening: Callable[[City, Any, Settings], Source] = SOURCES[type(declared)].open
    return opening(city, declared, settings)
