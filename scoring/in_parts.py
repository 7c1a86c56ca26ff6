"""Posts in their thousands are read by all cores: parts of a batch go to processes of their own.

What is read does not depend on who reads it, so the rows are those of one process. A usual night
stays in one: a process that reads needs seconds to begin and 300 MiB, which only a backfill or a
model read anew is worth. The processes wait for the next batch, and end with the one that began
them, even when it is killed.
"""

from __future__ import annotations

__all__ = ["LEAST_POSTS", "in_parts"]

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import pairwise
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

Posts = TypeVar("Posts")
Found = TypeVar("Found")
LEAST_POSTS = 12_000
MOST_PROCESSES = 4
PARTS_EACH = 3


def in_parts(
    read: Callable[[Posts], Found],
    posts: Posts,
    *,
    count: int,
    part: Callable[[int, int], Posts],
    alone: Callable[[Posts], Found] | None = None,
) -> Sequence[Found]:
    """What `read` finds, a part after the other, in order: `part(start, end)` cuts `posts`.

    `read` and the parts travel between processes; `alone`: what reads all in this one.
    """
    processes = min(len(os.sched_getaffinity(0)), MOST_PROCESSES)
    if count < LEAST_POSTS or processes < 2:
        return [(alone or read)(posts)]
    many = processes * PARTS_EACH
    bounds = pairwise(count * number // many for number in range(many + 1))
    return list(_executor(processes).map(read, [part(*ends) for ends in bounds]))


@cache
def _executor(processes: int) -> ProcessPoolExecutor:
    # Spawned: a fork would copy DuckDB's locks without the threads that hold them.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(0)
