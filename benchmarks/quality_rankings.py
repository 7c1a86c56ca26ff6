"""The ranking of a world against its truth, beside three orders that need no scoring."""

from __future__ import annotations

__all__ = ["of_rankings"]

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.quality_scores import Figures, Key, Row, Rows
from demo.truth import TrueAuthor, Truth

FIRST = (20, 50)
BEST_SHARE = 0.2
SEED = 78
# Whom the first 50 should not hold.
INTRUDERS: dict[str, Callable[[TrueAuthor], bool]] = {
    "visitors_50": lambda author: author.voice == "visitor",
    "namesakes_50": lambda author: author.voice == "namesake",
    "bought_50": lambda author: author.has_bought_followers,
    "pods_50": lambda author: author.in_pod,
}


def of_rankings(rows: Rows, truth: Truth) -> Figures:
    """The first 20 and 50, overall and by theme, beside followers, posts and chance."""
    true: dict[Key, TrueAuthor] = {(a.platform, a.author_id): a for a in truth.authors}
    people = rows(
        "select platform, author_id, audience, sum(count_posts) as count_posts from author_days"
        " join authors using (platform, author_id)"
        " semi join rankable_authors using (platform, author_id)"
        " group by all order by platform, author_id"
    )
    plain = _plain_orders(people)
    figures: Figures = {}
    for theme, order in sorted(_rankings(rows).items()):
        best = _best(theme, [true[_key(row)] for row in people])
        for suffix, keys in {"": order, **plain}.items():
            figures |= _of_order(theme or "overall", suffix, [true[key] for key in keys], best)
    return figures


def _of_order(label: str, suffix: str, authors: Sequence[TrueAuthor], best: set[Key]) -> Figures:
    figures: Figures = {}
    for count in FIRST:
        first = authors[:count]
        hits = sum((author.platform, author.author_id) in best for author in first)
        figures[f"precision_{count}_{label}{suffix}"] = hits / count
        living = sum(author.is_resident for author in first)
        figures[f"residents_{count}_{label}{suffix}"] = living / count
    if label == "overall":
        first = authors[: FIRST[-1]]
        figures |= {
            f"{name}{suffix}": float(sum(map(is_one, first))) for name, is_one in INTRUDERS.items()
        }
        residents = [author for author in first if author.is_resident]
        newcomers = sum(author.voice == "newcomer" for author in residents)
        figures[f"newcomers_share_50{suffix}"] = newcomers / max(len(residents), 1)
    return figures


def _rankings(rows: Rows) -> dict[str, list[Key]]:
    """Theme → accounts in order, one a person; '' is the overall ranking."""
    orders: dict[str, list[Key]] = {}
    for row in rows(
        "select theme, min(position) as position, arg_min(platform, author_id) as platform,"
        " min(author_id) as author_id from rankings"
        " join persons using (person_id) group by theme, person_id order by theme, position"
    ):
        orders.setdefault(row["theme"], []).append(_key(row))
    return orders


def _plain_orders(people: Sequence[Row]) -> dict[str, list[Key]]:
    drawn = np.random.default_rng(SEED).permutation(len(people))
    return {
        "_by_followers": [_key(r) for r in sorted(people, key=lambda r: -(r["audience"] or 0))],
        "_by_posts": [_key(r) for r in sorted(people, key=lambda r: -r["count_posts"])],
        "_by_chance": [_key(people[at]) for at in drawn],
    }


def _key(row: Row) -> Key:
    return row["platform"], row["author_id"]


def _weight(author: TrueAuthor, theme: str) -> float:
    """How much of what they say bears on the theme, or on any of the city's themes."""
    return author.themes.get(theme, 0.0) if theme else sum(author.themes.values())


def _best(theme: str, authors: Sequence[TrueAuthor]) -> set[Key]:
    """The true best: the first fifth of residents by true value, 20 at least."""
    residents = [author for author in authors if author.is_resident]
    worth = {(a.platform, a.author_id): a.true_reach * _weight(a, theme) for a in residents}
    ordered = sorted((key for key in worth if worth[key] > 0), key=lambda key: (-worth[key], key))
    return set(ordered[: max(FIRST[0], round(BEST_SHARE * len(residents)))])
