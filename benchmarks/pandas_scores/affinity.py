"""Affinity, theme by theme."""

from __future__ import annotations

__all__ = ["affinities"]

import numpy as np
import pandas as pd

from benchmarks.pandas_scores.facts import KEY, Facts
from scoring.affinity import FEWEST_AUTHORS, PRIOR_MENTIONS
from scoring.night import Night

PASSING = 0.05
Z = 1.2816


def affinities(facts: Facts, posts: pd.DataFrame, night: Night) -> pd.DataFrame:
    """Value and interval of each author and theme."""
    found = theme_mentions(facts, posts, night)
    by_theme = found.assign(
        most=np.minimum(50 / found["n"].clip(lower=0.5), 1),
        share=(found["n_theme"] / found["n"]).clip(upper=1).where(found["n"] >= 3, 0.0),
    )
    by_theme["counted"] = by_theme["n_theme"] * by_theme["most"]
    by_theme["square"] = by_theme["share"] ** 2
    by_theme["chance"] = by_theme["share"] * (1 - by_theme["share"]) / by_theme["n"]
    of_city = by_theme.groupby("theme")[["counted", "square", "chance", "share"]].sum()
    heard = found.groupby(KEY)["n"].max()
    share = (of_city["counted"] / max(heard.clip(upper=50).sum(), 0.5)).clip(0.002, 0.9)
    people = max(int((heard >= 3).sum()), 1)
    mean = of_city["share"] / people
    alike = (mean * (1 - mean)).sum()
    apart = ((of_city["square"] - of_city["chance"]) / people - mean**2).sum()
    has_enough = people >= FEWEST_AUTHORS and apart > 0
    prior = float(np.clip(alike / max(apart, 1e-6) - 1, 2, 40)) if has_enough else PRIOR_MENTIONS
    kept = found[found["n_theme"] >= 0.5].copy()
    kept["own"] = kept[["n_theme", "n"]].min(axis=1)
    bearing = kept["own"] + prior * kept["theme"].map(share)
    other = kept["n"] + prior - bearing
    kept["value"] = bearing / (bearing + other)
    kept["low"] = np.minimum(_beta_quantile(bearing, other, -Z), kept["value"])
    kept["high"] = np.maximum(_beta_quantile(bearing, other, Z), kept["value"])
    return kept[[*KEY, "theme", "value", "low", "high"]]


def theme_mentions(facts: Facts, posts: pd.DataFrame, night: Night) -> pd.DataFrame:
    """Faded mentions of each author, in all and on each theme."""
    today = pd.Timestamp(night.as_of.astimezone(night.city.zone).date())
    age = (today - posts["day"]).dt.days.clip(lower=0)
    posts = posts.assign(fading=2.0 ** (-age / night.city.ranking.half_life_days))
    posts["faded"] = posts["relevance"] * posts["fading"]
    n = posts.groupby(KEY)["faded"].sum().rename("n").reset_index()
    columns = ["platform", "post_id", "author_id", "day", "relevance", "fading"]
    themed = facts.themes.merge(posts[columns], on=["platform", "post_id"])
    themed["weight"] = themed["relevance"] * themed["probability"]
    days = themed.groupby([*KEY, "theme", "day"]).agg(
        weight=("weight", "sum"), fading=("fading", "first")
    )
    days = days[days["weight"].round(9) >= PASSING].reset_index()
    days["n_theme"] = days["weight"] * days["fading"]
    days = days[days["theme"].isin(night.city.themes)]
    found = days.groupby([*KEY, "theme"])["n_theme"].sum().reset_index()
    return found.merge(n, on=KEY)


def _beta_quantile(a: pd.Series, b: pd.Series, z: float) -> pd.Series:
    """Abramowitz and Stegun 26.5.22."""
    a, b, z = a.clip(lower=1.05), b.clip(lower=1.05), -z
    h = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1))
    bent = (z * z - 3) / 6
    skew = (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (bent + 5 / 6 - 2 / (3 * h))
    w = z * np.sqrt(h + bent) / h - skew
    return a / (a + b * np.exp(2 * w.clip(-20, 20)))
