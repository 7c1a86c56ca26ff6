"""Imports: files in the watched folder of the city, each read by its map."""

from __future__ import annotations

__all__ = ["TRIAL"]

from cities.folder import CityFolder
from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1, world

AUTHORS = ("ana", "bob", "cleo")
MAP = """
format: csv
platform: mastodon
fields: {post_id: uri, author_id: who, published_at: {column: at, as: epoch}, text: text}
author: {display_name: who}
"""


def lay_out(folder: CityFolder, count: int) -> None:
    """So many posts of three authors, in two files."""
    watched = folder.root / "imports"
    watched.mkdir()
    (watched / "map.yaml").write_text(MAP, encoding="utf-8")
    lines = ["uri,who,at,text"]
    for number in range(count):
        name = AUTHORS[number % 3]
        uri = f"https://saone.example/users/{name}/statuses/{number}"
        moment = int(NIGHT_1.timestamp()) - 3600 * (number + 1)
        lines.append(f"{uri},{name}@saone.example,{moment},Vu à Montréval {number}")
    half = count // 2 + 1
    (watched / "first.csv").write_text("\n".join(lines[:half]), encoding="utf-8")
    rest = [lines[0], *lines[half:]]
    (watched / "second.csv").write_text("\n".join(rest), encoding="utf-8")


def of(count: int) -> World:
    """Nothing: no platform is asked."""
    return world([], [])


TRIAL = Trial(
    source={"source_id": "files", "platform": "import", "use": "rank"},
    world=of,
    path="/",
    altered="text",
    is_served=False,
    prepare=lay_out,
)
