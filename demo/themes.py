"""What people of the demo city speak of, how often, and which of it has words already."""

from __future__ import annotations

__all__ = ["FIRST_THEMES", "MEDIA_RATES", "TASTE", "THEMES", "taste_of"]

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from demo.phrases import MATERIAL

# How often the people of a small town speak of each theme; only the proportions matter.
TASTE: Mapping[str, float] = {
    "gastronomy": 0.19, "wine": 0.10, "sport": 0.16, "photography": 0.14, "nature": 0.15,
    "fashion": 0.07, "decoration": 0.08, "music": 0.11, "culture": 0.12, "family": 0.10,
    "animals": 0.08, "technology": 0.07, "wellbeing": 0.07, "solidarity": 0.07,
}  # fmt: skip
# Themes of which the material holds sentences: a file of the residents' each.
THEMES = tuple(theme for theme in TASTE if (MATERIAL / f"frames_resident_fr_{theme}.yaml").exists())
FIRST_THEMES = THEMES[:8]
# Pictures in a post, on average.
MEDIA_RATES: Mapping[str, float] = {
    "photography": 1.3, "decoration": 0.9, "fashion": 0.9, "gastronomy": 0.7, "nature": 0.8,
    "animals": 1.1, "culture": 0.6,
}  # fmt: skip


def taste_of(themes: Collection[str]) -> NDArray[np.float64]:
    """The share of each of `THEMES` among these, zero elsewhere; they sum to 1."""
    taste = np.array([TASTE[theme] if theme in themes else 0.0 for theme in THEMES])
    return np.asarray(taste / taste.sum())
