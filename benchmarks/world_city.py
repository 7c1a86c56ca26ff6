"""A city folder whose warehouse holds a demo world as of one night, without proxy or clients.

What is read follows the collectors' rules (`benchmarks.world_records`), as if each night of the
history had been collected: X's search and Instagram's pages go back some days only.
"""

from __future__ import annotations

__all__ = ["load_world"]

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from benchmarks.world_records import openings_of, posts_of
from cities.brief import blank_brief
from cities.folder import CityFolder
from cities.settings import Settings
from cities.sources import BodaccSource, ImportSource, InstagramOfficialSource, SireneSource
from collectors.landing import Lander
from collectors.records import Base, Post
from demo.city import city_file
from demo.world import World, read_world
from warehouse.load import load


def load_world(
    directory: Path, folder: CityFolder, *, night: int = -1, is_lacking: bool = False
) -> datetime:
    """Land and load a world into `folder`, as of one of its nights: the last unless given.

    `is_lacking` leaves out one post in ten, always the same.
    """
    world = read_world(directory)
    return _load(world, folder, world.file.nights[night], is_lacking=is_lacking)


def _load(world: World, folder: CityFolder, night: datetime, *, is_lacking: bool) -> datetime:
    folder.make()
    folder.city_file.write_text(city_file(world.file), encoding="utf-8")
    folder.brief_file(night).write_text(
        blank_brief(world.file.city_id, night).model_dump_json(), encoding="utf-8"
    )
    city = folder.city()
    for source in city.sources:
        if isinstance(source, BodaccSource | SireneSource):
            records: list[Base] = list(openings_of(world, source.platform, night))
        elif isinstance(source, ImportSource | InstagramOfficialSource):
            continue
        else:
            records = list(posts_of(world, city, source, night))
        if is_lacking:
            records = [record for record in records if not _is_left_out(record)]
        if records:
            Lander(folder, source.source_id, night).land(0, records)
    load(folder, night, settings=Settings(data=folder.root.parent, hash_key="b" * 64))
    return night


def _is_left_out(record: Base) -> bool:
    return isinstance(record, Post) and sha256(record.post_id.encode()).digest()[0] < 256 // 10
