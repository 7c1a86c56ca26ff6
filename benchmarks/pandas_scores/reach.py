"""Reach: audiences, echoes and ties in pandas; the two fits over all accounts are the product's."""

from __future__ import annotations

__all__ = ["reaches"]

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.pandas_scores.facts import KEY, Facts
from scoring.night import Night
from scoring.reach import LEAP, MOST_TIMES, PEOPLE_PER_ENGAGEMENT, SPREAD
from scoring.reach_clues import Accounts, clues_of
from scoring.reach_standing import standing

Z = 1.2816
NAMES = ("audience", "jumps", "engagement", "views", "ring", "echo", "standing", "local_share")


def reaches(facts: Facts, authors: pd.DataFrame, homes: pd.DataFrame, night: Night) -> pd.DataFrame:
    """Value and interval of each author."""
    rows = authors.merge(homes[[*KEY, "value"]].rename(columns={"value": "home"}), on=KEY)
    rows = rows.merge(_leaps(facts), on=KEY, how="left").sort_values(KEY, ignore_index=True)
    ties = _ties(facts, rows)
    rows = rows.merge(_echoes(ties), on=KEY, how="left")
    told = rows["own_audience"]
    middle = told.groupby(rows["platform"]).transform(
        lambda known: known.quantile(0.5, interpolation="lower")
    )
    rows["audience"] = told.clip(lower=0).fillna(middle).astype(float)
    gained = (rows["gained"].fillna(0) / told.fillna(0).clip(lower=1)).clip(upper=0.98)
    rows["own_audience"] = rows["audience"] * (1 - gained)
    columns = {name: pa.array(rows[name], from_pandas=True) for name in Accounts.__slots__}
    accounts = Accounts.of(pa.table(columns))
    place = rows.reset_index().set_index(KEY)["index"]
    origin = place.loc[pd.MultiIndex.from_frame(ties[["platform", "from_author_id"]])].to_numpy()
    target = place.loc[pd.MultiIndex.from_frame(ties[["platform", "to_author_id"]])].to_numpy()
    weight = (np.log1p(ties["times"]) * np.where(ties["is_mutual"], 0.5, 1)).to_numpy()
    central = standing(origin, target, weight=weight, home=accounts.home)
    clues = clues_of(accounts, central, people=PEOPLE_PER_ENGAGEMENT)
    return _told(rows, clues, float(night.city.commune.population))


def _told(rows: pd.DataFrame, clues: dict[str, np.ndarray], population: float) -> pd.DataFrame:
    total = np.minimum(sum(clues[name] for name in NAMES), np.log(population))
    shape, spread = clues["shape"], Z * SPREAD
    value = np.exp(total)
    below = np.log(np.clip(_gamma_quantile(shape, -Z), 0.02, 1))
    above = np.log(np.maximum(_gamma_quantile(shape, Z), 1))
    low, high = value * np.exp(-np.hypot(below, spread)), value * np.exp(np.hypot(above, spread))
    high = np.minimum(high, np.maximum(population, value))
    return rows[KEY].assign(value=value, low=low, high=high)


def _leaps(facts: Facts) -> pd.DataFrame:
    """Followers won by leaps between two observations."""
    seen = facts.figures[facts.figures["audience"] >= 0]
    seen = seen.sort_values([*KEY, "observed_at", "audience"])
    seen = seen.assign(earlier=seen.groupby(KEY)["audience"].shift())
    seen["gained"] = seen["audience"] - seen["earlier"]
    leaps = seen[seen["gained"] > LEAP * (seen["earlier"] + 100)]
    return leaps.groupby(KEY)["gained"].sum().reset_index()


def _ties(facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
    """Who answers, names or passes on whom, among those who are scored."""
    edges = facts.edges.assign(is_reshare=facts.edges["relation"] == "reshare")
    for end in ("from_author_id", "to_author_id"):
        edges = edges.merge(rows[KEY].rename(columns={"author_id": end}), on=["platform", end])
    pair = ["platform", "from_author_id", "to_author_id"]
    ties = edges.groupby(pair).agg(
        times=("post_id", "size"), is_reshared=("is_reshare", "any"), is_every=("is_reshare", "all")
    ).reset_index()  # fmt: skip
    ties["times"] = ties["times"].clip(upper=MOST_TIMES)
    back = {"from_author_id": "to_author_id", "to_author_id": "from_author_id"}
    ties = ties.merge(ties[pair].rename(columns=back).assign(is_mutual=True), on=pair, how="left")
    ties["is_mutual"] = ties["is_mutual"].notna()
    home = rows[[*KEY, "home"]].rename(columns={"author_id": "from_author_id"})
    return ties.merge(home, on=["platform", "from_author_id"])


def _echoes(ties: pd.DataFrame) -> pd.DataFrame:
    """What comes back to each author from the others."""
    own = ~ties["is_mutual"]
    ties = ties.assign(
        mutual_times=ties["times"].where(ties["is_mutual"], 0),
        answered=own & ~ties["is_every"],
        reshared=own & ties["is_reshared"],
    )
    by_author = ties.rename(columns={"to_author_id": "author_id"}).groupby(KEY)
    found = by_author.agg(
        count_engaged=("times", "size"), count_local=("home", "sum"), times=("times", "sum"),
        mutual_times=("mutual_times", "sum"), mentions_received=("answered", "sum"),
        reshares_received=("reshared", "sum"),
    ).reset_index()  # fmt: skip
    found["ring"] = found["mutual_times"] / (found["times"] + 2)
    return found


def _gamma_quantile(shape: np.ndarray, z: float) -> np.ndarray:
    """Wilson and Hilferty, over the mean."""
    return np.asarray(np.maximum(1 - 1 / (9 * shape) + z / (3 * np.sqrt(shape)), 0) ** 3)
