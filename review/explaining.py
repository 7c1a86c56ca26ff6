"""A score as a reader sees it: its evidence in words and bars, and the posts behind it."""

from __future__ import annotations

__all__ = ["Card", "Reason", "explained", "posts_behind"]

from collections.abc import Callable
from dataclasses import dataclass

from review.drawing import Bar, bar_of
from review.sentences import Sentences
from review.snapshot import Row

COUNT_POSTS_BEHIND = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution: a plain sentence, its amount on the score's scale, its bar."""

    sentence: str
    contribution: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class Card:
    """One score of one account, told in a sentence; `row`: value, interval, label, scale, total."""

    row: Row
    sentence: str
    reasons: tuple[Reason, ...]
    posts: tuple[Row, ...] = ()


def explained(score: str, evidence: list[Row] | None, sentences: Sentences) -> tuple[Reason, ...]:
    """The contributions of a score, those that weigh most first."""
    found = sorted(evidence or (), key=lambda part: -abs(part["contribution"]))
    largest = abs(found[0]["contribution"]) if found else 0.0
    return tuple(
        Reason(
            sentences.evidence(score, part["name"], part["detail"] or ""),
            part["contribution"],
            bar_of(part["contribution"], largest=largest),
        )
        for part in found
    )


def posts_behind(score: Row, posts: list[Row]) -> tuple[Row, ...]:
    """The posts of the same account that weigh most in a score; none where posts do not count."""
    weight = _weight(score)
    if weight is None:
        return ()
    own = [
        (weight(post), post)
        for post in posts
        if (post["platform"], post["author_id"]) == (score["platform"], score["author_id"])
    ]
    ordered = sorted((pair for pair in own if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(post for _, post in ordered[:COUNT_POSTS_BEHIND])


def _weight(score: Row) -> Callable[[Row], float] | None:
    if score["score"] == "affinity":
        theme = score["theme"]
        return lambda post: (post["relevance"] or 0) * _probability(post, theme)
    if score["score"] == "reach":
        return lambda post: (post["relevance"] or 0) * post["engagement"]
    if score["score"] == "residency":
        return lambda post: post["relevance"] or 0
    return None


def _probability(post: Row, theme: str) -> float:
    found: list[float] = [
        part["probability"] for part in post["themes"] or () if part["theme"] == theme
    ]
    return max(found, default=0.0)
