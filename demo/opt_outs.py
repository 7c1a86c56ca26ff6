"""Authors of a world who do not want to be counted, and those too young to be."""

from __future__ import annotations

__all__ = ["OPT_OUTS", "OptOut", "draw_opt_outs"]

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from demo.people import Population

SHARE = 0.04


@dataclass(frozen=True, slots=True)
class OptOut:
    """One way to say no: marks of the account, words of the bio, or unlisted posts."""

    marks: dict[str, bool] = field(default_factory=dict)
    bio: str = ""
    is_unlisted: bool = False


OPT_OUTS = (
    OptOut(marks={"indexable": False}),
    OptOut(bio="#nobot"),
    OptOut(marks={"is_locked": True}),
    OptOut(is_unlisted=True),
    OptOut(bio="16 ans"),
    OptOut(marks={"noindex": True}),
)


def draw_opt_outs(population: Population, rng: Generator) -> dict[int, OptOut]:
    """Choose who opts out, and how: every way at least once."""
    people = np.flatnonzero(population.is_voice("resident", "newcomer", "visitor", "commuter"))
    paired = {author for pair in population.pairs for author in pair}
    free = [int(author) for author in rng.permutation(people) if author not in paired]
    count = max(len(OPT_OUTS), round(SHARE * len(population)))
    return {author: OPT_OUTS[at % len(OPT_OUTS)] for at, author in enumerate(free[:count])}
