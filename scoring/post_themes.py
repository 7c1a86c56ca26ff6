"""Themes: the probability that a post bears on each theme of the city; several, or none.

A sum of log-odds for each theme, one clue a word, as `scoring.theme_reader` finds them::

    L_t = base_t + Σ_w contribution_t(w)
    probability = 1 / (1 + e^(−L_t))

Texts leave the warehouse a batch at a time, and one set of rows comes back: those of probability
0.05 or more. From 0.2 on the evidence names the words; below, it would fill the warehouse with
words that nobody is shown. A post in which nothing is known has no row: nothing can be said but
`base`. That a post was read, whatever was found, stands in `theme_readings`.

Known failures: irony, brand names, posts that only show a photo.

>>> round(1 / (1 + 2.718281828 ** -LEAST_LOG_ODDS), 2)
0.05
"""

from __future__ import annotations

__all__ = ["LEAST_LOG_ODDS", "score"]

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from cities.model import City
from scoring.clue import Clue
from scoring.in_parts import in_parts
from scoring.night import Night
from scoring.post_text import PostText
from scoring.theme_heads.lexical import Shares
from scoring.theme_reader import ThemeReader
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
LEAST_LOG_ODDS = math.log(0.05 / 0.95)
NAMED_LOG_ODDS = math.log(0.2 / 0.8)
MOST_CHARACTERS = 20_000
# What is stored does not depend on the last digits of a machine's arithmetic.
DECIMALS = 6
CLUE = pa.struct([("name", pa.string()), ("contribution", pa.float64()), ("detail", pa.string())])
ROWS = pa.schema([
    ("platform", pa.string()), ("post_id", pa.string()), ("model", pa.string()),
    ("theme", pa.string()), ("total", pa.float64()), ("evidence", pa.list_(CLUE)),
])  # fmt: skip


def score(night: Night) -> None:
    """Read the themes of the posts that wait for it into `post_themes`."""
    batches = night.connection.execute(
        "select distinct batch from touched_posts where is_unthemed order by batch"
    ).fetchall()
    for (batch,) in batches:
        found = run_sql(
            night.connection, HERE / "theme_texts.sql", batch=batch, most_characters=MOST_CHARACTERS
        ).to_arrow_table()
        night.connection.register("theme_rows", _rows(night, found))
        run_sql(night.connection, HERE / "post_themes.sql")
        night.connection.unregister("theme_rows")
    night.connection.execute(
        "insert into theme_readings by name select platform, post_id, themes_model as model"
        " from touched_posts where is_unthemed"
    )


def _rows(night: Night, texts: pa.Table) -> pa.Table:
    """The rows of a batch, read by all cores when it is large."""
    parts = in_parts(
        partial(_rows_in, night.city.model_dump_json()),
        texts,
        count=texts.num_rows,
        part=lambda start, end: texts.slice(start, end - start),
        alone=partial(rows_of, night.reader),
    )
    return pa.concat_tables(parts)


def _rows_in(city: str, texts: pa.Table) -> pa.Table:
    return rows_of(_reader_of(city), texts)


@lru_cache(maxsize=1)
def _reader_of(city: str) -> ThemeReader:
    return ThemeReader(City.model_validate_json(city))


def rows_of(reader: ThemeReader, texts: pa.Table) -> pa.Table:
    """The rows of `post_themes`, but for their probability, of the posts of a batch."""
    posts = list(_posts(texts))
    read, lexical = reader.readings(posts)
    odds = np.round(read, DECIMALS)
    rows, numbers = np.nonzero(odds >= LEAST_LOG_ODDS)
    totals = odds[rows, numbers]
    at = pa.array(rows, pa.int64())
    return pa.table(
        {
            **{name: texts[name].take(at) for name in ("platform", "post_id", "model")},
            "theme": pa.array(reader.themes, pa.string()).take(pa.array(numbers, pa.int64())),
            "total": totals,
            "evidence": _lists(list(_evidence(reader, posts, odds, lexical))),
        },
        schema=ROWS,
    )


def _evidence(
    reader: ThemeReader,
    posts: Sequence[PostText],
    odds: npt.NDArray[np.float64],
    lexical: Sequence[Shares],
) -> Iterator[list[Clue]]:
    """The evidence of each row, post by post, theme by theme."""
    for post, of_post, shares in zip(posts, odds, lexical, strict=True):
        kept = {
            reader.themes[number]: float(of_post[number])
            for number in np.flatnonzero(of_post >= LEAST_LOG_ODDS).tolist()
        }
        named = {theme: total for theme, total in kept.items() if total >= NAMED_LOG_ODDS}
        told = reader.explain(post, named, shares) if named else {}
        for theme, total in kept.items():
            clues = told.get(theme)
            yield _adding_up(clues, total) if clues else [Clue("unlikely", total)]


def _posts(texts: pa.Table) -> Iterator[PostText]:
    columns = (texts[name].to_pylist() for name in ("text", "language", "hashtags", "links"))
    for text, language, hashtags, links in zip(*columns, strict=True):
        yield PostText(text, language, tuple(hashtags), tuple(links))


def _adding_up(clues: Sequence[Clue], total: float) -> list[Clue]:
    """The clues at the digits that are stored; the first takes what rounding left over."""
    shares = [round(clue.contribution, DECIMALS) for clue in clues[1:]]
    first = Clue(clues[0].name, round(total - math.fsum(shares), DECIMALS), clues[0].detail)
    return [first, *(Clue(c.name, s, c.detail) for c, s in zip(clues[1:], shares, strict=True))]


def _lists(evidence: Sequence[Sequence[Clue]]) -> pa.Array:
    """Lists of clues, column by column: a dictionary a clue would take longer than the reading."""
    flat = [clue for clues in evidence for clue in clues]
    offsets = np.cumsum([0, *map(len, evidence)], dtype=np.int32)
    fields = [
        pa.array([clue.name for clue in flat], pa.string()),
        pa.array([clue.contribution for clue in flat], pa.float64()),
        pa.array([clue.detail for clue in flat], pa.string()),
    ]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(fields, fields=list(CLUE)))
