"""What the contracts need to know of a source to try it."""

from __future__ import annotations

__all__ = ["Trial"]

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cities.folder import CityFolder
from demo.world import World


@dataclass(frozen=True, slots=True)
class Trial:
    """One source against its platform.

    `source`: its part of the city file, as it would be written. `world(count)`: a world in which
    it finds `count` records of its kind (posts, or openings) by night 1, from several authors,
    over several of its pages from 60 on. `secrets`: what the operator would set, field →
    value, all of which end with `demo-token`. `path`: how the paths of the platform's questions
    begin (robots.txt stays sound). `opted_out`: a world of 12 posts of one author who wants out,
    None when the platform has no such mark. `altered`: a field of each record, as the platform
    writes it, that no record can do without. `has_credential`: without its secret it cannot be
    read. `outcomes`: fault → state of the night, where it is not the usual one.
    `is_served`: it asks a server; an import reads files, laid out by `prepare(folder, count)`.
    """

    source: Mapping[str, Any]
    world: Callable[[int], World]
    path: str
    altered: str
    host: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    opted_out: World | None = None
    has_credential: bool = False
    outcomes: Mapping[str, str] = field(default_factory=dict)
    is_served: bool = True
    prepare: Callable[[CityFolder, int], None] | None = None

    @property
    def source_id(self) -> str:
        """The id in the city file."""
        return str(self.source["source_id"])
