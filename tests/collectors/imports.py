"""What tests of imports do again and again: a city with a watched folder, exports in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import Outcome
from collectors.run import collect
from tests.collectors.nights import write_briefs
from tests.demo.small_world import NIGHT_1

SOURCE = "files"
AGREED = {"title": "Convention 2026-7", "permits": "rank"}
NOON = 1_763_200_000  # in November 2025: within what the city keeps
MAP = """
format: csv
platform: mastodon
fields: {post_id: uri, author_id: who, published_at: {column: at, as: epoch}, text: text}
author: {bio: {column: bio, optional: true}}
"""


def watched(folder: CityFolder, **source: Any) -> Path:
    """The watched folder of a city that has an import source and no other."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    declared = {"source_id": SOURCE, "platform": "import", "use": "rank", "agreement": AGREED}
    entry = {name: value for name, value in (declared | source).items() if value is not None}
    city["sources"] = [entry]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    write_briefs(folder)
    place = folder.root / "imports"
    place.mkdir(exist_ok=True)
    return place


def row(number: int, author: str = "ana", **changes: Any) -> dict[str, Any]:
    """One row for `MAP`."""
    return {
        "uri": f"https://saone.example/users/{author}/statuses/{number}",
        "who": f"{author}@saone.example",
        "at": int(NIGHT_1.timestamp()) - 60 * (number + 1),
        "text": f"Vu à Montréval {number}",
    } | changes


def csv_of(rows: Sequence[Mapping[str, Any]], **dialect: Any) -> str:
    """A CSV file as text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def ndjson_of(rows: Iterable[Mapping[str, Any]]) -> str:
    """An NDJSON file as text."""
    return "".join(f"{json.dumps(each)}\n" for each in rows)


def read(folder: CityFolder, settings: Settings, as_of: datetime = NIGHT_1) -> Outcome:
    """One night of the import source."""
    return collect(folder, SOURCE, as_of, settings=settings)
