"""On which days each author is likely to post: habits, stays of visitors, second homes, departures.

A day here runs from the night's hour to the next night's.
"""

from __future__ import annotations

__all__ = ["FESTIVAL_DAYS_BEFORE", "Rhythm", "draw_rhythm"]

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.people import Floats, Ints, Population

# The festival is the long weekend that ends this many days before night 1.
FESTIVAL_DAYS_BEFORE = 57
_FESTIVAL_LENGTH = 4
# Holidays of the schools, as (month, day) of the first and the last.
_HOLIDAYS = (((7, 4), (8, 31)), ((10, 17), (11, 1)), ((12, 19), (12, 31)), ((2, 13), (2, 28)))
_WEEKEND_SHARE, _HOLIDAY_WEEK_SHARE = 0.55, 0.6
_LEFT_BETWEEN = (0.25, 0.7)
_AFTER_LEAVING = 0.3
_ARRIVED_BEFORE = 0.4  # newcomers come one after the other in the first part of the history
_BAND_DAYS, _GAP_DAYS = 30, 13


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weights`: (authors × days + 1) how likely each author is to post on each day.

    `left_on`: the day on which each author left the city for good; beyond the last for most.
    """

    weights: Floats
    left_on: Ints


@dataclass(frozen=True, slots=True)
class _Calendar:
    start: datetime
    days: int

    @property
    def weekday(self) -> Ints:
        return (self.start.weekday() + np.arange(self.days + 1)) % 7

    @property
    def festival(self) -> int:
        return max(0, self.days - FESTIVAL_DAYS_BEFORE)

    @property
    def is_holiday(self) -> NDArray[np.bool_]:
        days = [(self.start + timedelta(days=at)).date() for at in range(self.days + 1)]
        return np.array([_is_holiday(day) for day in days])


def draw_rhythm(
    population: Population, first_night: datetime, *, days: int, rng: Generator
) -> Rhythm:
    """Draw the days of every author, over `days` days before the first night and the one after."""
    calendar = _Calendar(first_night - timedelta(days=days), days)
    weekday, festival = calendar.weekday, calendar.festival
    weights = rng.gamma(1.5, 1.0, size=(len(population), days + 1))
    weights *= np.where(weekday >= 5, 1.35, 1.0)
    weights[:, festival : festival + _FESTIVAL_LENGTH] *= 2.5
    for at, habit in enumerate(population.habits):
        weights[at] *= _habit(habit, calendar, rng)
    for newcomer in np.flatnonzero(population.is_voice("newcomer")):
        weights[newcomer, : int(days * _ARRIVED_BEFORE * rng.random())] = 0.0
    left_on = np.full(len(population), days + 2)
    for leaver in np.flatnonzero(population.is_voice("leaver")):
        left_on[leaver] = round(days * float(rng.uniform(*_LEFT_BETWEEN)))
        weights[leaver, left_on[leaver] :] *= _AFTER_LEAVING
    return Rhythm(weights=np.maximum(weights, 1e-12), left_on=left_on)


def _habit(habit: str, calendar: _Calendar, rng: Generator) -> Floats:
    weekday, days = calendar.weekday, calendar.days
    if habit == "weekly":
        return np.where(weekday == rng.integers(7), 6.0, 0.4)
    if habit == "workdays":
        return np.where(weekday < 5, 1.0, 0.03)
    if habit == "silent":
        return _silence(days, rng)
    if habit == "holidays":
        return _second_home(calendar, rng)
    there = np.ones(days + 1)
    stays = list(_stays(habit, calendar, rng))
    if stays:
        there[:] = 0.0
    for first, length in stays:
        there[first : first + length] = 1.0
    return there


def _silence(days: int, rng: Generator) -> Floats:
    """One to two and a half months without a word."""
    quiet = int(rng.integers(30, 76))
    first = int(rng.integers(0, max(1, days - quiet)))
    speaks = np.ones(days + 1)
    speaks[first : first + quiet] = 0.0
    return speaks


def _stays(habit: str, calendar: _Calendar, rng: Generator) -> Iterator[tuple[int, int]]:
    """The stays of a visitor, as (first day, days); none for other habits."""
    days = calendar.days
    if habit == "festival":
        yield calendar.festival, int(rng.integers(2, 1 + _FESTIVAL_LENGTH))
    elif habit == "weekend":
        fridays = np.flatnonzero(calendar.weekday[:-2] == 4)
        yield int(rng.choice(fridays)) if len(fridays) else 0, 3
    elif habit == "burst":
        length = int(rng.integers(2, 6))
        yield int(rng.integers(0, max(1, days - length + 2))), length
    elif habit == "returning":
        bands = max(1, min(4, days // _BAND_DAYS))
        chosen = sorted(rng.permutation(bands)[: int(rng.integers(2, 5))].tolist())
        for band in chosen:
            first = band * _BAND_DAYS + int(rng.integers(0, _BAND_DAYS - _GAP_DAYS))
            yield min(first, days - 1), int(rng.integers(2, 5))


def _second_home(calendar: _Calendar, rng: Generator) -> Floats:
    """Some weekends, and some weeks of the holidays."""
    count_weeks = calendar.days // 7 + 2
    week = (np.arange(calendar.days + 1) + calendar.start.weekday()) // 7
    weekends = rng.random(count_weeks) < _WEEKEND_SHARE
    weeks = rng.random(count_weeks) < _HOLIDAY_WEEK_SHARE
    is_weekend = calendar.weekday >= 4
    is_there = (is_weekend & weekends[week]) | (calendar.is_holiday & weeks[week])
    return np.where(is_there if is_there.any() else is_weekend, 1.0, 0.01)


def _is_holiday(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _HOLIDAYS)
