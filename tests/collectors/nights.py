"""What tests of collectors do again and again: write a brief, read what landed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cities.brief import Brief
from cities.folder import CityFolder
from collectors.landing import landed_files
from collectors.records import Author, Edge, Post
from tests.demo.small_world import NIGHT_1, NIGHT_2

SAONE, HALLE, BODACC = "mastodon-saone", "mastodon-halle", "bodacc"
Row = dict[str, Any]


def write_briefs(folder: CityFolder, *nights: datetime, **decided: Any) -> None:
    """The briefs of these nights (the two of the small world when none is named)."""
    for night in nights or (NIGHT_1, NIGHT_2):
        brief = Brief(city_id=folder.city_id, as_of=night, **decided)
        folder.brief_file(night).write_text(brief.model_dump_json(), encoding="utf-8")


def landed(folder: CityFolder, source_id: str, kind: str = "", night: str = "") -> list[Row]:
    """The landed records of a source, of one kind and one night (`20261117`) when named."""
    rows = [
        json.loads(line)
        for path in landed_files(folder, source_id)
        if path.name.startswith(night)
        for line in gzip.decompress(path.read_bytes()).decode().split("\n")
        if line
    ]
    return [row for row in rows if kind in ("", row["kind"])]


def ids(rows: Iterable[Row], field: str = "post_id") -> list[str]:
    """Short forms of ids, sorted: the last part of an address."""
    return sorted(str(row[field]).rpartition("/")[2] for row in rows)


def a_post(
    author_id: str | None = "ana@saone.example", text: str = "Bonjour", **fields: Any
) -> Post:
    """A post record."""
    row = {
        "platform": "mastodon",
        "post_id": "https://saone.example/users/ana/statuses/1",
        "author_id": author_id,
        "url": "https://saone.example/@ana/1",
        "published_at": NIGHT_1,
        "observed_at": NIGHT_1,
        "text": text,
        **fields,
    }
    return Post.model_validate(row)


def an_author(author_id: str = "ana@saone.example", **fields: Any) -> Author:
    """An author record."""
    user, _, host = author_id.partition("@")
    row = {
        "platform": "mastodon",
        "author_id": author_id,
        "handle": f"@{author_id}",
        "display_name": user,
        "url": f"https://{host}/@{user}",
        "observed_at": NIGHT_1,
        **fields,
    }
    return Author.model_validate(row)


def an_edge(from_author_id: str, to_author_id: str, **fields: Any) -> Edge:
    """A mention."""
    row = {
        "platform": "mastodon",
        "from_author_id": from_author_id,
        "to_author_id": to_author_id,
        "relation": "mention",
        "post_id": "https://saone.example/users/ana/statuses/1",
        "occurred_at": NIGHT_1,
        "observed_at": NIGHT_1,
        **fields,
    }
    return Edge.model_validate(row)
