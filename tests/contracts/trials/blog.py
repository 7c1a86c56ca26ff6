"""Blogs: three sites that WordPress makes, given by their feeds."""

from __future__ import annotations

__all__ = ["TRIAL"]

from demo.world import World
from tests.contracts.trials.trial import Trial
from tests.demo.small_blogs import CARNET, ECHO, GAZETTE, blogs, hourly, site

HOSTS = (GAZETTE, CARNET, ECHO)


def of(count: int) -> World:
    """So many entries in all, a third on each site."""
    shares = [len(range(at, count, len(HOSTS))) for at in range(len(HOSTS))]
    posts = [p for h, share in zip(HOSTS, shares, strict=True) for p in hourly(share, h)]
    return blogs(map(site, HOSTS), posts)


TRIAL = Trial(
    source={
        "source_id": "blogs",
        "platform": "blog",
        "sites": [f"https://{host}/feed/" for host in HOSTS],
        "use": "rank",
        "history_days": 120,
    },
    world=of,
    path="/feed",
    # The faults that alter a record alter JSON: odd entries are tried with the source's own tests.
    altered="",
    opted_out=blogs([site(host, is_noindex=True) for host in HOSTS], hourly(12)),
)
