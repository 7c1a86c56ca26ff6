"""Makes a world: the same size and seed give the same files, to the byte."""

from __future__ import annotations

__all__ = ["SIZES", "WorldSize", "generate"]

from collections.abc import Callable
from pathlib import Path

import numpy as np

from demo.accounts import make_accounts
from demo.businesses import make_notices
from demo.limits import GENEROUS, Limits
from demo.plan import NIGHTS, Plan, WorldSize, draw_plan
from demo.posting import make_posts
from demo.services import Instance
from demo.texts import Composer
from demo.truth import Truth, write_truth
from demo.world import World, WorldFile, write_world

SIZES = {
    "small": WorldSize(authors=400, posts=8_000),
    "tiny": WorldSize(authors=40, posts=500, openings=8),
}


def generate(
    directory: Path, *, size: WorldSize | str = "small", seed: int = 78,
    limits: Limits = GENEROUS, progress: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """Write a world folder and its `truth/`.

    `size` is a `WorldSize` or a key of `SIZES`; `progress(posts done, posts in all)` is called
    now and then.
    """
    wanted = SIZES[size] if isinstance(size, str) else size
    plan_stream, account_stream, text_stream, notice_stream = np.random.default_rng(seed).spawn(4)
    plan = draw_plan(wanted, plan_stream)
    composer = Composer(seed=seed, expected_posts=wanted.posts)
    accounts = make_accounts(composer, plan, account_stream)
    posts, true_posts = make_posts(
        composer, plan, accounts.authors, rng=text_stream, progress=progress
    )
    notices = make_notices(
        composer,
        wanted.openings,
        starts_on=plan.starts_at.date(),
        ends_on=NIGHTS[0].date(),
        rng=notice_stream,
    )
    world = World(_file(plan, seed), accounts.authors, posts, notices.openings, limits)
    write_truth(directory, Truth(accounts.truth, true_posts, notices.truth))
    write_world(directory, world)


def _file(plan: Plan, seed: int) -> WorldFile:
    return WorldFile(
        city_id="montreval",
        seed=seed,
        starts_at=plan.starts_at,
        ends_at=NIGHTS[-1],
        nights=NIGHTS,
        instances=tuple(Instance(host=host) for host in plan.size.instances),
    )
