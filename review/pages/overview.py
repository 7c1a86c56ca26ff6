"""A city at a glance: how much is said of it, by week and theme, and what is missing tonight."""

from __future__ import annotations

__all__ = ["router"]

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from cities.model import City, Privacy
from review.drawing import Column, columns_of
from review.reading import waiting_of
from review.snapshot import Row
from review.visit import CityVisit

router = APIRouter()

COUNT_WEEKS = 26
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Volume:
    """The posts of one theme, week by week; a week without a figure is withheld (None)."""

    theme: str
    weeks: tuple[tuple[date, Row | None], ...]
    columns: tuple[Column, ...]
    count_posts: int
    highest: int
    is_last_under_way: bool


@router.get("/{lang}/{city_id}/")
def show(visit: CityVisit) -> HTMLResponse:
    """Volumes, counts, sources; while the ranking is closed, what opens it."""
    volumes = _volumes(visit.rows("volumes"), visit.today)
    sources = visit.rows("sources")
    return visit.render(
        "overview/show.html",
        overall=next((volume for volume in volumes if not volume.theme), None),
        themes=[volume for volume in volumes if volume.theme],
        counts=visit.person_rows("counts")[0],
        sources=sources,
        missing=[source for source in sources if source["state"] not in ("done", "off")],
        waiting=waiting_of(visit),
        checklist=_checklist(visit.city),
    )


def _volumes(rows: list[Row], today: date) -> list[Volume]:
    """One volume a theme, on the same weeks; those with most posts first."""
    if not rows:
        return []
    last = max(row["week"] for row in rows)
    first = max(min(row["week"] for row in rows), last - WEEK * (COUNT_WEEKS - 1))
    weeks = [first + WEEK * n for n in range((last - first).days // 7 + 1)]
    volumes = [
        _volume(theme, weeks, {row["week"]: row for row in of_theme}, today=today)
        for theme, of_theme in groupby(rows, key=itemgetter("theme"))
    ]
    return sorted(volumes, key=lambda volume: -volume.count_posts)


def _volume(theme: str, weeks: list[date], by_week: dict[date, Row], *, today: date) -> Volume:
    found = [by_week.get(week) for week in weeks]
    counts = [row["count_posts"] if row else None for row in found]
    highest = max((count or 0 for count in counts), default=0)
    is_under_way = weeks[-1] + WEEK > today
    return Volume(
        theme=theme,
        weeks=tuple(zip(weeks, found, strict=True))[::-1],
        columns=columns_of(counts, highest=highest, is_last_partial=is_under_way),
        count_posts=sum(count or 0 for count in counts),
        highest=highest,
        is_last_under_way=is_under_way,
    )


def _checklist(city: City) -> list[tuple[str, bool]]:
    """(what opens the ranking, is it there): the privacy block, then a source with use `rank`."""
    filled = city.privacy is not None
    has_rank = any(getattr(source, "use", None) == "rank" for source in city.sources)
    return [*((name, filled) for name in Privacy.model_fields), ("use", has_rank)]
