"""Folding of names as people type them: accents, case, hyphens, elisions, hashtags."""

from __future__ import annotations

__all__ = ["fold", "hashtag", "name_forms"]

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
SMALL_WORDS = ("saint", "sainte")
NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, without accents, one space for all that is not a letter or a digit.

    >>> fold("L'Haÿ-les-Roses, c’est ÇA !")
    'l hay les roses c est ca'
    """
    if text.isascii():
        return NOT_WORD.sub(" ", text.lower()).strip()
    parts = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return NOT_WORD.sub(" ", plain.casefold()).strip()


def hashtag(name: str) -> str:
    """The hashtag that people make of a name.

    >>> hashtag("Aix-en-Provence")
    'aixenprovence'
    """
    return fold(name).replace(" ", "")


def name_forms(name: str) -> tuple[str, ...]:
    """Folded forms under which a name is written: in full, with st for saint, in one word.

    >>> name_forms("Saint-Lô")
    ('saint lo', 'st lo', 'saintlo', 'stlo')
    """
    full = fold(name)
    short = " ".join("st" + w[5:] if w in SMALL_WORDS else w for w in full.split())
    forms = (full, short, full.replace(" ", ""), short.replace(" ", ""))
    return tuple(dict.fromkeys(forms))
