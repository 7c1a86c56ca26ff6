"""What every part of a city file is made of."""

from __future__ import annotations

__all__ = ["Host", "Part", "Slug", "Text"]

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Host = Annotated[str, Field(pattern=r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+$", max_length=253)]


class Part(BaseModel):
    """A frozen part of the city file that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
