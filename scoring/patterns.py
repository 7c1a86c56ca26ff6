"""Regular expressions made of word lists, for folded text in DuckDB (RE2)."""

from __future__ import annotations

__all__ = ["NEVER", "any_of"]

from collections.abc import Iterable

from cities.names import fold

NEVER = r"[^\s\S]"


def any_of(terms: Iterable[str], *, before: str = "") -> str:
    r"""A pattern that finds any of `terms` as whole words, longest first; nothing when empty.

    A star at the end of a term stands for any ending. `before`: a pattern that must precede.

    >>> any_of(["Marché", "marché aux fleurs", "cour*"])
    '\\b(?:marche aux fleurs|marche|cour[a-z0-9]*)\\b'
    """
    folded = {fold(term) + ("[a-z0-9]*" if term.endswith("*") else "") for term in terms}
    ordered = sorted(folded - {""}, key=lambda term: (-len(term.removesuffix("[a-z0-9]*")), term))
    if not ordered:
        return NEVER
    return rf"\b{before}(?:{'|'.join(ordered)})\b"
