"""The last night in words that a mayor could read: from the snapshot, as the pages do."""

from __future__ import annotations

__all__ = ["tell"]

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.console import Console

from cities.folder import CityFolder
from cities.model import City
from cities.settings import Settings
from decisions.occasions_aside import all_aside
from decisions.store import open_store
from outreach.occasions import OPENING_DAYS
from outreach.sentences import reason_sentence
from outreach.trades import Language, activities, trades_of
from review.blocked import blocked_now
from review.languages import translations_of
from review.snapshot import Row, Snapshot, Snapshots
from review.theme_words import labels_of
from review.words import WORDS

TEMPLATES = Path(__file__).parent / "summaries"
FIRST = 5
OPENINGS = 8
GUESTS = 3
REASONS = 3
ALL_RESIDENTS = {"platform": "", "band": "", "member": "", "text": "", "sort": "rank"}


def tell(
    folder: CityFolder, settings: Settings, *, console: Console, language: Language = "fr"
) -> None:
    """Print the last published night; people who objected since are left out."""
    snapshot, city = Snapshots().newest(folder), folder.city()
    labels = {"": _overall(language)} | dict(labels_of(snapshot, language))
    with open_store(settings) as store:
        blocked = blocked_now(store, folder.city_id)
        with store.reading() as session:
            aside = sorted(all_aside(session, folder.city_id))
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - text for a terminal
    )
    environment.filters["day"] = lambda moment: _day(moment, language)
    environment.filters["reasons"] = lambda person: _reasons(person, language, labels)
    text = environment.get_template(f"{language}.txt.j2").render(
        night=snapshot.rows("night")[0],
        sources=snapshot.rows("sources"),
        counts=snapshot.rows("counts", blocked=blocked)[0],
        themes=_themes(
            snapshot, blocked, {theme: labels.get(theme, theme) for theme in ("", *city.themes)}
        ),
        team=snapshot.rows("team", blocked=blocked),
        openings=_openings(snapshot, blocked, aside, city=city, language=language),
    )
    console.print(text, markup=False, highlight=False)


def _themes(
    snapshot: Snapshot, blocked: list[str], themes: Mapping[str, str]
) -> list[dict[str, Any]]:
    page = ALL_RESIDENTS | {"blocked": blocked, "limit": FIRST, "offset": 0}
    return [
        {
            "name": name,
            "people": [
                row["display_name"] for row in snapshot.rows("residents", theme=theme, **page)
            ],
        }
        for theme, name in themes.items()
    ]


def _openings(
    snapshot: Snapshot, blocked: list[str], aside: list[str], *, city: City, language: Language
) -> list[Row]:
    """The newest openings that are still news, but for those that people set aside."""
    known = trades_of(city)
    since = (snapshot.rows("night")[0]["as_of"] - timedelta(days=OPENING_DAYS)).date()
    # A confirmed opening is news as well: here it counts as one to confirm.
    stated = {"confirmed": [], "aside": aside, "news_since": since, "state": "candidate"}
    openings = snapshot.rows("openings", limit=OPENINGS, offset=0, **stated)
    for opening in openings:
        trade, activity = known.get(opening["trade"]), activities().get(opening["activity_id"])
        guests = snapshot.rows(
            "invitations", blocked=blocked, occasion_id=f"opening:{opening['opening_id']}"
        )
        opening["trade_name"] = trade.label[language] if trade else ""
        opening["activity_title"] = activity.title[language] if activity else ""
        opening["guests"] = guests[:GUESTS]
    return openings


def _day(moment: date, language: Language) -> str:
    return str(format_date(moment, format="long", locale=language))


def _reasons(person: Row, language: Language, labels: Mapping[str, str]) -> list[str]:
    # An invitation weighs reach as a share of its score; its sentence speaks of people.
    return [
        reason_sentence(
            reason["code"],
            person["reach"] or 0 if reason["code"] == "reach" else reason["amount"],
            ", ".join(labels.get(t, t).lower() for t in reason["detail"].split(",") if t),
            language=language,
        )
        for reason in person["reasons"]
        if reason["amount"] > 0
    ][:REASONS]


def _overall(language: Language) -> str:
    return str(translations_of(language).gettext(WORDS["theme"][""]))
