"""The whole backlog at once: all posts that an earlier version read, without waiting for nights.

It goes on where the newest night stopped, at that night's moment and with its brief: newest posts
first, one transaction a step, so that it may be killed at any moment and run again. Each step
leaves scores of posts and sums of days that agree; authors and rankings are made anew at the end.
Between two steps the warehouse is free: a night may come in, and new posts are left to it.
"""

from __future__ import annotations

__all__ = ["STEP_POSTS", "rescore"]

from collections.abc import Callable

from duckdb import DuckDBPyConnection

from cities.folder import CityFolder
from scoring.errors import NothingScoredError
from scoring.fresh import count_rescored, select_fresh
from scoring.night import Night
from scoring.run import open_night, read_posts, score_authors
from scoring.score_runs import Progress, newest_run
from scoring.sensitive_posts import drop_sensitive
from warehouse.connection import open_warehouse

STEP_POSTS = 100_000


def rescore(
    folder: CityFolder,
    *,
    step_posts: int = STEP_POSTS,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Read the backlog; `tell` is called after each step. Raises `PortevoixError`."""
    is_done = False
    while not is_done:
        progress, count_taken = _step(folder, step_posts)
        tell(progress)
        # What is left and not taken was edited since: the next night reads it.
        is_done = count_taken < step_posts
    with open_warehouse(folder) as connection:
        night = _newest_night(folder, connection)
        connection.begin()
        score_authors(night)
        connection.commit()
    return progress


def _step(folder: CityFolder, step_posts: int) -> tuple[Progress, int]:
    with open_warehouse(folder) as connection:
        night = _newest_night(folder, connection)
        connection.begin()
        # Other words or another model of what is sensitive: such posts leave before they are read.
        drop_sensitive(connection, night.as_of)
        select_fresh(night, most_rescored=step_posts, takes_new=False)
        progress = read_posts(night, is_resumed=True)
        count_taken = count_rescored(night)
        connection.commit()
    return progress, count_taken


def _newest_night(folder: CityFolder, connection: DuckDBPyConnection) -> Night:
    as_of = newest_run(connection)
    if as_of is None:
        raise NothingScoredError(
            f"{folder.city_id}: nothing is scored yet; run `portevoix nightly {folder.city_id}`"
        )
    return open_night(folder, connection, as_of, is_resumed=True)
