"""Quality of the scores on a world whose truth is known: `benchmarks.quality --world DIR`.

Prints `name value` lines. Beside each ranking figure stands what follower count alone
(`…_by_followers`) and post count alone (`…_by_posts`) get on the same people. Figures:

- `precision_20`: of the first 20 residents proposed, how many are among the true best: persons
  who live in the city, in the first fifth of them by true value. True value is the true
  reach × the true weight of the theme; overall, of all themes together.
- `residents_20`: of the first 20, how many truly live there.
- `auc_*`: chance that the score puts a true case above a false one; 0.5 is a coin.
"""

from __future__ import annotations

__all__ = ["main", "measure"]

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from benchmarks.world_city import load_world
from cities.folder import CityFolder
from demo.truth import TrueAuthor, Truth, read_truth
from scoring.run import score
from warehouse.connection import open_warehouse

FIRST = 20
BEST_SHARE = 0.2
Figures = dict[str, float]
Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a world and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--world", type=Path, required=True)
    world = parser.parse_args(arguments).world
    with tempfile.TemporaryDirectory() as home:
        for name, value in measure(world, CityFolder(Path(home) / "montreval")).items():
            print(f"{name} {value:.3f}")


def measure(world: Path, folder: CityFolder) -> Figures:
    """All figures of a world; the folder is filled with it."""
    score(folder, load_world(world, folder))
    truth = read_truth(world)
    with open_warehouse(folder, read_only=True) as connection:

        def rows(sql: str) -> list[Row]:
            found = connection.execute(sql)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        return {
            **_of_posts(rows, truth),
            **_of_authors(rows, truth),
            **_of_affinity(rows, truth),
            **_of_rankings(rows, truth),
        }


Rows = Callable[[str], list[Row]]


def _auc(true: Sequence[bool], value: Sequence[float]) -> float:
    is_measurable = 0 < sum(true) < len(true)
    return float(roc_auc_score(true, value)) if is_measurable else float("nan")


def _of_posts(rows: Rows, truth: Truth) -> Figures:
    """Relevance and themes, against the truth of each post."""
    true = {post.post_id: post for post in truth.posts}
    found = [
        r for r in rows("select post_id, relevance from post_relevance") if r["post_id"] in true
    ]
    figures = {
        "auc_relevance": _auc(
            [true[r["post_id"]].is_about_city for r in found], [r["relevance"] for r in found]
        )
    }
    themes: dict[str, dict[str, float]] = {}
    for row in rows("select post_id, theme, probability from post_themes"):
        themes.setdefault(row["theme"], {})[row["post_id"]] = row["probability"]
    scored = [r["post_id"] for r in found]
    for theme in sorted(themes):
        is_true = [theme in true[post_id].themes for post_id in scored]
        given = [themes[theme].get(post_id, 0.0) for post_id in scored]
        figures[f"auc_theme_{theme}"] = _auc(is_true, given)
    return figures


def _of_authors(rows: Rows, truth: Truth) -> Figures:
    """Account type, residency, reach, against the truth of each author."""
    true = {author.author_id: author for author in truth.authors}
    found = rows(
        "select author_id, score, value, label, audience, count_posts from author_scores"
        " join authors using (platform, author_id)"
        " join (select platform, author_id, sum(count_posts) as count_posts from author_days"
        " group by all) using (platform, author_id) order by author_id"
    )
    by_score = {
        name: [r for r in found if r["score"] == name]
        for name in ("account_type", "residency", "reach")
    }
    figures: Figures = {}
    types = by_score["account_type"]
    is_person = [true[r["author_id"]].account_type == "person" for r in types]
    figures["auc_person"] = _auc(is_person, [r["value"] for r in types])
    figures["accuracy_account_type"] = float(
        np.mean([r["label"] == true[r["author_id"]].account_type for r in types])
    )
    persons = [r for r in by_score["residency"] if _true(true, r).account_type == "person"]
    is_resident = [_true(true, r).is_resident for r in persons]
    figures |= _beside("auc_residency", is_resident, persons)
    people = [r for r in by_score["reach"] if _true(true, r).account_type == "person"]
    reached = [_true(true, r).true_reach for r in people]
    top = list(np.array(reached) >= np.quantile(reached, 0.9))
    figures |= _beside("auc_reach_top_tenth", top, people)
    for name, column in (
        ("", "value"),
        ("_by_followers", "audience"),
        ("_by_posts", "count_posts"),
    ):
        statistic = spearmanr(reached, [r[column] or 0 for r in people]).statistic
        figures[f"spearman_reach{name}"] = float(statistic)
    return figures


