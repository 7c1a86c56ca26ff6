"""Authors of a world who do not want to be counted, and those too young to be."""

from __future__ import annotations

__all__ = ["REFUSALS", "OptOut", "draw_opt_outs"]

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from demo.people import Population

SHARE = 0.04
_LEAST = 6
NOTHING_FOR_ROBOTS = "User-agent: *\nDisallow: /\n"


@dataclass(frozen=True, slots=True)
class OptOut:
    """One way to say no: marks of the account, words of the bio, unlisted posts, a site's rules.

    `robots` is the robots.txt of a blog; `is_noindex` what its pages and its feed say.
    """

    marks: dict[str, bool] = field(default_factory=dict)
    bio: str = ""
    is_unlisted: bool = False
    robots: str = ""
    is_noindex: bool = False


_YOUNG = OptOut(bio="16 ans")
_PROTECTED = OptOut(marks={"is_locked": True})
REFUSALS: Mapping[str, tuple[OptOut, ...]] = {
    "mastodon": (
        OptOut(marks={"indexable": False}),
        OptOut(bio="#nobot"),
        _PROTECTED,
        OptOut(is_unlisted=True),
        _YOUNG,
        OptOut(marks={"noindex": True}),
    ),
    "x": (_PROTECTED, OptOut(bio="#nobot"), _YOUNG),
    "instagram": (_PROTECTED, OptOut(bio="#noindex"), _YOUNG),
    "blog": (OptOut(robots=NOTHING_FOR_ROBOTS), OptOut(is_noindex=True)),
}


def draw_opt_outs(population: Population, rng: Generator) -> dict[int, OptOut]:
    """Choose who opts out, and how: on each platform every way in turn, the first ones first."""
    people = np.flatnonzero(population.is_voice("resident", "newcomer", "visitor", "commuter"))
    paired = population.paired
    free = [int(author) for author in rng.permutation(people) if author not in paired]
    count = max(_LEAST, round(SHARE * len(population)))
    used: Counter[str] = Counter()
    chosen = {}
    for author in _in_turn(free, population)[:count]:
        platform = population.platforms[author]
        ways = REFUSALS[platform]
        chosen[author] = ways[used[platform] % len(ways)]
        used[platform] += 1
    return chosen


def _in_turn(authors: list[int], population: Population) -> list[int]:
    """Two blogs first, where they are not too few, then the authors as they come."""
    count_blogs = int(population.is_on("blog").sum())
    blogs = [at for at in authors if population.platforms[at] == "blog"]
    blogs = blogs[: min(2, count_blogs // 4)]
    return [*blogs, *(at for at in authors if at not in blogs)]
