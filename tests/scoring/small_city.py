"""A few authors and posts written straight into the warehouse's tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from cities.brief import Brief, blank_brief
from cities.folder import CityFolder, Home
from warehouse.brief_tables import replace_brief
from warehouse.connection import open_warehouse

CITY_FILE = Path(__file__).parents[2] / "cities" / "examples" / "montreval.yaml"

NIGHT_1 = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT_2 = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)

Row = Mapping[str, object]


def author(name: str, **fields: object) -> Row:
    """One row of `authors`, by default a plain account seen on night 1."""
    return {
        "platform": "mastodon",
        "author_id": f"{name}@halle.example",
        "handle": f"@{name}@halle.example",
        "display_name": name,
        "bio": "",
        "declared_location": "",
        "url": f"https://halle.example/@{name}",
        "links": [],
        "is_declared_automated": False,
        "is_declared_organisation": False,
        "audience": 100,
        "first_observed_at": NIGHT_1,
        "observed_at": NIGHT_1,
    } | fields


def post(name: str, number: int, text: str, **fields: object) -> Row:
    """One row of `posts`, by default published `number` days before night 1, seen then."""
    return {
        "platform": "mastodon",
        "post_id": f"https://halle.example/users/{name}/statuses/{number}",
        "author_id": f"{name}@halle.example",
        "url": f"https://halle.example/@{name}/{number}",
        "published_at": NIGHT_1 - timedelta(days=number, hours=5, minutes=7),
        "text": text,
        "language": "fr",
        "hashtags": [word[1:] for word in text.split() if word.startswith("#")],
        "links": [],
        "media_count": 0,
        "is_reply": False,
        "likes": 3,
        "replies": 0,
        "shares": 1,
        "source_ids": ["mastodon-halle"],
        "first_observed_at": NIGHT_1,
        "observed_at": NIGHT_1,
    } | fields


def insert(connection: DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows by the names of their fields."""
    for row in rows:
        columns = ", ".join(row)
        marks = ", ".join(f"${name}" for name in row)
        connection.execute(f"insert into {table} ({columns}) values ({marks})", dict(row))


AUTHORS = (
    author("ada", display_name="Ada Roche", bio="Montrévaloise, maman de deux enfants",
           declared_location="Montréval"),
    author("marc", display_name="Marc", audience=4_000),
    author("halte", display_name="Zoé", declared_location="Lyon"),
    author("bains", display_name="Luc", declared_location="Montréval-les-Bains"),
    author("table", display_name="Bistrot de la Halle", audience=900,
           bio="Restaurant, réservations au 03 00 00 00 00. Ouvert du mardi au samedi"),
    author("meteo", display_name="Météo bot", is_declared_automated=True),
    author("vide", audience=None),
)  # fmt: skip


DAILY = (
    "le pain au levain", "une brioche", "la tarte aux pommes", "un gâteau au chocolat", "le pain",
    "des croissants", "la galette", "un éclair au café", "deux baguettes", "la quiche du jour",
)  # fmt: skip
MATES = (
    "mes amis", "mon frère", "toute la bande", "ma fille", "mes cousins", "mon père", "ma sœur",
    "les copains", "mon oncle", "ma tante",
)  # fmt: skip


def _posts() -> Iterable[Row]:
    for week, (what, mate) in enumerate(zip(DAILY, MATES, strict=True)):
        day = 1 + 7 * week
        yield post(
            "ada", day, f"Ma boulangerie du quartier des Verriers : {what} ! #montreval", likes=12
        )
        yield post(
            "marc",
            day + 1,
            f"Match du club au stade Marcel-Aubry avec {mate}, quelle victoire ! #Montréval",
            likes=60,
        )
        yield post(
            "table",
            day,
            f"À la carte cette semaine : {what} #montreval",
            links=["https://table.example"],
        )
        yield post(
            "meteo",
            day,
            f"Relevé automatique : {week} degrés #montreval",
            published_at=NIGHT_1 - timedelta(days=day, hours=5, minutes=30),
        )
        yield post("bains", day, f"Aux thermes de Montréval-les-Bains avec {what} #montreval")
    for hour in range(4):
        yield post(
            "halte",
            200 + hour,
            f"En week-end à Montréval, on visite la tour de l'Horloge #montreval {hour}",
            published_at=NIGHT_1 - timedelta(days=20, hours=hour),
        )


POSTS = tuple(_posts())
SOURCES = (
    {"source_id": "mastodon-halle", "platform": "mastodon", "use": "rank", "position": 0},
    {"source_id": "mastodon-saone", "platform": "mastodon", "use": "listen", "position": 1},
)


def fill(
    connection: DuckDBPyConnection, authors: Iterable[Row] = AUTHORS, posts: Iterable[Row] = POSTS
) -> None:
    """Put the small city into an empty warehouse."""
    insert(connection, "sources", SOURCES)
    insert(connection, "authors", authors)
    insert(connection, "posts", posts)


def empty_city(home: Path) -> CityFolder:
    """The demo city's folder with two blank briefs and an empty warehouse."""
    folder = Home(home).folder("montreval")
    folder.make()
    shutil.copy(CITY_FILE, folder.city_file)
    for night in (NIGHT_1, NIGHT_2):
        write_brief(folder, night, blank_brief("montreval", night))
    return folder


def write_brief(folder: CityFolder, night: datetime, brief: Brief) -> None:
    """Put a brief where the night finds it, and into the warehouse as a load would."""
    folder.brief_file(night).write_text(brief.model_dump_json(), encoding="utf-8")
    with open_warehouse(folder) as connection:
        replace_brief(connection, brief)
