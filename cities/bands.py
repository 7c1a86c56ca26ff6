"""The bands of relevance: what is held to be a mention of the city, and what a person looks at.

One place for the cut-offs: sets are given them as bound values, pages name the band in words.

>>> [band_of(probability) for probability in (0.95, 0.9, 0.7, 0.49)]
['kept', 'kept', 'to_review', 'dropped']
"""

from __future__ import annotations

__all__ = ["KEPT", "TO_REVIEW", "Band", "band_of"]

from typing import Literal

Band = Literal["kept", "to_review", "dropped"]

KEPT = 0.9
TO_REVIEW = 0.5


def band_of(relevance: float) -> Band:
    """The band of a probability that a post speaks of the city."""
    if relevance >= KEPT:
        return "kept"
    return "to_review" if relevance >= TO_REVIEW else "dropped"
