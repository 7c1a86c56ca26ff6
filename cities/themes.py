"""The themes that Portevoix knows."""

from __future__ import annotations

__all__ = ["ALL_THEMES", "ThemeId"]

from typing import Annotated

from pydantic import AfterValidator

from cities.part import Slug

ALL_THEMES = (
    "gastronomy",
    "wine",
    "sport",
    "photography",
    "nature",
    "fashion",
    "decoration",
    "music",
)


def _known(theme: str) -> str:
    if theme not in ALL_THEMES:
        raise ValueError(f"is not a known theme; choose among {', '.join(ALL_THEMES)}")
    return theme


ThemeId = Annotated[Slug, AfterValidator(_known)]
