"""Invented preferences of an invented analyst, so that the demo city has weights to propose.

They are said between the first two nights, of residents that the first one ranked, by an analyst
who cares more for what people speak of than the city file does, and who is sometimes of two minds.
"""

from __future__ import annotations

__all__ = ["ANALYST", "say_preferences"]

import math
import random
from datetime import datetime

from cities.folder import CityFolder
from cities.settings import Settings
from decisions.preferences import all_preferences, prefer
from decisions.store import open_store
from review.preferring import account_of
from review.snapshot import Row, Snapshot, Snapshots

ANALYST = "demo"
# What this analyst values, and how surely: a tenth of a score decides nearly always.
VALUES = {"reach": 0.15, "affinity": 0.55, "regularity": 0.3}
SHARPNESS = 40.0
COUNT_PEOPLE, COUNT_PAIRS = 60, 72
SEED = 78


def say_preferences(folder: CityFolder, at: datetime, *, settings: Settings) -> int:
    """Say them once; returns how many were said now. None where too few residents are ranked."""
    snapshot = Snapshots().newest(folder)
    with open_store(settings) as store:
        with store.reading() as session:
            is_said = bool(all_preferences(session, folder.city_id))
        worth = {} if is_said else _worth(snapshot)
        if len(worth) < COUNT_PEOPLE // 2:
            return 0
        people = {row["person_id"]: row for row in _people(snapshot)}
        pairs = _pairs(worth)
        with store.act(folder.city_id, actor=ANALYST, at=at) as act:
            for liked, other in pairs:
                prefer(act, account_of(people[liked]), account_of(people[other]))
    return len(pairs)


def _people(snapshot: Snapshot) -> list[Row]:
    return snapshot.rows("compared", blocked=[], theme="", limit=COUNT_PEOPLE)


def _worth(snapshot: Snapshot) -> dict[str, float]:
    """What each of the first residents is worth to this analyst: the same parts, other weights."""
    used = {row["name"]: row["now"] for row in snapshot.rows("weights")}
    total = sum(used.values())
    worth = {}
    for person in _people(snapshot):
        ranks = snapshot.rows("resident_ranks", blocked=[], person_id=person["person_id"])
        clues = {clue["name"]: clue["contribution"] for clue in ranks[0]["evidence"]}
        plain = sum(clues[name] for name in used)
        # What is doubtful is doubtful to this analyst too.
        sure = 1 + clues.get("doubt", 0.0) / plain if plain else 0.0
        worth[person["person_id"]] = sure * sum(
            value * clues[name] * total / used[name] for name, value in VALUES.items() if used[name]
        )
    return worth


def _pairs(worth: dict[str, float]) -> list[tuple[str, str]]:
    draw = random.Random(SEED)  # noqa: S311 - invented people, not secrets
    people = sorted(worth)
    said: dict[frozenset[str], tuple[str, str]] = {}
    while len(said) < COUNT_PAIRS:
        one, other = draw.sample(people, 2)
        chance = 1 / (1 + math.exp(-SHARPNESS * (worth[one] - worth[other])))
        said[frozenset((one, other))] = (one, other) if draw.random() < chance else (other, one)
    return list(said.values())
