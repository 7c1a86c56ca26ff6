"""What readers do with each post: likes, replies, shares, and how many people of the city see it.

Readers of the city answer more than distant ones. Counts are gamma-Poisson, as real ones are:
most posts get nothing, a few get a lot.
"""

from __future__ import annotations

__all__ = ["Engagement", "draw_engagement"]

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from demo.audience import Audience
from demo.people import Floats, Ints, Population
from demo.schedule import Schedule
from demo.subjects import Subjects
from demo.threads import Threads

LIKES_PER_LOCAL_READER, LIKES_PER_FAR_READER = 0.11, 0.018
REPLIES_PER_LIKE, SHARES_PER_LIKE = 0.12, 0.18
_DISPERSION = 1.4
_FIT_THEME, _FIT_DAILY, _FIT_OFF_TOPIC = 1.0, 0.75, 0.4
_POST_SPREAD = 0.6


@dataclass(frozen=True, slots=True)
class Engagement:
    """One entry a post, but for `author_reach`: expected people of the city for the next post."""

    likes: Ints
    replies: Ints
    shares: Ints
    half_life_hours: Floats
    reach: Floats
    author_reach: Floats


def draw_engagement(
    population: Population, audience: Audience, schedule: Schedule, *,
    subjects: Subjects, threads: Threads, rng: Generator,
) -> Engagement:  # fmt: skip
    """Draw the final figures of every post."""
    authors, count = schedule.authors, len(schedule)
    fit = np.where(subjects.theme >= 0, _FIT_THEME, _FIT_DAILY)
    fit = np.where(subjects.is_off_topic, _FIT_OFF_TOPIC, fit)
    # Mean 1, so that the author's reach is the mean of the reaches of their posts.
    luck = np.exp(_POST_SPREAD * rng.standard_normal(count) - _POST_SPREAD**2 / 2)
    readers = (LIKES_PER_LOCAL_READER * audience.reach + LIKES_PER_FAR_READER * audience.far_reach)[
        authors
    ]
    wish = readers * audience.quality[authors] * fit * luck
    rate = wish * rng.gamma(_DISPERSION, 1 / _DISPERSION, count)
    replies = rng.poisson(REPLIES_PER_LIKE * rate)
    shares = rng.poisson(SHARES_PER_LIKE * rate)
    np.add.at(replies, list(threads.replies.values()), 1)
    np.add.at(shares, list(threads.quotes.values()), 1)
    themed = population.themes.sum(axis=1)
    return Engagement(
        likes=rng.poisson(rate),
        replies=replies,
        shares=shares,
        half_life_hours=np.round(9.0 * np.exp(0.9 * rng.standard_normal(count)), 2),
        reach=np.round(audience.reach[authors] * fit * luck, 2),
        author_reach=np.round(
            audience.reach * (themed * _FIT_THEME + (1 - themed) * _FIT_DAILY), 2
        ),
    )
