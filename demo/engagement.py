"""What readers do with each post: likes, replies, shares, and how many people of the city see it.

Readers of the city answer more than distant ones. Counts are gamma-Poisson, as real ones are:
most posts get nothing, a few get a lot.
"""

from __future__ import annotations

__all__ = ["Engagement", "Readers", "draw_engagement"]

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from demo.audience import Audience
from demo.people import Floats, Ints, Population
from demo.rings import Rings
from demo.schedule import Schedule
from demo.subjects import Subjects
from demo.threads import Threads

LIKES_PER_LOCAL_READER, LIKES_PER_FAR_READER = 0.11, 0.018
REPLIES_PER_LIKE, SHARES_PER_LIKE = 0.12, 0.18
_DISPERSION = 1.4
_FIT_THEME, _FIT_DAILY, _FIT_OFF_TOPIC = 1.0, 0.75, 0.4
_POST_SPREAD = 0.6
_RING_REPLIES, _RING_SHARES = 0.16, 0.06
_VIEWS_A_READER = 1.9
_VIDEOS = 0.2  # of Instagram's posts: only they have views
# How freely readers like, answer and pass on; a blog has comments only, Instagram tells no shares.
_HABITS = {
    "mastodon": (1.0, 1.0, 1.0), "x": (0.7, 1.0, 1.1), "instagram": (2.4, 0.6, 0.0),
    "blog": (0.0, 0.8, 0.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Engagement:
    """One entry a post, but for `author_reach`: expected people of the city for the next post.

    `views`: -1 where the platform does not tell.
    """

    likes: Ints
    replies: Ints
    shares: Ints
    views: Ints
    half_life_hours: Floats
    reach: Floats
    author_reach: Floats


@dataclass(frozen=True, slots=True)
class Readers:
    """Who could read and answer: the authors, their audience, their rings."""

    population: Population
    audience: Audience
    rings: Rings


def draw_engagement(
    readers: Readers, schedule: Schedule, *, subjects: Subjects, threads: Threads, rng: Generator
) -> Engagement:
    """Draw the final figures of every post."""
    population, audience = readers.population, readers.audience
    authors, count = schedule.authors, len(schedule)
    fit = np.where(subjects.theme >= 0, _FIT_THEME, _FIT_DAILY)
    fit = np.where(subjects.is_off_topic, _FIT_OFF_TOPIC, fit)
    # Mean 1, so that the author's reach is the mean of the reaches of their posts.
    luck = np.exp(_POST_SPREAD * rng.standard_normal(count) - _POST_SPREAD**2 / 2)
    likely = LIKES_PER_LOCAL_READER * audience.reach + LIKES_PER_FAR_READER * audience.far_reach
    wish = likely[authors] * audience.quality[authors] * fit * luck
    rate = wish * rng.gamma(_DISPERSION, 1 / _DISPERSION, count)
    ring = readers.rings.likes[authors] * rng.gamma(4.0, 0.25, count)
    likes, replies, shares = np.array([_HABITS[name] for name in population.platforms])[authors].T
    count_replies = rng.poisson(replies * (REPLIES_PER_LIKE * rate + _RING_REPLIES * ring))
    count_shares = rng.poisson(shares * (SHARES_PER_LIKE * rate + _RING_SHARES * ring))
    np.add.at(count_replies, list(threads.replies.values()), 1)
    np.add.at(count_shares, list(threads.quotes.values()), 1)
    themed = population.themes.sum(axis=1)
    return Engagement(
        likes=rng.poisson(likes * (rate + ring)),
        replies=count_replies,
        shares=count_shares,
        views=_views(readers, schedule, luck, rng),
        half_life_hours=np.round(9.0 * np.exp(0.9 * rng.standard_normal(count)), 2),
        reach=np.round(audience.reach[authors] * fit * luck, 2),
        author_reach=np.round(
            audience.reach * (themed * _FIT_THEME + (1 - themed) * _FIT_DAILY), 2
        ),
    )


def _views(readers: Readers, schedule: Schedule, luck: Floats, rng: Generator) -> Ints:
    """How often a post was looked at, by people of the city and others."""
    audience = readers.audience
    seen = _VIEWS_A_READER * (audience.reach + audience.far_reach) + readers.rings.likes
    views = rng.poisson(seen[schedule.authors] * luck)
    is_video = rng.random(len(schedule)) < _VIDEOS
    is_told = readers.population.is_on("x")[schedule.authors]
    is_told |= readers.population.is_on("instagram")[schedule.authors] & is_video
    return np.where(is_told, views, -1)
