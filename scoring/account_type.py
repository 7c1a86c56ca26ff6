"""Account type: the probability that an account is a person, and the likeliest of six types.

Log-odds of being a person, one clue each, groups capped::

    L = base + automated + organisation + first_name + person_words − type_words
        + first_person + replies − links − pace − repeats − round_minutes
    value = 1 / (1 + e^(−L)); interval = 1 / (1 + e^(−(L ± 1.28 s))), s² = 0.36 + 4 / (2 + n)

- `automated`, `organisation`: what the account declares of itself.
- `first_name`: the display name begins with a first name. `person_words` (maman, passionné, je):
  two count. `type_words`: words of the likeliest other type in name and bio; three count.
- of n posts: `first_person` ln of the odds of saying "I", against one in five; `replies`, `links`
  shares; `pace` posts a day over three; `repeats` share of days that say what another day said;
  `round_minutes` share of posts at :00, :15, :30, :45, where one in fifteen is chance.

Label: person when L ≥ 0, else the type with most for it: its words, what is declared, and for
`automated` also `repeats` and `round_minutes`. A correction, or having joined, ends the question.

Sources: Humanizr (McCorriston 2015), Wood-Doughty 2018: profile and counts carry most of it.
Known failures: one-person shops and artists are both; a group of friends under one account.
"""

from __future__ import annotations

__all__ = ["WEIGHTS", "score"]

from pathlib import Path

from scoring.night import Night
from scoring.patterns import any_of
from scoring.word_lists import word_list
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "base": 0.8,
    "automated": -5.0,
    "organisation": -3.5,
    "first_name": 1.6,
    "person_word": 0.7,
    "type_word": 1.5,
    "first_person": 1.0,
    "links": -2.0,
    "pace": -1.0,
    "repeats": -4.0,
    "round_minutes": -4.0,
    "said": 6.0,
}


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    words = word_list("account_types")
    patterns = {kind: any_of(words[kind]) for kind in words}
    patterns["first_names"] = any_of(word_list("first_names")["names"]).replace(r"\b", "^", 1)
    run_sql(night.connection, HERE / "account_signs.sql", **patterns)
    run_sql(night.connection, HERE / "account_type.sql", weights=WEIGHTS)
