"""Marks by which people say that they do not want to be found, and stated ages under 18."""

from __future__ import annotations

__all__ = ["asks_not_to_be_found", "states_minor_age"]

import re
from datetime import datetime

HASH_MARKS = re.compile(r"#no_?(?:bots?|index|archive|search|indexing|robots?)(?!\w)", re.I)
ADULT_AGE = 18
AGE = r"(?P<age>[5-9]|1\d)"
YEARS = r"(?:ans?|yo|y/o|y\.o\.?|years?[ -]old|piges|printemps)"
# A part of a bio that is an age and no more: "15 ans", "16 yo", "âge : 17".
ALONE = re.compile(rf"(?:(?:age|âge)\s*:?\s*)?{AGE}\s*{YEARS}?", re.IGNORECASE)
NEEDS_WORD = re.compile(rf"(?:{YEARS}|age|âge)", re.IGNORECASE)
# "J'ai 15 ans", "I'm 16": said of oneself, unlike "depuis 15 ans" or "maman d'une fille de 8 ans".
SAID = re.compile(
    rf"\b(?:j[’']ai\s+{AGE}\s*{YEARS}\b(?!\s+d[e’'])"
    r"|(?:i[’']?m|i am)\s+(?P<english>[5-9]|1\d)\b(?!\s*(?:%|st|nd|th|km|min|miles)))",
    re.IGNORECASE,
)
OPENING_AGE = re.compile(rf"^\W*{AGE}\s*{YEARS}\b(?!\s+(?:d[e’']|of|in|à|dans))", re.IGNORECASE)
# The last words of a bio: "Photos à moi 16 ans".
CLOSING_AGE = re.compile(rf"(?P<before>\w+)\W+{AGE}\s*{YEARS}\W*$", re.IGNORECASE)
OF_ANOTHER = frozenset(("depuis", "de", "et", "a", "à", "ou", "pendant", "of", "for", "and", "in"))
BORN = re.compile(r"\b(?:née?|born)\b[^|\n,.]{0,30}?\b(?P<year>(?:19|20)\d\d)\b", re.I)
PARTS = re.compile(r"[|,;·•/\n–—]|\s-\s")


def asks_not_to_be_found(bio: str) -> bool:
    """Whether a bio carries a mark such as #nobot or #noindex.

    >>> asks_not_to_be_found("Boulanger. #NoBot"), asks_not_to_be_found("no bot in my kitchen")
    (True, False)
    """
    return HASH_MARKS.search(bio) is not None


def states_minor_age(bio: str, as_of: datetime) -> bool:
    """Whether a bio states an age under 18; in doubt yes, since dropping an adult harms less.

    >>> from datetime import UTC
    >>> night = datetime(2026, 11, 17, tzinfo=UTC)
    >>> [states_minor_age(bio, night) for bio in
    ...  ("15 ans, skate", "J'ai 16 ans", "Née en 2010", "Ici depuis 15 ans", "42 ans")]
    [True, True, True, False, False]
    >>> states_minor_age("Photos à moi 16 ans", night)
    True
    """
    born = BORN.search(bio)
    if born and as_of.year - int(born["year"]) < ADULT_AGE:
        return True
    closing = CLOSING_AGE.search(bio)
    if closing and closing["before"].lower() in OF_ANOTHER:
        closing = None
    said = [SAID.search(bio), OPENING_AGE.search(bio), closing]
    said += [_age_alone(part) for part in PARTS.split(bio)]
    return any(_age_of(match) < ADULT_AGE for match in said if match)


def _age_of(match: re.Match[str]) -> int:
    return int(next(age for name, age in match.groupdict().items() if age and name != "before"))


def _age_alone(part: str) -> re.Match[str] | None:
    match = ALONE.fullmatch(part.strip())
    return match if match and NEEDS_WORD.search(part) else None
