"""Residency: how the mentions of each author spread over time, then an author at a time."""

from __future__ import annotations

__all__ = ["residencies"]

import math
from typing import Any

import pandas as pd

from benchmarks.pandas_scores.account_type import clip, probability
from benchmarks.pandas_scores.facts import KEY, Facts
from scoring.night import Night
from scoring.residency import WEEKS_OF_A_REGULAR, WEIGHTS, base_of
from scoring.residency_declared import BIOS, PLACES
from scoring.residency_places import HomeReader

Z = 1.2816
USUAL = {"resident": 0.04, "visitor": 0.01, "commuter": 0.02, "second_home": 0.01, "former": 0.015}


def residencies(
    facts: Facts, authors: pd.DataFrame, posts: pd.DataFrame, night: Night
) -> pd.DataFrame:
    """Value and interval of each author."""
    present = presence(posts, night)
    rows = authors.merge(present, on=KEY, how="left").merge(
        _acquaintances(facts, authors, present), on=KEY, how="left"
    )
    filled = {"weeks": 0, "k": 0, "acquainted": 0, "locals": 0}
    homes = HomeReader(night.terms, night.city.commune)
    base = base_of(night.city.commune.population)
    scored = [_scored(row, homes, base) for row in rows.fillna(filled).to_dict("records")]
    return pd.DataFrame(scored, columns=[*KEY, "value", "low", "high"])


def presence(posts: pd.DataFrame, night: Night) -> pd.DataFrame:
    """Weeks, bursts, seasons and hours of the mentions of each author."""
    said = posts[posts["is_mention"]]
    days = said.groupby([*KEY, "day"]).agg(
        k=("post_id", "size"), evenings=("is_evening", "sum"), week=("week", "first")
    ).reset_index()  # fmt: skip
    past = days.loc[days["day"] <= pd.Timestamp(night.as_of.date()), "day"]
    newest = past.max()
    rows = []
    for key, one in days.groupby(KEY):
        dates, counts, weekday = one["day"], one["k"], one["day"].dt.day_of_week
        is_summer = dates.dt.month.isin([7, 8])
        densest = max(
            int(counts[(dates >= day) & (dates <= day + pd.Timedelta(days=13))].sum())
            for day in dates
        )
        known_for = max((newest - dates.min()).days + 1, 35)
        rows.append({
            **dict(zip(KEY, key, strict=True)),
            "k": int(counts.sum()),
            "weeks": one["week"].nunique(),
            "burst": densest / counts.sum(),
            "off_work": int(counts.where(weekday >= 5, one["evenings"]).sum()),
            "weekday": int(counts[~is_summer & (weekday < 4)].sum()),
            "weekend_day": int(counts[~is_summer & (weekday >= 4)].sum()),
            "summer": int(counts[is_summer].sum()),
            "recent": int(counts[dates > newest - pd.Timedelta(days=35)].sum()),
            "recent_share": min(35 / known_for, 1),
        })  # fmt: skip
    found = pd.DataFrame(rows)
    found["usual_summer"] = (found["summer"] / found["k"]).mean()
    return found


def _acquaintances(facts: Facts, authors: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """How many accounts each author answers or names, and how many of them are regulars."""
    pairs = facts.edges[["platform", "from_author_id", "to_author_id"]].drop_duplicates()
    pairs = pairs.rename(columns={"from_author_id": "author_id"}).merge(authors[KEY], on=KEY)
    regulars = present.loc[present["weeks"] >= WEEKS_OF_A_REGULAR, KEY]
    regulars = regulars.rename(columns={"author_id": "to_author_id"}).assign(is_regular=True)
    pairs = pairs.merge(regulars, on=["platform", "to_author_id"], how="left")
    pairs["is_regular"] = pairs["is_regular"].notna()
    return pairs.groupby(KEY).agg(
        acquainted=("to_author_id", "size"), locals=("is_regular", "sum")
    ).reset_index()  # fmt: skip


def _scored(row: dict[str, Any], homes: HomeReader, base: float) -> tuple[object, ...]:
    w, k, n, weeks = WEIGHTS, row["k"], row["count_posts"], row["weeks"]
    place = homes.place(row["own_declared_location"][:500])
    bio = homes.bio(row["own_bio"][:2000])
    alone = base + w["about_city"] * clip(_odds((row["mentions"] + 0.5) / (n + 1)), -3, 1)
    places = math.log((1 + row["count_everyday_places"]) / (1 + row["count_monuments"]))
    alone += w["places"] * clip(places, -1, 1.5)
    if row["acquainted"]:
        share = (row["locals"] + 1) / (row["acquainted"] + 1.4)
        alone += w["acquaintances"] * (share - 0.7)
    said = clip(PLACES.get(place, 0.0) + BIOS.get(bio.kind, 0.0), -2.5, 2.5)
    weeks_say = w["weeks"] * clip(math.log((1 + weeks) / 4), -1.4, 1.4)
    burst = w["burst"] * clip(0.5 - row["burst"], -0.5, 0.3) if k >= 3 else 0.0
    total = alone + said + clip(weeks_say + burst, -2, 1.8)
    total += clip(_rhythm(row) if k else 0.0, -5, 0) + clip(_words(row), -5, 2.5)
    width = math.sqrt(0.25 + 4 / (1 + weeks)) * Z
    return (*(row[key] for key in KEY), *(probability(total + x) for x in (0, -width, width)))


def _rhythm(row: dict[str, Any]) -> float:
    w, k, usual = WEIGHTS, row["k"], row["usual_summer"]
    days = row["weekday"] + row["weekend_day"]
    total = w["off_work"] * clip(_odds((row["off_work"] + 2) / (k + 5)) - _odds(0.4), -2, 0)
    total += w["weekdays"] * clip(_odds((row["weekday"] + 2.3) / (days + 4)) - _odds(0.575), -2, 0)
    summer = (row["summer"] + 4 * usual + 0.1) / ((k + 4) * usual + 0.1)
    total -= w["season"] * clip(math.log(summer), 0, 1)
    recent = math.log((row["recent"] + 2) / (row["recent_share"] * k + 2))
    return float(total + w["thinning"] * clip(recent, -1.5, 0))


def _words(row: dict[str, Any]) -> float:
    total = 0.0
    for kind, share in USUAL.items():
        more = math.log((1 + row[f"count_{kind}_words"]) / (share * row["k"] + 1))
        sign = 1 if kind == "resident" else -1
        total += sign * WEIGHTS[f"{kind}_words"] * clip(more, -1 if sign > 0 else 0, 2)
    return total


def _odds(share: float) -> float:
    return math.log(share / (1 - share))
