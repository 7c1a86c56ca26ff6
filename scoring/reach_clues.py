"""The contributions to reach of all accounts of a night, as arrays: see `scoring.reach`."""

from __future__ import annotations

__all__ = ["Accounts", "clues_of"]

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from scoring.reach_core import INPUTS, ReachCore
from scoring.reach_usual import (
    Numbers,
    engagement_of_a_mention,
    over_performance,
    spread_of,
)

Places = npt.NDArray[np.intp]
# Beyond this ln λ, a quarter counts: 12 times the usual.
BELIEVED, BEYOND = 2.5, 0.25
RING, ECHO, STANDING = 2.5, 0.25, 0.1
MOST_ECHO, MOST_STANDING = 1.0, 0.3
TWICE = float(np.log(2))
# Of what an audience won by leaps seems to reach, a third is believed.
DOUBT_OF_LEAPS = float(np.log(3))
NEW_EYES = 0.5
FEWEST_PEOPLE, MOST_PEOPLE = 3.0, 100.0
HOME_PRIOR, HOME_LEAST, HOME_SHARE = 20.0, 0.02, 0.6
# How far from the platform's middle an account may stand, in standard deviations.
FARTHEST = 2.5


@dataclass(frozen=True, slots=True)
class Accounts:
    """The columns of `reach_accounts.sql`: an account a row, absent figures as 0."""

    platform: npt.NDArray[np.object_]
    audience: Numbers
    own_audience: Numbers
    count_posts: Numbers
    home: Numbers
    mentions: Numbers
    engagement: Numbers
    sqrt_engagement: Numbers
    replies: Numbers
    views: Numbers
    viewed_engagement: Numbers
    count_engaged: Numbers
    count_local: Numbers
    ring: Numbers
    mentions_received: Numbers
    reshares_received: Numbers

    @classmethod
    def of(cls, table: pa.Table) -> Accounts:
        """From the rows as SQL gave them."""
        platform = np.array(table["platform"].to_pylist(), dtype=object)
        told = [field.name for field in fields(cls) if field.name != "platform"]
        filled = {name: np.nan_to_num(table[name].to_numpy().astype(np.float64)) for name in told}
        return cls(platform=platform, **filled)

    def platforms(self) -> Iterator[tuple[str, Places]]:
        """Each platform and the places of its accounts."""
        for name in sorted(set(self.platform.tolist())):
            yield name, np.flatnonzero(self.platform == name)


def clues_of(accounts: Accounts, standing: Numbers, *, people: float) -> dict[str, Numbers]:
    """Each contribution, by its name, with λ's `shape` and `rate`."""
    size = len(accounts.platform)
    clues = {name: np.zeros(size) for name in ("audience", "jumps", "engagement", "views", "ring",
                                               "shape", "rate")}  # fmt: skip
    supported = _supported(accounts)
    reached = _people(accounts, people)
    for platform, at in accounts.platforms():
        part = _performance(accounts, at, supported[at], _stands_for(accounts, at))
        part["audience"] += np.log(reached[platform])
        for name, values in part.items():
            clues[name][at] = values
    local = (accounts.count_local + HOME_PRIOR * (HOME_LEAST + HOME_SHARE * accounts.home)) / (
        accounts.count_engaged + HOME_PRIOR
    )
    clues["echo"] = np.clip(ECHO * _echo(accounts), -MOST_ECHO, MOST_ECHO)
    clues["standing"] = np.clip(STANDING * standing, -MOST_STANDING, MOST_STANDING)
    clues["local_share"] = np.log(local)
    return clues


