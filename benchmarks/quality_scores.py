"""Each score of a world against its truth: relevance, themes, account type, residency, reach."""

from __future__ import annotations

__all__ = ["Figures", "Key", "Row", "Rows", "auc", "of_affinity", "of_authors", "of_posts"]

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from demo.truth import TrueAuthor, Truth

Figures = dict[str, float]
Row = dict[str, Any]
Rows = Callable[[str], list[Row]]
Key = tuple[str, str]
BASELINES = (("", "value"), ("_by_followers", "audience"), ("_by_posts", "count_posts"))
BEARS_ON = 0.25


def auc(true: Sequence[bool], value: Sequence[float]) -> float:
    """Area under the curve; not a number when all cases are alike."""
    is_measurable = 0 < sum(true) < len(true)
    return float(roc_auc_score(true, value)) if is_measurable else float("nan")


def of_posts(rows: Rows, truth: Truth) -> Figures:
    """Relevance and themes, against the truth of each post."""
    true = {(post.platform, post.post_id): post for post in truth.posts}
    scored = [
        (row["platform"], row["post_id"], row["relevance"])
        for row in rows("select platform, post_id, relevance from post_relevance")
        if (row["platform"], row["post_id"]) in true
    ]
    keys = [(platform, post_id) for platform, post_id, _ in scored]
    figures = {
        "auc_relevance": auc(
            [true[key].is_about_city for key in keys], [relevance for *_, relevance in scored]
        )
    }
    themes: dict[str, dict[Key, float]] = {}
    for row in rows("select platform, post_id, theme, probability from post_themes"):
        themes.setdefault(row["theme"], {})[row["platform"], row["post_id"]] = row["probability"]
    for theme in sorted(themes):
        is_true = [theme in true[key].themes for key in keys]
        figures[f"auc_theme_{theme}"] = auc(is_true, [themes[theme].get(key, 0.0) for key in keys])
    return figures


def of_authors(rows: Rows, truth: Truth) -> Figures:
    """Account type, residency, reach, against the truth of each author."""
    true = {(author.platform, author.author_id): author for author in truth.authors}
    found = rows(
        "select platform, author_id, score, value, label, audience, count_posts"
        " from author_scores join authors using (platform, author_id)"
        " join (select platform, author_id, sum(count_posts) as count_posts from author_days"
        " group by all) using (platform, author_id) order by platform, author_id"
    )

    def of(row: Row) -> TrueAuthor:
        return true[row["platform"], row["author_id"]]

    def scored(name: str, *, is_person: bool) -> list[Row]:
        return [
            row
            for row in found
            if row["score"] == name and (not is_person or of(row).account_type == "person")
        ]

    types = scored("account_type", is_person=False)
    figures = {
        "auc_person": auc(
            [of(row).account_type == "person" for row in types], [row["value"] for row in types]
        ),
        "accuracy_account_type": float(
            np.mean([row["label"] == of(row).account_type for row in types])
        ),
    }
    persons = scored("residency", is_person=True)
    figures |= _beside("auc_residency", [of(row).is_resident for row in persons], persons)
    people = scored("reach", is_person=True)
    reached = [of(row).true_reach for row in people]
    top = list(np.array(reached) >= np.quantile(reached, 0.9))
    figures |= _beside("auc_reach_top_tenth", top, people)
    for name, column in BASELINES:
        values = [row[column] or 0 for row in people]
        figures[f"spearman_reach{name}"] = float(spearmanr(reached, values).statistic)
    return figures


def of_affinity(rows: Rows, truth: Truth) -> Figures:
    """Each theme: do authors for whom it is at least a quarter of what they say come first?"""
    given: dict[str, dict[Key, float]] = {}
    for row in rows(
        "select platform, author_id, theme, value from author_scores where score = 'affinity'"
    ):
        key = row["platform"], row["author_id"]
        given.setdefault(row["theme"], {})[key] = row["value"]
    scored = {
        (row["platform"], row["author_id"])
        for row in rows("select distinct platform, author_id from author_scores")
    }
    people = [
        author
        for author in truth.authors
        if (author.platform, author.author_id) in scored and author.account_type == "person"
    ]
    figures = {}
    for theme in sorted(given):
        is_true = [author.themes.get(theme, 0) >= BEARS_ON for author in people]
        values = [given[theme].get((a.platform, a.author_id)) or 0.0 for a in people]
        figures[f"auc_affinity_{theme}"] = auc(is_true, values)
    return figures


def _beside(name: str, is_true: Sequence[bool], rows: Sequence[Row]) -> Figures:
    return {
        f"{name}{suffix}": auc(is_true, [row[column] or 0 for row in rows])
        for suffix, column in BASELINES
    }
