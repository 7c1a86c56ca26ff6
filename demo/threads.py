"""Who speaks to whom: circles of friends, then replies, mentions and quotes.

People speak with those of their platform and their side (the city, the namesake, elsewhere) who
share their theme, and among those, with those whom many of their side read: so the graph tells,
faintly, who is local. Engagement pods speak among themselves.
"""

from __future__ import annotations

__all__ = ["Threads", "draw_circles", "draw_threads"]

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

from demo.audience import Audience
from demo.people import Floats, Ints, Population
from demo.rings import Rings
from demo.schedule import Schedule

CIRCLE = 14
REPLY_RATE, QUOTE_RATE, MENTION_RATE = 0.17, 0.05, 0.08
REPLY_WINDOW_MS = 72 * 3_600_000
_RING_PULL = 0.4  # a ring's members answer this much more readily, as a part of the usual bar
_QUIET = ("automated", "institution", "media")


@dataclass(frozen=True, slots=True)
class Threads:
    """Post number → the number of the post that it answers or quotes, or of the author named."""

    replies: dict[int, int] = field(default_factory=dict)
    quotes: dict[int, int] = field(default_factory=dict)
    mentions: dict[int, int] = field(default_factory=dict)


def draw_circles(population: Population, audience: Audience, rings: Rings, rng: Generator) -> Ints:
    """The people whom each author speaks to: (authors × CIRCLE) author numbers."""
    sides = np.where(population.is_voice("namesake"), 1, 0)
    sides = np.where(population.is_voice("visitor", "second_home", "automated"), 2, sides)
    circles = np.empty((len(population), CIRCLE), dtype=np.int64)
    for platform in dict.fromkeys(population.platforms):
        everyone = np.flatnonzero(population.is_on(platform))
        for side in range(3):
            pull = audience.local if side == 0 else audience.followers - audience.bought
            weights = np.sqrt(np.maximum(pull, 0) + 1)
            near = everyone[sides[everyone] == side]
            for theme in np.unique(population.main_theme[near]):
                choosers = near[population.main_theme[near] == theme]
                groups = _Groups(choosers, near, everyone)
                circles[choosers] = _chosen(groups, weights, rng)
    for ring in range(rings.count):
        members = rings.members(ring)
        circles[members] = rng.choice(members, size=(len(members), CIRCLE))
    return circles


@dataclass(frozen=True, slots=True)
class _Groups:
    """Authors of one platform, side and theme; of that side; of that platform."""

    choosers: Ints
    near: Ints
    everyone: Ints


def _chosen(groups: _Groups, weights: Floats, rng: Generator) -> Ints:
    shape = (len(groups.choosers), CIRCLE)
    kind = rng.random(shape)
    drawn = _drawn(groups.everyone, weights, shape, rng)
    drawn = np.where(kind < 0.85, _drawn(groups.near, weights, shape, rng), drawn)
    return np.where(kind < 0.5, _drawn(groups.choosers, weights, shape, rng), drawn)


def _drawn(
    members: Ints, weights: Floats,
    shape: tuple[int, int], rng: Generator,
) -> Ints:  # fmt: skip
    ladder = np.cumsum(weights[members])
    steps = np.searchsorted(ladder, rng.random(shape) * ladder[-1], side="right")
    return np.asarray(members[np.minimum(steps, len(members) - 1)])


def draw_threads(
    population: Population, schedule: Schedule, circles: Ints, *, rings: Rings, rng: Generator
) -> Threads:
    """Choose which posts answer, quote or name somebody; comments of Instagram are no posts."""
    threads = Threads()
    posts_of = schedule.posts_of(len(population))
    kinds = rng.random(len(schedule))
    friends = circles[schedule.authors, rng.integers(CIRCLE, size=(4, len(schedule)))].T
    is_ringed = rings.ring[schedule.authors] >= 0
    kinds = np.where(is_ringed, kinds * _RING_PULL, kinds)
    is_threaded = population.is_on("mastodon", "x")[schedule.authors]
    is_mute = population.is_voice(*_QUIET)[schedule.authors]
    is_mute |= population.is_on("blog")[schedule.authors]
    for post in np.flatnonzero(~is_mute & (kinds < REPLY_RATE + QUOTE_RATE + MENTION_RATE)):
        author, kind = int(schedule.authors[post]), kinds[post]
        wanted = [int(friend) for friend in friends[post] if friend != author]
        if not wanted:
            continue
        if kind >= REPLY_RATE + QUOTE_RATE or (is_ringed[post] and not is_threaded[post]):
            threads.mentions[int(post)] = wanted[0]
        elif is_threaded[post]:
            parent = _recent_post(int(post), wanted, posts_of, schedule)
            if parent is not None:
                kept = threads.replies if kind < REPLY_RATE else threads.quotes
                kept[int(post)] = parent
    return threads


def _recent_post(
    post: int, friends: list[int], posts_of: list[Ints], schedule: Schedule
) -> int | None:
    """The latest post of one of these friends, within three days before `post`."""
    for friend in friends:
        before = bisect_left(posts_of[friend], post)
        if before:
            parent = int(posts_of[friend][before - 1])
            if schedule.at_ms[post] - schedule.at_ms[parent] < REPLY_WINDOW_MS:
                return parent
    return None
