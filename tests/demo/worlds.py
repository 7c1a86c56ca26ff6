"""The small world, its truth, and the plan of the large one: made once, when first asked for."""

from __future__ import annotations

__all__ = [
    "WHOLE_SMALL", "account_key", "large_plan", "small_truth", "small_world", "true_posts",
]  # fmt: skip

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from demo.generate import SIZES, generate
from demo.plan import Plan, draw_plan
from demo.sizes import ALL_PLATFORMS
from demo.themes import THEMES
from demo.truth import TrueAuthor, TruePost, Truth, read_truth
from demo.world import World, WorldAuthor, WorldPost, read_world

WHOLE_SMALL = replace(
    SIZES["small"], platforms=ALL_PLATFORMS, registers=("bodacc", "sirene"), themes=THEMES
)


def small_world() -> World:
    """The small world on all platforms, as read back from its files."""
    return _small()[0]


def small_truth() -> Truth:
    """What is true of the small world."""
    return _small()[1]


@cache
def true_posts() -> Mapping[tuple[str, str], TruePost]:
    """What is true of each post of the small world, by platform and id."""
    return {(row.platform, row.post_id): row for row in small_truth().posts}


@cache
def large_plan() -> Plan:
    """All that is drawn about the large world before its first word."""
    return draw_plan(SIZES["large"], np.random.default_rng(78))


def account_key(row: WorldAuthor | WorldPost | TrueAuthor) -> tuple[str, str]:
    """What tells apart two accounts: platform and id."""
    return row.platform, row.author_id


@cache
def _small() -> tuple[World, Truth]:
    with TemporaryDirectory() as folder:
        generate(Path(folder), size=WHOLE_SMALL)
        return read_world(Path(folder)), read_truth(Path(folder))
