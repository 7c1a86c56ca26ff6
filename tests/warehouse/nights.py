"""Nights in small: records, landing files, briefs, loads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from cities.brief import Account, Brief, Member, blank_brief
from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import Counts, Lander, Outcome, write_outcome
from collectors.records import Author, Base, Edge, Gone, Opening, Post
from tests.constants import NIGHT_1
from warehouse.connection import open_warehouse
from warehouse.load import LoadReport, load

SOURCE = "mastodon-saone"
OTHER_SOURCE = "mastodon-halle"
REGISTER = "bodacc"


def post(number: int = 1, author: str = "anna", **changes: Any) -> Post:
    fields: dict[str, Any] = {
        "platform": "mastodon",
        "post_id": f"https://saone.example/users/{author}/statuses/{number}",
        "author_id": f"{author}@saone.example",
        "url": f"https://saone.example/@{author}/{number}",
        "published_at": NIGHT_1 - timedelta(days=3),
        "observed_at": NIGHT_1,
        "text": f"Au marché de Montréval, {number}",
        "language": "fr",
        "hashtags": ("montreval",),
        "likes": 3,
        "replies": 1,
        "shares": 0,
    }
    return Post(**fields | changes)


def author(name: str = "anna", **changes: Any) -> Author:
    fields: dict[str, Any] = {
        "platform": "mastodon",
        "author_id": f"{name}@saone.example",
        "handle": f"@{name}@saone.example",
        "display_name": name.title(),
        "bio": "J'habite ici",
        "url": f"https://saone.example/@{name}",
        "observed_at": NIGHT_1,
        "audience": 120,
        "following": 80,
        "posts": 40,
    }
    return Author(**fields | changes)


def edge(from_name: str, to_name: str, number: int = 1, **changes: Any) -> Edge:
    fields: dict[str, Any] = {
        "platform": "mastodon",
        "from_author_id": f"{from_name}@saone.example",
        "to_author_id": f"{to_name}@saone.example",
        "relation": "mention",
        "post_id": f"https://saone.example/users/{from_name}/statuses/{number}",
        "occurred_at": NIGHT_1 - timedelta(days=3),
        "observed_at": NIGHT_1,
    }
    return Edge(**fields | changes)


def opening(number: int = 1, **changes: Any) -> Opening:
    fields: dict[str, Any] = {
        "register_name": "bodacc",
        "opening_id": f"A2026{number:04d}",
        "name": "Le Fournil",
        "activity": "Boulangerie",
        "postcode": "71990",
        "town": "Montréval",
        "published_on": NIGHT_1.date(),
        "observed_at": NIGHT_1,
    }
    return Opening(**fields | changes)


def gone(what: str, gone_id: str, **changes: Any) -> Gone:
    fields: dict[str, Any] = {
        "platform": "mastodon",
        "what": what,
        "gone_id": gone_id,
        "reason": "deleted",
        "observed_at": NIGHT_1,
    }
    return Gone(**fields | changes)


@dataclass(frozen=True)
class Town:
    """A city folder with the acts of its nights."""

    folder: CityFolder
    settings: Settings

    def land(
        self, *records: Base, source: str = SOURCE, as_of: datetime = NIGHT_1, seq: int = 0
    ) -> Path:
        write_outcome(
            self.folder,
            Outcome(source_id=source, as_of=as_of, state="done", counts=Counts(posts=1)),
        )
        return Lander(self.folder, source, as_of).land(seq, records)

    def brief(self, as_of: datetime = NIGHT_1, **parts: Any) -> None:
        brief = blank_brief(self.folder.city_id, as_of).model_dump() | parts
        text = Brief.model_validate(brief).model_dump_json()
        self.folder.brief_file(as_of).write_text(text, encoding="utf-8")

    def load(self, as_of: datetime = NIGHT_1, **parts: Any) -> LoadReport:
        if parts or not self.folder.brief_file(as_of).exists():
            self.brief(as_of, **parts)
        return load(self.folder, as_of, settings=self.settings)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with open_warehouse(self.folder, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def value(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def change_source(self, source: str, **fields: Any) -> None:
        city = yaml.safe_load(self.folder.city_file.read_text(encoding="utf-8"))
        for entry in city["sources"]:
            if entry["source_id"] == source:
                entry.update(fields)
        self.folder.city_file.write_text(yaml.safe_dump(city), encoding="utf-8")


def member(name: str) -> Member:
    account = Account(platform="mastodon", author_id=f"{name}@saone.example")
    return Member(member_id=f"m-{name}", joined_at=NIGHT_1, accounts=(account,))
