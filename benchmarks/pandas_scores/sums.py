"""What all posts of each author add up to."""

from __future__ import annotations

__all__ = ["author_sums"]

import hashlib

import pandas as pd

from benchmarks.pandas_scores.facts import KEY, Facts

COUNTS = {
    "count_links": "has_link", "count_first_person": "first_person",
    "count_round_minutes": "is_round", "count_mentions": "is_mention",
    "count_evenings": "is_evening", "count_everyday_places": "everyday",
    "count_monuments": "monuments", "count_resident_words": "resident_words",
    "count_visitor_words": "visitor_words", "count_commuter_words": "commuter_words",
    "count_second_home_words": "second_home_words", "count_former_words": "former_words",
}  # fmt: skip
SUMS = {
    "mentions": "relevance", "engagement": "engagement", "sqrt_engagement": "roots",
    "replies": "replied", "views": "seen", "viewed_engagement": "seen_hearts",
}  # fmt: skip


def author_sums(facts: Facts, posts: pd.DataFrame) -> pd.DataFrame:
    """One row an author who posted, with their profile."""
    posts = posts.assign(shape=posts["shape"].map(_fingerprint))
    by_author = posts.groupby(KEY)
    sums = by_author.agg(
        count_posts=("post_id", "size"),
        count_days=("day", "nunique"),
        **{name: (column, "sum") for name, column in (COUNTS | SUMS).items()},
    )
    # The least fingerprint of each day stands for the day.
    shapes = posts.groupby([*KEY, "day"])["shape"].min().groupby(KEY).nunique()
    sums["count_shapes"] = shapes
    profiles = facts.authors.set_index(KEY).add_prefix("own_")
    return sums.join(profiles, how="left").reset_index()


def _fingerprint(shape: str) -> str:
    return hashlib.md5(shape.encode(), usedforsecurity=False).hexdigest()[:8]
