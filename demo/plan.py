"""All that is drawn about a world before its first word: arrays, one entry an author or a post."""

from __future__ import annotations

__all__ = ["NIGHTS", "Plan", "draw_plan"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from numpy.random import Generator

from demo.audience import Audience, draw_audience
from demo.changes import Changes, draw_changes
from demo.engagement import Engagement, Readers, draw_engagement
from demo.opt_outs import OptOut, draw_opt_outs
from demo.people import Population, draw_population
from demo.rings import Rings, draw_rings
from demo.schedule import Schedule, draw_schedule
from demo.sizes import WorldSize
from demo.subjects import Subjects, draw_subjects
from demo.threads import Threads, draw_circles, draw_threads

NIGHTS = (
    datetime(2026, 11, 17, 1, 30, tzinfo=UTC),
    datetime(2026, 11, 18, 1, 30, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A world without words."""

    size: WorldSize
    population: Population
    rings: Rings
    audience: Audience
    schedule: Schedule
    threads: Threads
    subjects: Subjects
    engagement: Engagement
    changes: Changes
    opt_outs: dict[int, OptOut]

    @property
    def nights(self) -> Sequence[datetime]:
        """The `as_of` of the nights."""
        return NIGHTS

    @property
    def starts_at(self) -> datetime:
        """The first moment of the history."""
        return NIGHTS[0] - timedelta(days=self.size.days)


def draw_plan(size: WorldSize, rng: Generator) -> Plan:
    """Draw a world; each part has its own stream, so that a change of one leaves the others."""
    streams = iter(rng.spawn(9))
    population = draw_population(size, next(streams))
    rings = draw_rings(population, next(streams))
    audience = draw_audience(population, rings, next(streams))
    schedule = draw_schedule(population, size.posts, NIGHTS[0], days=size.days, rng=next(streams))
    stream = next(streams)
    circles = draw_circles(population, audience, rings, stream)
    threads = draw_threads(population, schedule, circles, rings=rings, rng=stream)
    subjects = draw_subjects(population, schedule, threads, next(streams))
    engagement = draw_engagement(
        Readers(population, audience, rings),
        schedule,
        subjects=subjects,
        threads=threads,
        rng=next(streams),
    )
    return Plan(
        size=size,
        population=population,
        rings=rings,
        audience=audience,
        schedule=schedule,
        threads=threads,
        subjects=subjects,
        engagement=engagement,
        changes=draw_changes(population, schedule, NIGHTS, next(streams)),
        opt_outs=draw_opt_outs(population, next(streams)),
    )
