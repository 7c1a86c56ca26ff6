"""Relevance: the probability that a post speaks of this city.

A sum of log-odds, one clue each::

    L = base + name + full_name + hashtag + tag_in_sentence + inhabitants + demonym + Σ places
        + Σ neighbours + land + told_here − told_there − Σ far − namesake − Σ elsewhere − club
        + author_place + author_posts − author_automated
    relevance = 1 / (1 + e^(−L))

- `base`: a post in the warehouse before one reads it. It was found by a hashtag or a name.
- `name`: what the model of mentions (`scoring.mentions`) says of the best mention of the name, of
  an alias, of the first word of a compound name (Aix) or of a hashtag that holds it: the log-odds
  that this word, here, is the commune. A fixed weight would be far too sure of an ordinary word
  (« nice » in English, « les sens ») and too timid of a clear use. The model knows only communes
  of the official list; for any other, fixed weights: `name`, less when it is a common word or a
  first word; `in_place` after a word of place (« à », « près de », "in").
- `full_name`: a name of several words that nothing else bears (Châlons-en-Champagne).
- `hashtag`: a hashtag of the city, or one that holds its name. `tag_in_sentence`: it is a word of
  a sentence (« à #Tours »), and not one of those that end a post by habit.
- `inhabitants`: the demonym that the city file gives; `demonym`: one made by rule of the name.
  `place`, `neighbour`: local places and towns nearby; two count.
- `namesake`: the full name of another place (Aix-les-Bains), taken out of the text before the
  name is looked for. `elsewhere`: towns around the namesakes, and words that fit
  them by the end of their name (thermes, for …-les-Bains).
- `told_here`, `told_there`: beside a name, what tells it from a namesake: a postcode, the number
  or the name of the département or of a region.
- `land`, `far`: the own département or region; others, and large towns elsewhere. Only where no
  mention was read, as the model weighs them. `club`: a football club that bears the name.
- `author_place`: the author's declared place or bio names the city, or a namesake.
- `author_posts`: w · ln((h + 1) / (2 n + 1)), where h and n count the author's *other* posts that
  only fit here (places, inhabitants, neighbours) and that fit only a namesake. A namesake weighs
  double: who lives there also shares hashtags that fit both. Both clues tell which of two places
  is meant, not that this post speaks of any: so they weigh little for, and much against.
- `author_automated`: the account says that it is automated; such add a hashtag to all they send.

Source: Web-a-Where (Amitay 2004) for the two ambiguities; the prior of the author's other posts
is smoothed as in research notes on toponyms. The model of mentions is trained and calibrated; the
other weights are set by reasoning, and `base` and `hashtag` so that nine in ten posts that bear
only a hashtag of a distinctive name are held to be of the city.
Known failures: communes of exactly the same name of which nothing else is told; irony; a
hashtag added to a post that speaks of something else.

>>> round(1 / (1 + 2.718281828 ** -(WEIGHTS["base"] + WEIGHTS["hashtag"])), 2)
0.9
"""

from __future__ import annotations

__all__ = ["WEIGHTS", "prepare", "read_batch", "score", "settle"]

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import pyarrow as pa
from duckdb import DuckDBPyConnection

from scoring.city_terms import CityTerms
from scoring.fresh import batches
from scoring.in_parts import in_parts
from scoring.night import Night
from scoring.patterns import any_of
from scoring.post_text import PostText
from scoring.relevance_names import Named, NameReader
from scoring.relevance_patterns import patterns_of, plain_tags
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "base": -0.8,
    "mention": 1.0,
    "mention_most": 6.0,
    "full_name": 2.0,
    "name": 2.4,
    "common_name": 0.9,
    "short_name": 1.1,
    "in_place": 0.8,
    "hashtag": 3.0,
    "common_hashtag": 1.2,
    "read_hashtag": 0.3,
    "clear_hashtag": 2.0,
    "tag_in_sentence": 0.8,
    "inhabitants": 2.0,
    "demonym": 0.8,
    "place": 1.3,
    "neighbour": 0.7,
    "land": 0.6,
    "told_here": 1.2,
    "told_there": -2.0,
    "namesake": -4.5,
    "elsewhere": -1.5,
    "far": -0.8,
    "club": -2.0,
    "author_here": 0.3,
    "author_there": -2.0,
    "author_posts": 1.5,
    "author_posts_most": 0.5,
    "author_posts_least": -4.0,
    "author_automated": -1.0,
}


def score(night: Night) -> None:
    """Score the fresh posts into `post_relevance`."""
    prepare(night.connection)
    for _ in batches(night):
        read_batch(night.connection, night.terms)
    settle(night.connection, night.terms)


def prepare(connection: DuckDBPyConnection) -> None:
    """An empty table for what the posts of a night say."""
    connection.execute("drop table if exists temp.relevance_signs")
    run_sql(connection, HERE / "relevance_table.sql")


def read_batch(connection: DuckDBPyConnection, terms: CityTerms) -> None:
    """The clues of the own words of the posts in `fresh_texts`."""
    run_sql(
        connection,
        HERE / "relevance_found.sql",
        tags=list(terms.tags),
        plain_tags=plain_tags(terms),
        **patterns_of(terms),
    )
    _read_names(connection, terms)
    run_sql(
        connection,
        HERE / "relevance_signs.sql",
        weights=WEIGHTS,
        is_common=terms.is_common_word,
        is_read=terms.is_listed,
    )
    connection.unregister("relevance_names")


def settle(connection: DuckDBPyConnection, terms: CityTerms) -> None:
    """Add what the authors tell elsewhere, and write `post_relevance`."""
    run_sql(
        connection,
        HERE / "relevance.sql",
        weights=WEIGHTS,
        namesakes=patterns_of(terms)["namesakes"],
        here=any_of((*terms.names, *terms.inhabitants)),
    )


def _read_names(connection: DuckDBPyConnection, terms: CityTerms) -> None:
    """Make `relevance_names`: what the model of mentions says of posts that may hold a name."""
    rows = []
    if terms.is_listed:
        rows = connection.execute(
            "select row_id, text, language, tags from fresh_texts semi join ("
            "from relevance_found where is_maybe_named) using (row_id) order by row_id"
        ).fetchall()
    posts = [PostText(text, said or None, tuple(tags)) for _, text, said, tags in rows]
    parts = in_parts(
        partial(_best, terms), posts, count=len(posts), part=lambda start, end: posts[start:end]
    )
    best = list(chain.from_iterable(parts))
    named = [(row[0], one) for row, one in zip(rows, best, strict=True) if one]
    columns = {
        "row_id": pa.array([row_id for row_id, _ in named], pa.int64()),
        "log_odds": pa.array([one.log_odds for _, one in named], pa.float64()),
        "is_full": pa.array([one.is_full for _, one in named], pa.bool_()),
        "words": pa.array([one.words for _, one in named], pa.string()),
    }
    connection.register("relevance_names", pa.table(columns))


def _best(terms: CityTerms, posts: Sequence[PostText]) -> tuple[Named | None, ...]:
    return _reader(terms).best(posts)


@lru_cache(maxsize=4)
def _reader(terms: CityTerms) -> NameReader:
    return NameReader(terms)
