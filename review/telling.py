"""A score in one plain sentence, in the reader's language: for pages and the command line."""

from __future__ import annotations

__all__ = ["told"]

from review.formats import Formats
from review.languages import mark, translations_of
from review.snapshot import Row
from review.words import WORDS

NOT_ENOUGH = mark("Not enough to say.")
SENTENCES = {
    "reach": mark(
        "Their next post should reach about %(n)s people of the city (between %(low)s and"
        " %(high)s)."
    ),
    "affinity": mark(
        "%(n)s of what they say of the city bears on this theme (between %(low)s and %(high)s)."
    ),
    "residency": mark("%(state)s: %(n)s (between %(low)s and %(high)s)."),
    "account_type": mark("A person holds it: %(n)s (between %(low)s and %(high)s)."),
}
SEEMS = mark("Seems to be %(type)s.")


def told(score: Row, language: str) -> str:
    """One sentence for a row of scores: value, interval, and what it is of."""
    say, formats = translations_of(language).gettext, Formats(language)
    name = score["score"]
    ends = [score[end] for end in ("value", "low", "high")]
    # A machine's guess that an account is a machine is told to no one: it may be wrong, and it
    # hurts. It reads as too little to say.
    if None in ends or score["label"] == "automated" or name not in SENTENCES:
        return say(NOT_ENOUGH)
    write = formats.number if name == "reach" else formats.percent
    n, low, high = (write(end) for end in ends)
    states = WORDS["residency"] if name == "residency" else {}
    state = say(states.get(score["label"], score["label"] or " "))
    sentence = say(SENTENCES[name]) % {"n": n, "low": low, "high": high, "state": state}
    kind = WORDS["account_type"].get(score["label"]) if name == "account_type" else None
    return f"{say(SEEMS) % {'type': say(kind)}} {sentence}" if kind else sentence
