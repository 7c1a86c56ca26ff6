"""Relevance: the probability that a post speaks of this city.

A sum of log-odds, one clue each::

    L = base + name + in_place + hashtag + inhabitants + Σ places + Σ neighbours
        − namesake − elsewhere + author_place + author_posts
    relevance = 1 / (1 + e^(−L))

- `base`: a post in the warehouse before one reads it. It was found by a hashtag or a name.
- `name`: the full name or an alias in the text (less when it is a common word, as Nice or Lens;
  less when only the first word of a compound name is said, as Aix). `in_place`: the name comes
  after a word of place (« à », « près de », « centre-ville de », "in").
- `hashtag`: a hashtag of the city, or one that holds its name.
- `inhabitants`: the demonym. `place`, `neighbour`: local places and towns nearby; two count.
- `namesake`: the full name of another place (Aix-les-Bains), taken out of the text before the
  name is looked for. `elsewhere`: towns around the namesakes, and words that fit
  them by the end of their name (thermes, for …-les-Bains).
- `author_place`: the author's declared place or bio names the city, or a namesake.
- `author_posts`: w · ln((h + 1) / (2 n + 1)), where h and n count the author's *other* posts that
  only fit here (places, inhabitants, neighbours) and that fit only a namesake; capped. A
  namesake weighs double: who lives there also shares hashtags that fit both.

Source: Web-a-Where (Amitay 2004) for the two ambiguities; the prior of the author's other posts
is smoothed as in research notes on toponyms. Weights are set by reasoning, not yet fitted.
Known failures: communes of exactly the same name; irony; football clubs (Lens–Nice); demonyms
when the city file gives none.

>>> round(1 / (1 + 2.718281828 ** -(WEIGHTS["base"] + WEIGHTS["hashtag"])), 2)
0.77
"""

from __future__ import annotations

__all__ = ["WEIGHTS", "score"]

from pathlib import Path

from scoring.fresh import batches
from scoring.night import Night
from scoring.patterns import any_of
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "base": -0.8,
    "name": 2.4,
    "common_name": 0.9,
    "short_name": 1.1,
    "in_place": 0.8,
    "hashtag": 2.0,
    "common_hashtag": 1.2,
    "inhabitants": 2.0,
    "place": 1.3,
    "neighbour": 0.7,
    "namesake": -4.5,
    "elsewhere": -1.5,
    "author_here": 0.8,
    "author_there": -2.0,
    "author_posts": 1.2,
    "author_posts_most": 2.5,
}
BEFORE_A_PLACE = (
    r"(?:a|vers|depuis|pres de|autour de|cote de|centre de|centre ville de|coeur de|ville de|mairie"
    r" de|rues de|marche de|gare de|quartier de|habitants de|in|at|near|around|from|to) "
)


def score(night: Night) -> None:
    """Score the fresh posts into `post_relevance`."""
    for name in ("relevance_signs", "relevance_texts"):
        night.connection.execute(f"drop table if exists temp.{name}")
    patterns = _patterns(night)
    run_sql(night.connection, HERE / "relevance_table.sql")
    for _ in batches(night):
        run_sql(
            night.connection,
            HERE / "relevance_signs.sql",
            weights=WEIGHTS,
            is_common=night.terms.is_common_word,
            tags=list(night.terms.tags),
            **patterns,
        )
    run_sql(
        night.connection,
        HERE / "relevance.sql",
        weights=WEIGHTS,
        namesakes=patterns["namesakes"],
        here=any_of((*night.terms.names, *night.terms.inhabitants)),
    )


def _patterns(night: Night) -> dict[str, str]:
    terms = night.terms
    return {
        "names": any_of(terms.names),
        "short_names": any_of(terms.short_names),
        "names_in_place": any_of((*terms.names, *terms.short_names), before=BEFORE_A_PLACE),
        "tag_stems": any_of(terms.tag_stems).replace(r"\b", ""),
        "namesake_tags": any_of(terms.namesake_tags).replace(r"\b", ""),
        "inhabitants": any_of(terms.inhabitants),
        "places": any_of((*terms.everyday, *terms.monuments)),
        "neighbours": any_of(terms.neighbours),
        "namesakes": any_of(terms.namesakes),
        "elsewhere": any_of(terms.elsewhere),
    }
