"""Themes: the probability that a post bears on each theme of the city; several, or none.

A sum of log-odds for each theme, one clue a word found::

    L_t = base + Σ_(w in the five weightiest words of t found in the post) weight_t(w)
    probability = 1 / (1 + e^(−L_t))

- words, phrases, words glued into hashtags, and emoji come from `scoring/themes/<t>.yaml`, or from
  the city file for a theme of its own (`scoring.lexicon.STRENGTHS` gives their weights; a phrase
  that speaks of something else weighs against); each counts once, however often it is said;
  words found by the same term of the lexicon (photo, photos) count once.
- words of one language are left out of posts in the other ("the", thé).
- `base`: a post bears on a given theme about once in thirty.

A theme of which no word is found has no row: nothing can be said but `base`.
Known failures: irony, brand names, proverbs (« pas de la tarte »), posts that only show a photo.

>>> round(1 / (1 + 2.718281828 ** -(BASE + 3.4)), 2)
0.52
"""

from __future__ import annotations

__all__ = ["BASE", "score"]

from pathlib import Path

from scoring.fresh import batches
from scoring.lexicon import Term, terms_of
from scoring.night import Night
from scoring.patterns import any_of
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent
BASE = -3.3
MOST_WORDS = 5


def score(night: Night) -> None:
    """Score the fresh posts into `post_themes`."""
    terms = terms_of(night.city)
    phrases = any_of(t.term + ("*" if t.is_prefix else "") for t in terms if t.is_phrase)
    run_sql(night.connection, HERE / "lexicon.sql", terms=[_row(term) for term in terms])
    for _ in batches(night):
        run_sql(night.connection, HERE / "post_words.sql", phrases=phrases)
        run_sql(
            night.connection,
            HERE / "post_themes.sql",
            base=BASE,
            most_words=MOST_WORDS,
            model=night.version,
        )


def _row(term: Term) -> dict[str, object]:
    return {
        "theme": term.theme,
        "term": term.term,
        "language": term.language,
        "weight": term.weight,
        "is_prefix": term.is_prefix,
    }
