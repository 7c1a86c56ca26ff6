"""Which themes each author likes to speak of, and how much."""

from __future__ import annotations

__all__ = ["draw_themes"]

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.habits import PERSONAL
from demo.themes import THEMES, taste_of
from demo.voices import DAILY_LIFE, RESIDENT_VOICES

# What one makes with one's hands and sells.
_CRAFTS = (
    "decoration", "fashion", "photography", "gastronomy", "music", "culture", "wellbeing", "nature",
)  # fmt: skip

Floats = NDArray[np.float64]
Split = Callable[[Mapping[str, float], int], Mapping[str, int]]


def draw_themes(
    voices: Sequence[str], allowed: Collection[str], split: Split, rng: Generator
) -> Floats:
    """(authors × THEMES) weights among the `allowed` themes; `split` shares out a total exactly."""
    taste = taste_of(allowed)
    themes = np.zeros((len(voices), len(THEMES)))
    mains = _main_themes(voices, taste, split, rng)
    for at, voice in enumerate(voices):
        if voice == "media":
            themes[at] = (1 - DAILY_LIFE[voice]) * taste
            continue
        main = mains[at]
        count = int(rng.choice((1, 2, 3), p=(0.4, 0.4, 0.2))) if voice in PERSONAL else 1
        others = np.where(np.arange(len(THEMES)) == main, 0.0, taste)
        count = min(count, 1 + int(np.count_nonzero(others)))
        odds = others / max(others.sum(), 1e-9) if count > 1 else taste
        rest = rng.choice(len(THEMES), size=count - 1, replace=False, p=odds)
        weights = np.sort(rng.dirichlet(np.full(count, 2.0)))[::-1] + np.eye(count)[0]
        spare = DAILY_LIFE.get(voice, float(rng.beta(3, 6)))
        themes[at, np.append(main, rest)] = (1 - spare) * weights / weights.sum()
    return themes


def _main_themes(
    voices: Sequence[str], taste: Floats, split: Split, rng: Generator
) -> NDArray[np.int64]:
    """Main themes in exact proportion among residents, so that a small world lacks none."""
    is_resident = np.isin(np.array(voices), RESIDENT_VOICES)
    mains = rng.choice(len(THEMES), size=len(voices), p=taste)
    shares = {theme: float(part) for theme, part in zip(THEMES, taste, strict=True) if part > 0}
    counts = split(shares, max(int(is_resident.sum()), len(shares)))
    pool = [THEMES.index(theme) for theme, n in counts.items() for _ in range(n)]
    mains[is_resident] = rng.permutation(pool)[: is_resident.sum()]
    crafts = taste * np.isin(np.array(THEMES), _CRAFTS)
    crafts = crafts if crafts.any() else taste
    is_maker = np.array(voices) == "maker"
    if is_maker.any():
        size = int(is_maker.sum())
        mains[is_maker] = rng.choice(len(THEMES), size=size, p=crafts / crafts.sum())
    return np.asarray(mains)
