"""How large a world is, and on which platforms it lives: data, so that another is a line."""

from __future__ import annotations

__all__ = ["ALL_PLATFORMS", "SIZES", "WorldSize"]

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from demo.themes import THEMES

MASTODON_ONLY: Mapping[str, float] = MappingProxyType({"mastodon": 1.0})
ALL_PLATFORMS: Mapping[str, float] = MappingProxyType(
    {"mastodon": 0.38, "instagram": 0.28, "x": 0.24, "blog": 0.10}
)
RegisterName = Literal["bodacc", "sirene"]


@dataclass(frozen=True, slots=True)
class WorldSize:
    """How large a world is. `posts` counts the history and the day between the nights.

    `platforms`: the share of the authors on each (of all voices; each voice leans its own way).
    `openings` are those of the city, without the noise around them; `registers` those that show
    them. `themes`: some of `demo.themes.THEMES`.
    """

    authors: int
    posts: int
    openings: int = 30
    days: int = 120
    instances: tuple[str, ...] = ("saone.example", "halle.example")
    platforms: Mapping[str, float] = field(default_factory=lambda: ALL_PLATFORMS)
    registers: tuple[RegisterName, ...] = ("bodacc", "sirene")
    themes: tuple[str, ...] = THEMES


SIZES: Mapping[str, WorldSize] = MappingProxyType({
    "large": WorldSize(authors=1_200, posts=40_000, openings=60),
    "small": WorldSize(authors=400, posts=8_000),
    "tiny": WorldSize(authors=40, posts=500, openings=8),
})  # fmt: skip
