"""What the warehouse knows of one author's scores: for people who ask why.

Only what a night wrote is read: a score is never computed anew to be explained, so what is told
is what was used.
"""

from __future__ import annotations

__all__ = ["Explanation", "explain"]

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from cities.brief import Account
from cities.folder import CityFolder
from warehouse.connection import open_warehouse

HERE = Path(__file__).parent
COUNT_POSTS = 3
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All scores of one author, places in rankings, and the posts that weighed most in each.

    `scores`: rows of `author_scores`; `ranks`: rows of `rankings` with `count_ranked`; `posts`:
    (score, theme) → at most three rows of text, time and what made them weigh; `weights`: what the
    parts of a place weighed, and whether that was learnt.
    """

    scores: tuple[Row, ...]
    ranks: tuple[Row, ...]
    posts: dict[tuple[str, str], tuple[Row, ...]]
    weights: tuple[Row, ...]


def explain(folder: CityFolder, account: Account) -> Explanation | None:
    """The explanation of an author; None when no night scored them."""
    with open_warehouse(folder, read_only=True) as connection:
        asked = {"platform": account.platform, "author_id": account.author_id}
        scores = _rows(connection, "explain_scores.sql", **asked)
        if not scores:
            return None
        posts = _rows(connection, "explain_posts.sql", **asked, most=COUNT_POSTS)
        behind: dict[tuple[str, str], tuple[Row, ...]] = {}
        for post in posts:
            key = post["score"], post["theme"]
            behind[key] = (*behind.get(key, ()), post)
        ranks = _rows(connection, "explain_ranks.sql", **asked)
        # A warehouse that no night has brought to today's schema has none.
        tables = {name for (name,) in connection.execute("show tables").fetchall()}
        weights = _rows(connection, "explain_weights.sql") if "weights" in tables else ()
        return Explanation(scores, ranks, behind, weights)


def _rows(connection: DuckDBPyConnection, name: str, **asked: object) -> tuple[Row, ...]:
    found = connection.execute((HERE / name).read_text(encoding="utf-8"), asked)
    columns = [column[0] for column in found.description or ()]
    return tuple(dict(zip(columns, row, strict=True)) for row in found.fetchall())