def _true(true: dict[str, TrueAuthor], row: Row) -> TrueAuthor:
    return true[row["author_id"]]


def _beside(name: str, is_true: Sequence[bool], rows: Sequence[Row]) -> Figures:
    return {
        name: _auc(is_true, [r["value"] for r in rows]),
        f"{name}_by_followers": _auc(is_true, [r["audience"] or 0 for r in rows]),
        f"{name}_by_posts": _auc(is_true, [r["count_posts"] for r in rows]),
    }


def _of_affinity(rows: Rows, truth: Truth) -> Figures:
    """Each theme: do authors for whom it is at least a quarter of what they say come first?"""
    given: dict[str, dict[str, float]] = {}
    for row in rows("select author_id, theme, value from author_scores where score = 'affinity'"):
        given.setdefault(row["theme"], {})[row["author_id"]] = row["value"]
    scored = {r["author_id"] for r in rows("select distinct author_id from author_scores")}
    people = [a for a in truth.authors if a.author_id in scored and a.account_type == "person"]
    figures = {}
    for theme in sorted(given):
        is_true = [a.themes.get(theme, 0) >= 0.25 for a in people]
        values = [given[theme].get(a.author_id, 0.0) for a in people]
        figures[f"auc_affinity_{theme}"] = _auc(is_true, values)
    return figures


def _of_rankings(rows: Rows, truth: Truth) -> Figures:
    """The first 20, overall and by theme, beside two orders that need no scoring."""
    true = {author.author_id: author for author in truth.authors}
    people = rows(
        "select author_id, audience, sum(count_posts) as count_posts from author_days"
        " join authors using (platform, author_id)"
        " semi join rankable_authors using (platform, author_id)"
        " group by all order by author_id"
    )
    orders: dict[str, dict[str, list[str]]] = {}
    for row in rows(
        "select theme, min(author_id) as author_id, min(position) as position from rankings"
        " join persons using (person_id) group by theme, person_id order by theme, position"
    ):
        orders.setdefault(row["theme"], {}).setdefault("", []).append(row["author_id"])
    figures = {}
    for theme, order in sorted(orders.items()):
        for name, column in (("_by_followers", "audience"), ("_by_posts", "count_posts")):
            ranked = sorted(people, key=lambda r: -(r[column] or 0))
            order[name] = [r["author_id"] for r in ranked]
        best = _best(theme, [true[r["author_id"]] for r in people])
        for name, authors in order.items():
            first = authors[:FIRST]
            label = theme or "overall"
            figures[f"precision_20_{label}{name}"] = sum(a in best for a in first) / FIRST
            figures[f"residents_20_{label}{name}"] = sum(true[a].is_resident for a in first) / FIRST
    return figures


def _weight(author: TrueAuthor, theme: str) -> float:
    """How much of what they say bears on the theme, or on any of the city's themes."""
    return author.themes.get(theme, 0.0) if theme else sum(author.themes.values())


def _best(theme: str, authors: Sequence[TrueAuthor]) -> set[str]:
    """The true best: the first fifth of residents by true value, 20 at least."""
    residents = [a for a in authors if a.is_resident]
    worth = {a.author_id: a.true_reach * _weight(a, theme) for a in residents}
    ordered = sorted((a for a in worth if worth[a] > 0), key=lambda a: (-worth[a], a))
    return set(ordered[: max(FIRST, round(BEST_SHARE * len(residents)))])


if __name__ == "__main__":
    main()
