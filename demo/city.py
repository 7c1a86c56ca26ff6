"""The city file of a world: the demo city's, with the sources that this world plays."""

from __future__ import annotations

__all__ = ["EXAMPLES", "city_file", "write_city_file"]

from pathlib import Path
from typing import Any

import yaml

import cities
from cities.data_files import read_yaml
from demo.world import WorldFile

EXAMPLES = Path(cities.__file__).parent / "examples"


def city_file(world: WorldFile) -> str:
    """The text of a city file: blogs are those of the world, platforms it lacks are left out.

    The order of fields is the example's; its comments are not kept.
    """
    example = EXAMPLES / f"{world.city_id}.yaml"
    city: dict[str, Any] = read_yaml(example)
    city["sources"] = [source for source in city["sources"] if _is_played(source, world)]
    for source in city["sources"]:
        if source["platform"] == "blog":
            # A site that does not tell where its feed is has to be named by its feed.
            source["sites"] = [
                f"https://{site.host}{'/' if site.is_discoverable else site.feed_path}"
                for site in world.sites
            ]
        if source.get("way") == "official" and world.instagram is not None:
            source["account_id"] = world.instagram.account_id
        if source.get("way") == "instaloader" and world.instagram is not None:
            source["places"] = [place.place_id for place in world.instagram.places]
    return yaml.safe_dump(city, allow_unicode=True, sort_keys=False, width=98)


def write_city_file(path: Path, world: WorldFile) -> None:
    """Write the city file of a world, unless there is one."""
    if not path.exists():
        path.write_text(city_file(world), encoding="utf-8")


def _is_played(source: dict[str, Any], world: WorldFile) -> bool:
    is_there = {
        "mastodon": source.get("instance") in {instance.host for instance in world.instances},
        "x": world.x is not None,
        "instagram": world.instagram is not None,
        "blog": bool(world.sites),
        "sirene": world.sirene is not None,
    }
    return is_there.get(source["platform"], True)
