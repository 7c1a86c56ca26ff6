"""What the platforms of a world allow: data of the world (`limits.json`), like the rest.

`GENEROUS` keeps `make run` short; `PLATFORM` are the platforms' own limits, for tests.
"""

from __future__ import annotations

__all__ = ["GENEROUS", "PLATFORM", "Limits", "PlatformLimits"]

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[int, Field(ge=1)]


class PlatformLimits(BaseModel):
    """One platform: `requests` in each window, rows in a page.

    `deepest_row`: the last row that paging may reach (offset + limit), null when unlimited.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    requests: Positive
    window_seconds: Positive
    page_default: Positive
    page_max: Positive
    deepest_row: Positive | None = None


class Limits(BaseModel):
    """`limits.json`: the limits of each platform."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mastodon: PlatformLimits
    bodacc: PlatformLimits
    x: PlatformLimits = PlatformLimits(
        requests=450, window_seconds=900, page_default=10, page_max=100
    )
    instagram_official: PlatformLimits = PlatformLimits(
        requests=200, window_seconds=3600, page_default=25, page_max=50
    )
    instagram_web: PlatformLimits = PlatformLimits(
        requests=200, window_seconds=660, page_default=24, page_max=24
    )
    blog: PlatformLimits = PlatformLimits(
        requests=600, window_seconds=60, page_default=10, page_max=100
    )
    sirene: PlatformLimits = PlatformLimits(
        requests=30, window_seconds=60, page_default=20, page_max=1000
    )


PLATFORM = Limits(
    mastodon=PlatformLimits(requests=300, window_seconds=300, page_default=20, page_max=40),
    bodacc=PlatformLimits(
        requests=10_000, window_seconds=86_400, page_default=10, page_max=100, deepest_row=10_000
    ),
)
GENEROUS = Limits(
    mastodon=PlatformLimits(requests=100_000, window_seconds=300, page_default=20, page_max=40),
    bodacc=PlatformLimits(
        requests=100_000, window_seconds=300, page_default=10, page_max=100, deepest_row=10_000
    ),
    x=PlatformLimits(requests=100_000, window_seconds=900, page_default=10, page_max=100),
    instagram_official=PlatformLimits(
        requests=100_000, window_seconds=3600, page_default=25, page_max=50
    ),
    instagram_web=PlatformLimits(
        requests=100_000, window_seconds=660, page_default=24, page_max=24
    ),
    blog=PlatformLimits(requests=100_000, window_seconds=60, page_default=10, page_max=100),
    sirene=PlatformLimits(requests=100_000, window_seconds=60, page_default=20, page_max=1000),
)
