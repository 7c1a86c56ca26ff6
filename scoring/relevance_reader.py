"""Relevance of posts without a warehouse: for benchmarks, tests, and whoever asks of any commune.

The same sets and models as at night, over tables in memory. Of authors nothing is known.

>>> reader = RelevanceReader.of_commune("13001")
>>> found = reader.read([PostText("Marché à Aix-en-Provence"), PostText("Marché à Aix-les-Bains")])
>>> [bool(probability > 0.5) for probability in found]
[True, False]
"""

from __future__ import annotations

__all__ = ["RelevanceReader"]

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cities.communes import find_commune
from scoring import relevance
from scoring.city_terms import CityTerms, names_from_list, terms_of
from scoring.clue import Clue
from scoring.night import MACROS
from scoring.post_text import PostText
from scoring.relevance_names import NameReader
from warehouse.migrations import migrate
from warehouse.sql_runner import run_script, run_sql

HERE = Path(__file__).parent


class RelevanceReader:
    """Reads posts for one city."""

    def __init__(self, terms: CityTerms) -> None:
        self._terms = terms

    @classmethod
    def of_commune(cls, insee: str) -> RelevanceReader:
        """The reader of a commune of which only the official list tells.

        Raises `UnknownCityError` when it is not on it.
        """
        commune = find_commune(insee)
        return cls(terms_of(commune, names_from_list(commune)))

    def read(self, posts: Sequence[PostText]) -> NDArray[np.float64]:
        """The probability of each post that it speaks of the city, in their order."""
        rows = self._rows(posts, "relevance")
        return np.array([probability for (probability,) in rows], dtype=np.float64)

    def explain(self, posts: Sequence[PostText]) -> tuple[tuple[Clue, ...], ...]:
        """The clues of each post; their contributions add up to its log-odds.

        The clue `name` is told apart in the words and places around the name that weighed.
        """
        names = NameReader(self._terms)
        evidence = [[Clue(**clue) for clue in row] for (row,) in self._rows(posts, "evidence")]
        return tuple(
            tuple(one for clue in clues for one in _told_apart(names, post, clue))
            for post, clues in zip(posts, evidence, strict=True)
        )

    def _rows(self, posts: Sequence[PostText], column: str) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            migrate(connection)
            run_script(connection, MACROS)
            _fill(connection, posts)
            run_sql(connection, HERE / "fresh_texts.sql", batch=0)
            relevance.prepare(connection)
            relevance.read_batch(connection, self._terms)
            relevance.settle(connection, self._terms)
            return connection.execute(
                f"select {column} from post_relevance order by post_id::bigint"  # noqa: S608 - two fixed names
            ).fetchall()


def _told_apart(names: NameReader, post: PostText, clue: Clue) -> tuple[Clue, ...]:
    return (clue.name == "name" and names.clues(post, clue.contribution)) or (clue,)


def _fill(connection: duckdb.DuckDBPyConnection, posts: Sequence[PostText]) -> None:
    columns = {
        "post_id": pa.array(range(len(posts)), pa.int64()),
        "text": pa.array([post.text for post in posts], pa.string()),
        "language": pa.array([post.language for post in posts], pa.string()),
        "hashtags": pa.array([list(post.hashtags) for post in posts], pa.list_(pa.string())),
    }
    connection.register("given_posts", pa.table(columns))
    run_script(connection, HERE / "relevance_given.sql")
    connection.unregister("given_posts")
