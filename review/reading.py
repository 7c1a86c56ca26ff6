"""What the scorers read in posts: the themes of each, in words, and how many posts wait."""

from __future__ import annotations

__all__ = ["Reading", "readings_of", "waiting_of"]

from dataclasses import dataclass

from review.errors import NoSnapshotError
from review.explaining import Reason, explained
from review.sentences import Sentences
from review.snapshot import Row
from review.visit import Visit
from warehouse.errors import WarehouseError

Readings = dict[tuple[str, str], list["Reading"]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One theme of a post: label, probability, and what weighed for and against, in log-odds."""

    theme: str
    probability: float
    total: float
    reasons: tuple[Reason, ...]


def readings_of(visit: Visit, person_id: str, sentences: Sentences) -> Readings:
    """(platform, post id) → the themes of each post of a resident, the likeliest first."""
    found: Readings = {}
    try:
        rows = visit.person_rows("resident_post_themes", person_id=person_id)
    except (NoSnapshotError, WarehouseError):
        rows = []  # a night published before nights told why
    for row in rows:
        reasons = explained("themes", row["evidence"], sentences)
        theme = sentences.themes.get(row["theme"], row["theme"])
        reading = Reading(theme, row["probability"], row["total"], reasons)
        found.setdefault((row["platform"], row["post_id"]), []).append(reading)
    return found


def waiting_of(visit: Visit) -> Row | None:
    """How many posts were read with tonight's models, of how many; None when all were."""
    try:
        return next(iter(visit.rows("readings")), None)
    except (NoSnapshotError, WarehouseError):
        return None  # a night published before nights counted them
