"""What changes after publication: edits, deletions, an account that leaves between the nights."""

from __future__ import annotations

__all__ = ["Changes", "draw_changes"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.random import Generator

from demo.people import Ints, Population
from demo.schedule import Schedule

_EDITED, _GONE_EARLY = 0.02, 0.01
_EDITED_LATE = 0.0008  # of all posts: edited between the nights
_GONE_BETWEEN = 1 / 800
_RECENT = 0.25  # what is edited or deleted between the nights is mostly of the last month


@dataclass(frozen=True, slots=True)
class Changes:
    """Post number → when it was edited or deleted; author number → when the account went."""

    edited: dict[int, datetime]
    gone: dict[int, datetime]
    authors_gone: dict[int, datetime]


def draw_changes(
    population: Population, schedule: Schedule, nights: Sequence[datetime], rng: Generator
) -> Changes:
    """Draw edits and deletions, some of them between the first two nights."""
    before = int(np.searchsorted(schedule.at_ms, nights[0].timestamp() * 1000))
    early = rng.permutation(before)
    is_fixed = population.is_on("x")[schedule.authors]  # what is edited there is another post
    count_edited, count_gone = round(_EDITED * before), round(_GONE_EARLY * before)
    edited = {
        int(post): _soon_after(schedule, int(post), rng)
        for post in early[:count_edited]
        if not is_fixed[post]
    }
    gone_early = early[count_edited : count_edited + count_gone]
    gone = {int(post): _soon_after(schedule, int(post), rng) for post in gone_early}
    recent = np.arange(int(before * (1 - _RECENT)), before)
    late = rng.permutation([post for post in recent if post not in gone and post not in edited])
    count_late = max(2, round(_EDITED_LATE * before))
    count_between = max(2, round(_GONE_BETWEEN * before))
    edits = [int(post) for post in late if not is_fixed[post]][:count_late]
    edited |= {post: _between(nights, rng) for post in edits}
    chosen = [int(post) for post in late if post not in edited][:count_between]
    gone |= {post: _between(nights, rng) for post in chosen}
    leaver, when = _leaver(population, schedule, rng), _between(nights, rng)
    for post in np.flatnonzero(schedule.authors == leaver):
        gone[int(post)] = min(when, gone.get(int(post), when))
    return Changes(edited=edited, gone=gone, authors_gone={leaver: when})


def _leaver(population: Population, schedule: Schedule, rng: Generator) -> int:
    """A resident of few posts, who wrote nothing on the last day."""
    posts = np.bincount(schedule.authors, minlength=len(population))
    last: Ints = schedule.authors[-max(1, len(schedule) // 50) :]
    few = population.is_voice("resident") & (posts <= np.median(posts)) & (posts > 1)
    if (few & population.is_on("mastodon")).any():
        few &= population.is_on("mastodon")  # where a deleted account is told from a deleted post
    few[last] = False
    few[list(population.paired)] = False
    candidates = np.flatnonzero(few)
    return int(rng.choice(candidates if len(candidates) else np.arange(len(population))))


def _soon_after(schedule: Schedule, post: int, rng: Generator) -> datetime:
    moment = datetime.fromtimestamp(int(schedule.at_ms[post]) // 1000, tz=UTC)
    return moment + timedelta(minutes=int(rng.integers(2, 240)))


def _between(nights: Sequence[datetime], rng: Generator) -> datetime:
    span = int((nights[1] - nights[0]).total_seconds())
    return nights[0] + timedelta(seconds=int(rng.integers(60, span - 60)))
