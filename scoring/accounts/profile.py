"""What is known of an account when its type is asked for, and its words made plain."""

from __future__ import annotations

__all__ = ["Profile", "plain"]

import re
import unicodedata
from dataclasses import dataclass

LINK = re.compile(r"\{URL\}|https?://\S+|\bwww\.\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.])@\w[\w.]*\w(@[\w.-]+\w)?")
QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."}
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Text and counts of one account; None where the platform tells none."""

    description: str = ""
    post: str = ""
    location: str = ""
    posts: float | None = None
    favourites: float | None = None
    age_days: float | None = None


def plain(text: str) -> str:
    """Text without accents, addresses or handles: what was learnt from had none.

    >>> plain("Éleveuse à Montréval, voir https://exemple.fr et @lea.b ☀")
    'Eleveuse a Montreval, voir {URL} et @user ?_'
    """
    marked = HANDLE.sub("@user", LINK.sub("{URL}", text.translate(QUOTES)))
    parts = (
        part for part in unicodedata.normalize("NFKD", marked) if not unicodedata.combining(part)
    )
    return "".join(part if part.isascii() else "?_" for part in parts)