def _performance(
    accounts: Accounts, at: Places, supported: Numbers, stands_for: float
) -> dict[str, Numbers]:
    mentions = accounts.mentions[at]
    engagement = stands_for * accounts.engagement[at]
    roots = np.sqrt(stands_for) * accounts.sqrt_engagement[at]
    typical = engagement_of_a_mention(engagement, roots, mentions)
    spread = spread_of(engagement, roots, mentions)
    usual = over_performance(
        accounts.own_audience[at], mentions, typical, spread=spread, every=accounts.audience[at]
    )
    lacking = mentions * typical * (1 - np.exp(supported)) / (1 + spread * usual.usual)
    shape = np.maximum(usual.shape - lacking, 1e-3)
    plain, held = _believed(usual.shape / usual.rate), _believed(shape / usual.rate)
    gained = 1 - accounts.own_audience[at] / np.maximum(accounts.audience[at], 1)
    gained = np.where(accounts.audience[at] > 0, np.clip(gained, 0, 1), 0)
    doubted = np.minimum(1, gained + RING * accounts.ring[at]) - gained
    return {
        "audience": np.log(usual.usual_of_all),
        "jumps": np.log(usual.usual / usual.usual_of_all)
        - gained * (np.maximum(held, 0) + DOUBT_OF_LEAPS),
        "engagement": plain,
        "views": held - plain,
        "ring": -doubted * np.maximum(held, 0),
        "shape": shape,
        "rate": usual.rate,
    }


def _believed(ratio: Numbers) -> Numbers:
    logarithm = np.log(ratio)
    return np.asarray(np.minimum(logarithm, BELIEVED + BEYOND * (logarithm - BELIEVED)))


def _supported(accounts: Accounts) -> Numbers:
    """What views leave of the logarithm of engagement; 0 where they are not told."""
    ratio = np.zeros(len(accounts.platform))
    for _, at in accounts.platforms():
        seen, hearts = accounts.views[at], accounts.viewed_engagement[at]
        usual = _views_an_engagement(seen, hearts)
        if usual is not None:
            told = seen > 0
            ratio[at[told]] = np.log((hearts[told] + 1) / (seen[told] / usual + 1))
    return np.asarray(-0.25 * np.clip(ratio, -2, TWICE) - np.maximum(ratio - TWICE, 0))


def _views_an_engagement(views: Numbers, hearts: Numbers) -> float | None:
    told = (views > 0) & (hearts >= 5)
    return float(np.median(views[told] / hearts[told])) if told.sum() >= 5 else None


def _people(accounts: Accounts, unknown: float) -> dict[str, float]:
    """People reached for one engagement, by platform."""
    told = {
        name: _views_an_engagement(accounts.views[at], accounts.viewed_engagement[at])
        for name, at in accounts.platforms()
    }
    known = [NEW_EYES * views for views in told.values() if views is not None]
    other = float(np.exp(np.mean(np.log(known)))) if known else unknown
    return {
        name: float(np.clip(other if views is None else NEW_EYES * views, FEWEST_PEOPLE,
                            MOST_PEOPLE))
        for name, views in told.items()
    }  # fmt: skip


def _stands_for(accounts: Accounts, at: Places) -> float:
    """What an engagement of this platform stands for: more than 1 where only replies are told."""
    if accounts.engagement[at].sum() > 1.001 * accounts.replies[at].sum():
        return 1.0
    others = np.setdiff1d(np.arange(len(accounts.platform)), at)
    hearts, replies = accounts.engagement[others].sum(), accounts.replies[others].sum()
    return float(np.clip(hearts / max(replies, 1), 1, 30)) if replies else 1.0


def _echo(accounts: Accounts) -> Numbers:
    """What the core says of the echoes received, above what it says without them."""
    core = ReachCore.shipped()
    table = np.full((len(accounts.platform), len(INPUTS)), np.nan)
    figures = {
        "followers": accounts.own_audience,
        "posts": accounts.count_posts,
        "mentions_received": accounts.mentions_received,
        "reshares_received": accounts.reshares_received,
    }
    for name, values in figures.items():
        column = INPUTS.index(name)
        for _, at in accounts.platforms():
            middle = core.means[column] + core.spreads[column] * _placed(values[at])
            table[at, column] = np.maximum(np.exp(middle) - core.offsets[column], 0)
    echoes = [INPUTS.index(name) for name in ("mentions_received", "reshares_received")]
    silent = table.copy()
    silent[:, echoes] = np.nan
    return np.asarray(core.strength(table) - core.strength(silent))


def _placed(values: Numbers) -> Numbers:
    """Where each stands among them, in standard deviations of the logarithm."""
    logs = np.log(values + 0.5)
    placed = (logs - logs.mean()) / max(float(logs.std()), 0.3)
    return np.asarray(np.clip(placed, -FARTHEST, FARTHEST))
