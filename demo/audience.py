"""Who listens to each author: followers, those of them who live in the city, true reach.

Followers have a heavy tail and say little of the city: a small account may be read by half a
street, a large one by nobody here. Engagement follows those who really read.
"""

from __future__ import annotations

__all__ = ["Audience", "audience_points", "draw_audience"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from demo.people import Floats, Ints, Population
from demo.rings import Rings

# People of the city who look at these networks at all; no reach exceeds them.
READERS_OF_CITY = 12_000
# voice → median followers, spread of the logarithm, share of them in the city.
_FOLLOWERS = {
    "resident": (150, 1.25, None), "newcomer": (140, 1.2, 0.10), "visitor": (260, 1.5, 0.004),
    "commuter": (150, 1.2, 0.10), "namesake": (170, 1.3, 0.002), "second_home": (210, 1.3, 0.03),
    "leaver": (160, 1.2, 0.14), "maker": (320, 1.0, 0.25), "business": (300, 1.0, 0.45),
    "association": (240, 0.9, 0.55), "institution": (2200, 0.8, 0.6), "media": (4000, 0.9, 0.4),
    "automated": (60, 1.2, 0.15),
}  # fmt: skip
_ATTENTION = {"automated": 0.15, "institution": 0.7, "media": 0.7}
_STARS = 0.05  # the share of people whose followers have a Pareto tail
_BOUGHT = 0.04
_PLATFORM_FOLLOWERS = {"instagram": 1.7, "x": 1.2, "blog": 0.5}
# A ring's members follow each other, and win few others of the city.
_RING_LOCAL = 0.2
_NEIGHBOURLY_FOLLOWERS = (70, 0.35)


@dataclass(frozen=True, slots=True)
class Audience:
    """One entry an author, at the end of the history.

    `followers` includes `bought`; `local` and `far` are people who may read a post; `reach` is
    the expected number of distinct people of the city that a post gets to, `far_reach` that of
    others; `quality` is how well the author writes, 1 on average.
    """

    followers: Ints
    bought: Ints
    local: Floats
    reach: Floats
    far_reach: Floats
    quality: Floats
    growth: Floats


def draw_audience(population: Population, rings: Rings, rng: Generator) -> Audience:
    """Draw the audience of every author."""
    count = len(population)
    median, spread, share = (
        np.array(column, dtype=float)
        for column in zip(*(_FOLLOWERS[voice] for voice in population.voices), strict=True)
    )
    real = median * np.exp(spread * rng.standard_normal(count))
    real *= np.array([_PLATFORM_FOLLOWERS.get(name, 1.0) for name in population.platforms])
    stars = population.is_voice("resident", "visitor", "namesake", "leaver") & (
        rng.random(count) < _STARS
    )
    real = np.where(stars, np.minimum(3000 * (1 + rng.pareto(0.6, count)), 250_000), real)
    few, narrow = _NEIGHBOURLY_FOLLOWERS
    neighbours = np.minimum(few * np.exp(narrow * rng.standard_normal(count)), 180)
    real = np.where(population.is_neighbourly, neighbours, real)
    real = np.maximum(np.round(real), 3)
    local_share = _local_share(real, share, rng)
    local_share = np.where(rings.ring >= 0, _RING_LOCAL * local_share, local_share)
    local_share = np.where(population.is_neighbourly, rng.beta(9, 3, count), local_share)
    local = np.minimum(real * local_share, 0.6 * READERS_OF_CITY)
    attention = rng.beta(3, 5, count) * np.array(
        [_ATTENTION.get(voice, 1.0) for voice in population.voices]
    )
    # What they write is told in the street: it gets to many more than follow them.
    mouths = np.where(population.is_neighbourly, rng.uniform(5.0, 11.0, count), 1.0)
    quality = np.exp(0.5 * rng.standard_normal(count) - 0.125)
    # Good posts go further than the author's own followers: readers pass them on.
    told = local * attention * mouths * (0.75 + 0.5 * quality)
    bought = _bought(population, rings, rng)
    return Audience(
        followers=(real + bought).astype(np.int64),
        bought=bought,
        local=local,
        reach=READERS_OF_CITY * -np.expm1(-told / READERS_OF_CITY),
        far_reach=(real - local) * attention,
        quality=quality,
        growth=rng.gamma(2.0, 0.05, count),
    )


def _local_share(real: Floats, share: Floats, rng: Generator) -> Floats:
    """Share of followers who live in the city; for residents it falls as the audience grows."""
    middle = np.where(np.isnan(share), 0.3 - 0.85 * np.log(real / 120), np.log(share / (1 - share)))
    spread = np.where(np.isnan(share), 1.1, 0.5)
    return np.asarray(1 / (1 + np.exp(-middle - spread * rng.standard_normal(len(real)))))


def _bought(population: Population, rings: Rings, rng: Generator) -> Ints:
    """Followers that were paid for; blogs have none to show."""
    able = population.is_voice("resident", "visitor", "business", "maker")
    able &= ~population.is_neighbourly & ~population.is_on("blog") & (rings.ring < 0)
    candidates = np.flatnonzero(able)
    count = max(1, round(_BOUGHT * len(candidates)))
    bought = np.zeros(len(population), dtype=np.int64)
    buyers = rng.permutation(candidates)[:count]
    amounts = np.round(np.exp(rng.uniform(np.log(2_000), np.log(25_000), len(buyers))))
    bought[buyers] = amounts
    return bought


def audience_points(
    audience: Audience, nights: Sequence[datetime], *, days: int, jump: Floats
) -> list[tuple[tuple[datetime, int], ...]]:
    """The followers of each author over time, as points.

    `jump`: for those who bought followers, when in the history (0 to 1) they came, all at once.
    """
    start, end = nights[0] - timedelta(days=days), nights[-1]
    found = []
    for at, total in enumerate(audience.followers):
        bought = int(audience.bought[at])
        before = int((total - bought) / (1 + audience.growth[at]))
        points = [(start, before), (end, int(total))]
        if bought:
            moment = start + timedelta(hours=round(24 * days * float(jump[at])))
            middle = int((before + total - bought) / 2)
            points[1:1] = [(moment, middle), (moment + timedelta(hours=20), middle + bought)]
        found.append(tuple(points))
    return found
