"""When each author posts: the days of `rhythm`, the hours of people, commuters and offices."""

from __future__ import annotations

__all__ = ["Schedule", "draw_schedule"]

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.random import Generator

from demo.people import Flags, Floats, Ints, Population
from demo.rhythm import draw_rhythm

_NIGHT_SHARE = 0.01  # of all posts, those of the day between the two nights
_HOUR_MS = 3_600_000
# Local hours (mean, spread) at which people, then shops and offices, post; and how often each.
_PEOPLE_HOURS = ((8.0, 1.0, 0.18), (12.8, 1.0, 0.24), (19.0, 2.0, 0.38), (22.0, 1.3, 0.20))
_TRAIN_HOURS = ((7.6, 0.5, 0.35), (12.6, 0.7, 0.25), (17.9, 0.6, 0.4))
_OFFICE_HOURS = ((9.5, 1.0, 0.4), (14.0, 1.5, 0.3), (17.5, 1.2, 0.3))
_OFFICES = ("business", "institution", "association", "media")


@dataclass(frozen=True, slots=True)
class Schedule:
    """One entry a post, in order of time. `at_ms`: milliseconds since 1970, all different.

    `has_left`: its author, once a resident, has left the city by then.
    """

    authors: Ints
    at_ms: Ints
    has_left: Flags

    def __len__(self) -> int:
        return len(self.authors)

    def posts_of(self, count_authors: int) -> list[Ints]:
        """The post numbers of each author, in order of time."""
        order = np.argsort(self.authors, kind="stable")
        edges = np.searchsorted(self.authors[order], np.arange(1, count_authors))
        return np.split(order, edges)


def draw_schedule(
    population: Population, count: int, first_night: datetime, *, days: int, rng: Generator
) -> Schedule:
    """Draw `count` posts over `days` days before the first night and the one day after it."""
    rhythm = draw_rhythm(population, first_night, days=days, rng=rng)
    weights = rhythm.weights
    count_last = max(4, round(_NIGHT_SHARE * count))
    history, last = weights[:, :days], population.activity * weights[:, days]
    authors = _authors_of_history(population, count - count_last, rng)
    ladder = np.cumsum(history, axis=1)
    ladder /= ladder[:, -1:]
    steps = (ladder + np.arange(len(population))[:, None]).ravel()
    found = np.searchsorted(steps, authors + rng.random(len(authors)), side="right")
    day = np.clip(found - authors * days, 0, days - 1)
    authors = np.append(authors, rng.choice(len(last), size=count_last, p=last / last.sum()))
    day = np.append(day, np.full(count_last, days))
    at_ms = _moments(population, authors, day, first_night - timedelta(days=days), rng)
    order = np.argsort(at_ms, kind="stable")
    rank = np.arange(count)
    at_ms = np.maximum.accumulate(at_ms[order] - rank) + rank
    has_left = day >= rhythm.left_on[authors]
    return Schedule(authors=authors[order], at_ms=at_ms, has_left=has_left[order])


def _authors_of_history(population: Population, count: int, rng: Generator) -> Ints:
    """Who makes each post of the history: everybody at least one, the rest by activity."""
    everybody = np.arange(len(population))
    chances = population.activity / population.activity.sum()
    rest = rng.choice(len(population), size=count - len(everybody), p=chances)
    return np.concatenate([everybody, rest])


def _moments(
    population: Population, authors: Ints, day: Ints, start: datetime, rng: Generator
) -> Ints:
    """Milliseconds of each post. A day here runs from the night's hour to the next night's."""
    hours = _local_hours(population, authors, rng)
    starts = [start + timedelta(days=number) for number in range(int(day.max()) + 1)]
    paris = ZoneInfo("Europe/Paris")
    begin = np.array([_local_hour(moment, paris) for moment in starts])
    into_day = (hours - begin[day]) % 24.0
    start_ms = round(start.timestamp() * 1000)
    # The last second is left out, so that distinct moments never spill into the next day.
    within = np.minimum((into_day * _HOUR_MS).astype(np.int64), 24 * _HOUR_MS - 1000)
    return np.asarray(start_ms + day * 24 * _HOUR_MS + within)


def _local_hour(moment: datetime, zone: ZoneInfo) -> float:
    local = moment.astimezone(zone)
    return local.hour + local.minute / 60


def _local_hours(population: Population, authors: Ints, rng: Generator) -> Floats:
    people = _mixture(_PEOPLE_HOURS, len(authors), rng)
    offices = _mixture(_OFFICE_HOURS, len(authors), rng)
    hour = rng.integers(6, 23, size=len(population))
    clock = hour[authors] + rng.integers(0, 3, size=len(authors)) / 60
    trains = _mixture(_TRAIN_HOURS, len(authors), rng)
    hours = np.where(population.is_voice(*_OFFICES)[authors], offices, people)
    hours = np.where(population.is_voice("commuter")[authors], trains, hours)
    return np.where(population.is_voice("automated")[authors], clock, hours)


def _mixture(parts: tuple[tuple[float, float, float], ...], count: int, rng: Generator) -> Floats:
    mean, spread, share = np.array(parts).T
    part = rng.choice(len(parts), size=count, p=share)
    return np.asarray(mean[part] + spread[part] * rng.standard_normal(count))
