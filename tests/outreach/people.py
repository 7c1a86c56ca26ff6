"""Invented candidates for the tests of outreach."""

from __future__ import annotations

import numpy as np

from outreach.candidates import NEVER_DAYS, Candidates

THEMES = ("gastronomy", "sport", "music")


def people(
    count: int,
    *,
    seed: int = 1,
    themes: tuple[str, ...] = THEMES,
    platforms: tuple[str, ...] = ("mastodon",),
) -> Candidates:
    """`count` candidates; a third was contacted, audiences are heavy-tailed."""
    rng = np.random.default_rng(seed)
    strength = rng.beta(0.4, 2.0, (count, len(themes)))
    rested = np.where(rng.random(count) < 0.33, rng.integers(0, 200, count), NEVER_DAYS)
    return Candidates(
        person_ids=tuple(f"p{number:05d}" for number in range(count)),
        themes=themes,
        score=rng.random(count),
        reach=rng.pareto(1.5, count) * 100,
        audience=np.round(rng.pareto(1.2, count) * 300),
        rested_days=rested.astype(float),
        is_member=rng.random(count) < 0.1,
        strength=strength / strength.max(initial=1e-9),
        platform=tuple(rng.choice(platforms, count).tolist()),
        is_excluded=np.zeros(count, dtype=bool),
    )
