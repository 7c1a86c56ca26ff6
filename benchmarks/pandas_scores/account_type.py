"""Account type, an author at a time."""

from __future__ import annotations

__all__ = ["account_types", "clip", "probability"]

import math
import re
from typing import Any

import pandas as pd

from benchmarks.pandas_scores.facts import KEY, fold
from scoring.account_type import KINDS, TELEPHONE, WEIGHTS, patterns

Z = 1.2816


def account_types(authors: pd.DataFrame) -> pd.DataFrame:
    """Value and interval of each author."""
    found = {name: re.compile(pattern) for name, pattern in patterns().items()}
    rows = [_scored(row, found) for row in authors.to_dict("records")]
    return pd.DataFrame(rows, columns=[*KEY, "value", "low", "high"])


def _scored(row: dict[str, Any], found: dict[str, re.Pattern[str]]) -> tuple[object, ...]:
    total, n = _log_odds(row, found), row["count_posts"]
    width = math.sqrt(0.36 + 4 / (2 + n)) * Z
    return (*(row[key] for key in KEY), *(probability(total + w) for w in (0, -width, width)))


def _log_odds(row: dict[str, Any], found: dict[str, re.Pattern[str]]) -> float:
    name, bio = fold(row["own_display_name"][:500]), fold(row["own_bio"][:5000])
    n, k, days = row["count_posts"], row["count_mentions"], row["count_days"]
    own = len(set(found["person_in_bio"].findall(f"{name} . {bio}")))
    named = max(len(set(found[f"{kind}_in_name"].findall(name))) for kind in KINDS)
    told = max(len(set(found[f"{kind}_in_bio"].findall(bio))) for kind in KINDS)
    telephone = re.compile(TELEPHONE).findall(row["own_bio"][:5000])
    contacts = len({*found["contact_in_bio"].findall(bio), *telephone})
    words = len(re.findall("[a-z0-9]+", name))
    life = sum(row[f"count_{kind}_words"] for kind in ("resident", "visitor", "commuter", "former"))
    repeats = 1 - row["count_shapes"] / days if days >= 4 else 0
    round_share = (row["count_round_minutes"] + 0.5) / (n + 7.5)
    w = WEIGHTS
    total = w["base"]
    total += w["automated"] if row["own_is_declared_automated"] else 0
    total += w["organisation"] if row["own_is_declared_organisation"] else 0
    total += w["first_name"] if found["first_names"].search(name) else 0
    total += w["person_word"] * min(own, 2) + w["name_word"] * min(named, 2)
    total += w["type_word"] * min(told, 3) + w["contact"] * min(contacts, 2)
    total += w["long_name"] * clip(words - 2, 0, 3)
    first = _against((row["count_first_person"] + 1) / (n + 5))
    total += w["first_person"] * clip(first, -2.5, 1.5)
    if k > 0:
        total += w["evenings"] * clip(_against((row["count_evenings"] + 1) / (k + 5)), -2.5, 1)
    total += w["own_life"] * clip(math.log((1 + life) / (1 + 0.06 * n)), -0.8, 1.5)
    total += w["links"] * clip((row["count_links"] + 0.5) / (n + 2.5) - 0.2, -0.15, 0.75)
    total += w["pace"] * clip(math.log(n / days / 20), 0, 2)
    total += w["repeats"] * clip(repeats - 0.2, 0, 0.8)
    return float(total + w["round_minutes"] * clip(round_share - 0.15, 0, 0.6))


def _against(share: float) -> float:
    return math.log(share / (1 - share)) - math.log(0.2 / 0.8)


def clip(value: float, least: float, most: float) -> float:
    """The value, brought between two bounds."""
    return max(least, min(most, value))


def probability(log_odds: float) -> float:
    """The probability of these log-odds."""
    return 1 / (1 + math.exp(-clip(log_odds, -50, 50)))
