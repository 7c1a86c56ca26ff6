"""The posts in the sections of a page: Instagram lays them out in rows of several kinds."""

from __future__ import annotations

__all__ = ["medias_of"]

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from collectors.paging import Odd, sift


class Part(BaseModel):
    """Part of a section; unknown fields are fine, they are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Cell(Part):
    """One post, not looked into yet: it may be odd alone."""

    media: Any


class Clips(Part):
    """A large video beside others."""

    items: tuple[Cell, ...] = ()


class Large(Part):
    """The large part of a row of three."""

    clips: Clips = Clips()


class Layout(Part):
    """A row: three posts, or a large one and those that fill the rest."""

    medias: tuple[Cell, ...] = ()
    one_by_two_item: Large = Large()
    fill_items: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All posts of the row."""
        return (*self.medias, *self.one_by_two_item.clips.items, *self.fill_items)


class Section(Part):
    """One row of a page; one of an unknown kind is odd, so that a new kind is told."""

    layout_content: Layout

    @field_validator("layout_content")
    @classmethod
    def _holds_posts(cls, layout: Layout) -> Layout:
        if not layout.cells:
            raise ValueError("holds no post of a known layout")
        return layout


def medias_of(sections: Iterable[Any], *, position: str) -> tuple[list[Any], list[Odd]]:
    """The posts as they came, and the rows that do not have the stated form."""
    rows, odd = sift(sections, Section.model_validate, position=f"{position}, row")
    return [cell.media for row in rows for cell in row.layout_content.cells], odd
