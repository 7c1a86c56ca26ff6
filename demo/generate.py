"""Makes a world: the same size and seed give the same files, to the byte."""

from __future__ import annotations

__all__ = ["SIZES", "WorldSize", "generate"]

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from demo.accounts import make_accounts
from demo.businesses import make_notices
from demo.limits import GENEROUS, Limits
from demo.plan import NIGHTS, Plan, draw_plan
from demo.platforms import PLACES
from demo.posting import make_posts
from demo.services import InstagramService, Instance, SireneService, Website, XService
from demo.sizes import SIZES, WorldSize
from demo.texts import Composer
from demo.truth import Truth, write_truth
from demo.websites import make_sites
from demo.world import World, WorldFile, write_world


def generate(
    directory: Path, *, size: WorldSize | str = "small", seed: int = 78,
    limits: Limits = GENEROUS, progress: Callable[[int, int], None] | None = None,
) -> None:  # fmt: skip
    """Write a world folder and its `truth/`.

    `size` is a `WorldSize` or a key of `SIZES`; `progress(posts done, posts in all)` is called
    now and then.
    """
    wanted = SIZES[size] if isinstance(size, str) else size
    streams = iter(np.random.default_rng(seed).spawn(5))
    plan = draw_plan(wanted, next(streams))
    composer = Composer(seed=seed, expected_posts=wanted.posts)
    accounts = make_accounts(composer, plan, next(streams))
    posts, true_posts = make_posts(
        composer, plan, accounts.authors, rng=next(streams), progress=progress
    )
    notices = make_notices(composer, wanted, starts_at=plan.starts_at, rng=next(streams))
    sites = make_sites(accounts.authors, plan.opt_outs, next(streams))
    world = World(_file(plan, seed, sites), accounts.authors, posts, notices.openings, limits)
    write_truth(directory, Truth(accounts.truth, true_posts, notices.truth))
    write_world(directory, world)


def _file(plan: Plan, seed: int, sites: Sequence[Website]) -> WorldFile:
    size = plan.size
    return WorldFile(
        city_id="montreval",
        seed=seed,
        starts_at=plan.starts_at,
        ends_at=NIGHTS[-1],
        nights=NIGHTS,
        instances=tuple(Instance(host=host) for host in size.instances),
        sirene=SireneService() if "sirene" in size.registers else None,
        x=XService() if "x" in size.platforms else None,
        instagram=InstagramService(places=PLACES) if "instagram" in size.platforms else None,
        sites=tuple(sites),
    )
