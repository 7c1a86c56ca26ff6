"""What each post is about, before any word is chosen: theme, language, tags, manner, place."""

from __future__ import annotations

__all__ = ["Subjects", "draw_subjects"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.habits import PERSONAL
from demo.people import Floats, Ints, Population
from demo.platforms import PLACE_SHARES, PLACES
from demo.schedule import Schedule
from demo.themes import MEDIA_RATES, THEMES
from demo.threads import Threads
from demo.voices import VOICE_SHARES

# Posts under the city's hashtag that speak of something else: by haste, or to be seen.
_OFF_TOPIC = {
    "automated": 0.22, "resident": 0.03, "commuter": 0.05, "business": 0.04, "maker": 0.05,
}  # fmt: skip
_UNTAGGED = 0.02
_UNTAGGED_REPLY = 0.25
_LINKS = {"media": 0.7, "automated": 0.5, "institution": 0.4, "business": 0.25, "association": 0.25}

# Of what people write: how often they say it in one of these manners; of returning visitors.
_MANNERS = {"irony": 0.045, "mixed": 0.06, "switch": 0.02, "brands": 0.045, "photo": 0.03}
_RETURNING = 0.35
_PHOTO_RATES = {"instagram": 0.11, "blog": 0.0}
_MANNERS_OF_BLOGS = ("irony", "mixed", "brands")
_AT_A_PLACE = {"instagram": 0.22, "x": 0.015}
_NAMES_ACCOUNT = 0.03  # of Instagram's posts: they tag the city's own account

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Subjects:
    """One entry a post. `theme` is a number of THEMES, -1 for daily life.

    `is_tagged`: the post names the city or bears its hashtag; `is_off_topic`: it bears the
    hashtag and is about something else. `manner`: one of `demo.frames.MANNERS`, or empty.
    `place` numbers the place that the post bears, -1 for none.
    """

    theme: Ints
    is_english: Flags
    is_tagged: Flags
    is_off_topic: Flags
    media_count: Ints
    has_link: Flags
    manner: Sequence[str]
    place: Ints
    names_account: Flags


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
    media_rate = np.array([*(MEDIA_RATES.get(name, 0.3) for name in THEMES), 0.25])[theme]
    is_pictured = population.is_on("instagram")[authors]
    media_rate = np.where(population.is_on("blog")[authors], 2 * media_rate, media_rate)
    is_here = is_tagged & ~population.is_voice("namesake")[authors]
    return Subjects(
        theme=theme,
        is_english=rng.random(count) < population.english[authors],
        is_tagged=is_tagged,
        is_off_topic=is_tagged & (rng.random(count) < _by_voice(_OFF_TOPIC, population)[authors]),
        media_count=np.clip(rng.poisson(media_rate), is_pictured, 4),
        has_link=rng.random(count) < _by_voice(_LINKS, population, other=0.05)[authors],
        manner=_manners(population, schedule, rng),
        place=np.where(is_here, _places(population, schedule, rng), -1),
        names_account=is_here & is_pictured & (rng.random(count) < _NAMES_ACCOUNT),
    )


def _manners(population: Population, schedule: Schedule, rng: Generator) -> list[str]:
    """How each post is said; only people have manners, and returning visitors one more."""
    names = (*_MANNERS, "returning", "")
    rates = np.zeros((len(population), len(names)))
    rates[:, : len(_MANNERS)] = list(_MANNERS.values())
    for platform, rate in _PHOTO_RATES.items():
        rates[population.is_on(platform), names.index("photo")] = rate
    kept = [name in _MANNERS_OF_BLOGS for name in names]
    rates[population.is_on("blog")] *= kept
    rates[np.array(population.habits) == "returning", names.index("returning")] = _RETURNING
    rates[~population.is_voice(*PERSONAL)] = 0.0
    ladder = np.cumsum(rates, axis=1)
    ladder[:, -1] = 1.0
    drawn = (ladder[schedule.authors] <= rng.random(len(schedule))[:, None]).sum(axis=1)
    return [names[at] for at in drawn]


def _places(population: Population, schedule: Schedule, rng: Generator) -> Ints:
    count = len(schedule)
    rates = np.array([_AT_A_PLACE.get(name, 0.0) for name in population.platforms])
    place = rng.choice(len(PLACES), size=count, p=PLACE_SHARES)
    return np.where(rng.random(count) < rates[schedule.authors], place, -1)


def _by_voice(rates: dict[str, float], population: Population, *, other: float = 0.01) -> Floats:
    if not rates.keys() <= set(VOICE_SHARES):
        raise ValueError("rates name a voice that nobody has")
    return np.array([rates.get(voice, other) for voice in population.voices])
