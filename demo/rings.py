"""Engagement pods: closed rings of accounts that like and answer each other, to look read."""

from __future__ import annotations

__all__ = ["Rings", "draw_rings"]

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from demo.people import Floats, Ints, Population

_AUTHORS_A_RING = 150
_SMALLEST, _LARGEST = 4, 9
# Likes that a member's post gets from the ring, which is larger than what the world shows of it.
_LIKES = (45.0, 0.5)


@dataclass(frozen=True, slots=True)
class Rings:
    """`ring` numbers the ring of each author, -1 for none; `likes`: what it gives each post."""

    ring: Ints
    likes: Floats

    def members(self, ring: int) -> Ints:
        """The authors of one ring."""
        return np.flatnonzero(self.ring == ring)

    @property
    def count(self) -> int:
        """How many rings there are."""
        return int(self.ring.max()) + 1


def draw_rings(population: Population, rng: Generator) -> Rings:
    """Draw rings among people and shops, each of one platform; none where too few could be in."""
    free = population.is_voice("resident", "visitor", "maker", "business")
    free &= ~population.is_on("blog") & ~population.is_neighbourly
    free[list(population.paired)] = False
    ring = np.full(len(population), -1)
    platforms = list(dict.fromkeys(population.platforms))
    number = 0
    for turn in range(max(1, round(len(population) / _AUTHORS_A_RING))):
        is_here = population.is_on(platforms[turn % len(platforms)])
        able = np.flatnonzero(free & is_here & (ring < 0))
        wanted = min(int(rng.integers(_SMALLEST + 2, _LARGEST + 1)), len(able) // 4)
        if wanted >= _SMALLEST:
            ring[rng.permutation(able)[:wanted]] = number
            number += 1
    median, spread = _LIKES
    likes = median * np.exp(spread * rng.standard_normal(len(population)))
    return Rings(ring=ring, likes=np.where(ring >= 0, likes, 0.0))
