"""All scorers, in the order in which a night runs them."""

from __future__ import annotations

__all__ = ["AUTHOR_SCORERS", "DAY_SCORERS", "POST_SCORERS", "SCORERS", "Scorer"]

from collections.abc import Callable
from dataclasses import dataclass

from scoring import (
    account_type,
    affinity,
    days,
    persons,
    post_themes,
    ranking,
    reach,
    relevance,
    residency,
    weights,
)
from scoring.night import Night


@dataclass(frozen=True, slots=True)
class Scorer:
    """One scorer: its name, what it runs, the table that it fills and the key of its rows."""

    name: str
    score: Callable[[Night], None]
    table: str
    key: tuple[str, ...]


POST = ("platform", "post_id")
AUTHOR = ("platform", "author_id")

POST_SCORERS: tuple[Scorer, ...] = (
    Scorer("relevance", relevance.score, "post_relevance", POST),
    Scorer("themes", post_themes.score, "post_themes", (*POST, "theme")),
)
DAY_SCORERS: tuple[Scorer, ...] = (Scorer("days", days.score, "author_days", (*AUTHOR, "day")),)
AUTHOR_SCORERS: tuple[Scorer, ...] = (
    Scorer("account_type", account_type.score, "author_scores", (*AUTHOR, "score", "theme")),
    Scorer("residency", residency.score, "author_scores", (*AUTHOR, "score", "theme")),
    Scorer("reach", reach.score, "author_scores", (*AUTHOR, "score", "theme")),
    Scorer("affinity", affinity.score, "author_scores", (*AUTHOR, "score", "theme")),
    Scorer("persons", persons.score, "persons", AUTHOR),
    Scorer("ranking", ranking.score, "rankings", ("theme", "person_id")),
    Scorer("weights", weights.score, "weight_proposals", ("proposal_id",)),
)
SCORERS = (*POST_SCORERS, *DAY_SCORERS, *AUTHOR_SCORERS)
