"""What each post is about, before any word is chosen: its theme, its language, its tags."""

from __future__ import annotations

__all__ = ["Subjects", "draw_subjects"]

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.people import Floats, Ints, Population
from demo.schedule import Schedule
from demo.texts import THEMES, VOICES
from demo.threads import Threads

# Posts under the city's hashtag that speak of something else: by haste, or to be seen.
_OFF_TOPIC = {"automated": 0.22, "resident": 0.03, "commuter": 0.05, "business": 0.04}
_UNTAGGED = 0.02
_UNTAGGED_REPLY = 0.25
_MEDIA = {"photography": 1.3, "decoration": 0.9, "fashion": 0.9, "gastronomy": 0.7, "nature": 0.8}
_LINKS = {"media": 0.7, "automated": 0.5, "institution": 0.4, "business": 0.25, "association": 0.25}

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Subjects:
    """One entry a post. `theme` is a number of THEMES, -1 for daily life.

    `is_tagged`: the post names the city or bears its hashtag; `is_off_topic`: it bears the
    hashtag and is about something else.
    """

    theme: Ints
    is_english: Flags
    is_tagged: Flags
    is_off_topic: Flags
    media_count: Ints
    has_link: Flags


def draw_subjects(
    population: Population, schedule: Schedule, threads: Threads, rng: Generator
) -> Subjects:
    """Draw the subject of every post from what its author likes to speak of."""
    authors, count = schedule.authors, len(schedule)
    ladder = np.cumsum(population.themes, axis=1)
    theme = (ladder[authors] <= rng.random(count)[:, None]).sum(axis=1)
    theme = np.where(theme == len(THEMES), -1, theme)
    untagged = np.full(count, _UNTAGGED)
    untagged[list(threads.replies)] = _UNTAGGED_REPLY
    is_tagged = rng.random(count) >= untagged
    media_rate = np.array([*(_MEDIA.get(name, 0.3) for name in THEMES), 0.25])[theme]
    return Subjects(
        theme=theme,
        is_english=rng.random(count) < population.english[authors],
        is_tagged=is_tagged,
        is_off_topic=is_tagged & (rng.random(count) < _by_voice(_OFF_TOPIC, population)[authors]),
        media_count=np.minimum(rng.poisson(media_rate), 4),
        has_link=rng.random(count) < _by_voice(_LINKS, population, other=0.05)[authors],
    )


def _by_voice(rates: dict[str, float], population: Population, *, other: float = 0.01) -> Floats:
    if not rates.keys() <= set(VOICES):
        raise ValueError("rates name a voice that nobody has")
    return np.array([rates.get(voice, other) for voice in population.voices])
