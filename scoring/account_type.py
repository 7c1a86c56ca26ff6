"""Account type: the probability that an account is a person, and the likeliest of six types.

Log-odds of being a person, one clue each, each bounded::

    L = base − automated − organisation + first_name + person_words − name_words − type_words
        − contact − long_name + first_person + evenings + own_life − links − pace − repeats
        − round_minutes
    value = 1 / (1 + e^(−L)); interval = 1 / (1 + e^(−(L ± 1.28 s))), s² = 0.36 + 4 / (2 + n)

- `automated`, `organisation`: what the account declares of itself.
- `first_name`: the display name begins with a first name. `person_words` (maman, passionné, je):
  two count. `name_words`, `type_words`: words of another type in the name, in the bio; two, three
  of one type count. `contact`: telephone, address, opening hours, SIRET in the bio; two count.
  `long_name`: words of the name beyond two, three count.
- of n posts: `first_person`, log-odds of the share that says "I", against one in five; `evenings`,
  the same of the mentions from 20:00 to 6:00; `own_life`: words of living, visiting, commuting,
  leaving, against six in a hundred; `links`, a share; `pace` posts a day over twenty; `repeats`,
  share of days that say what another day said; `round_minutes`, share of posts at :00, :15, :30,
  :45, where one in fifteen is chance.

Label: person when L ≥ 0, else the type with most for it: 2 a word in the name, 0.8 in the bio; for
`automated` also what is declared, `repeats` and `round_minutes`; for `media` a link in nearly each
post; for `business` contacts, and 0.2 before all. So a shop or an artist alone, who says "I" at
night, is a person here, and may be asked like one; with a shop's name and opening hours it is a
business. A false "organisation" silences a resident: doubt makes a person. A correction, or having
joined, ends the question.

`automated` is shown to nobody: pages then say that there is not enough to go by.

Sources: Humanizr (McCorriston 2015), Wood-Doughty 2018: profile and counts carry most of it.
Weights: ridge logistic with bounded signs on two synthetic worlds, rounded, what accounts declare
raised by judgement. The model of `scoring/accounts`, trained on English accounts of 2015, is not
read here: beside these clues it changed the order of French accounts by next to nothing. Figures:
`models/account_type.md`.
Known failures: one-person shops and artists are both, and half are read as the other; a group of
friends under one account; night workers' associations; people who never say "I".
"""

from __future__ import annotations

__all__ = ["KINDS", "TELEPHONE", "WEIGHTS", "patterns", "score"]

from pathlib import Path

from scoring.night import Night
from scoring.patterns import any_of
from scoring.word_lists import word_list
from warehouse.sql_runner import run_sql

HERE = Path(__file__).parent

WEIGHTS = {
    "base": 1.7,
    "automated": -5.0,
    "organisation": -3.5,
    "first_name": 1.2,
    "person_word": 0.25,
    "name_word": -1.7,
    "type_word": -0.65,
    "contact": -1.5,
    "long_name": -0.7,
    "first_person": 1.0,
    "evenings": 0.65,
    "own_life": 1.1,
    "links": -1.2,
    "pace": -1.0,
    "repeats": -2.0,
    "round_minutes": -2.0,
    "said": 6.0,
}
KINDS = ("business", "association", "institution", "media", "automated")
# A French telephone number, or opening hours as « 9h-12h ».
TELEPHONE = r"(?:\+33|\b0)\s?[1-9](?:[ .-]?\d\d){4}\b|\b\d{1,2} ?h(?:\d\d)? ?[-–à/] ?\d{1,2} ?h"


def score(night: Night) -> None:
    """Score every author that may be scored into `author_scores`."""
    run_sql(night.connection, HERE / "account_signs.sql", telephone=TELEPHONE, **patterns())
    run_sql(night.connection, HERE / "account_type.sql", weights=WEIGHTS)


def patterns() -> dict[str, str]:
    """Patterns of each kind in a name, and in a bio, where short words say something else."""
    words = word_list("account_types")
    only = words["in_names_only"]
    names = (*word_list("first_names")["names"], *word_list("first_names_recent")["names"])
    found = {"first_names": any_of(names).replace(r"\b", "^", 1)}
    for kind in KINDS:
        found[f"{kind}_in_name"] = any_of(words[kind])
    for kind in (*KINDS, "person", "contact"):
        found[f"{kind}_in_bio"] = any_of(word for word in words[kind] if word not in only)
    return found
