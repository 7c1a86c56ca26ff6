"""Regular expressions made of word lists, for folded text in DuckDB (RE2)."""

from __future__ import annotations

__all__ = ["NEVER", "any_of", "written_any_of"]

from collections.abc import Iterable
from functools import cache

from cities.names import fold

NEVER = r"[^\s\S]"
LATIN = range(0xC0, 0x250)
BETWEEN = r"[^\w#@]{1,3}"


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


def written_any_of(terms: Iterable[str]) -> str:
    """The same for text as written (Python's `re`): accents, hyphens and spaces as people put them.

    >>> import re
    >>> bool(re.search(written_any_of(["Île-d'Aix"]), "vue de l'ile d aix")), written_any_of([])
    (True, '[^\\\\s\\\\S]')
    """
    told = sorted({fold(term) for term in terms} - {""}, key=lambda term: (-len(term), term))
    if not told:
        return NEVER
    return rf"(?<![^\W_])(?:{'|'.join(map(_written, told))})(?![^\W_])"


def _written(term: str) -> str:
    letters = "".join(BETWEEN if char == " " else _letter(char) for char in term)
    apart = _letter("o") + _letter("e")
    return letters.replace(apart, f"(?:œ|{apart})")


@cache
def _letter(letter: str) -> str:
    """All letters that fold to this one."""
    accented = [chr(code) for code in LATIN if fold(chr(code)) == letter]
    return f"[{letter}{''.join(accented)}]" if accented else letter
