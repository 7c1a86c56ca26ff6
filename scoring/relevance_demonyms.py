"""How the inhabitants of a commune may be called: forms made by rule of its name.

A city file knows better (Tours: Tourangeaux). Most forms made here are said by nobody, and do no
harm; a form that is itself a name of a commune or a first name is left out. So what is found by
rule weighs little.

>>> {"aixois", "aixoise"} <= set(demonyms_of("Aix-en-Provence"))
True
>>> "lyonnais" in demonyms_of("Lyon"), "marseillaise" in demonyms_of("Marseille")
(True, True)
"""

from __future__ import annotations

__all__ = ["demonyms_of"]

from cities.communes import ARTICLES, SAINTS, folded_names
from cities.names import fold
from scoring.word_lists import word_list

ENDINGS = {
    "ois": ("ois", "oise", "oises"),
    "ais": ("ais", "aise", "aises"),
    "ien": ("ien", "iens", "ienne", "iennes"),
    "en": ("en", "ens", "enne", "ennes"),
    "in": ("in", "ins", "ine", "ines"),
    "ain": ("ain", "ains", "aine", "aines"),
    "on": ("on", "ons", "onne", "onnes"),
}
# Short stems make plain words with these: Bar, baron.
OF_LONG_STEMS = ("in", "ain", "on", "en")
LONG_STEM, LEAST_LETTERS = 5, 6
DOUBLED = "lnt"
VOWELS = "aeiou"


def demonyms_of(name: str) -> tuple[str, ...]:
    """Folded forms for the inhabitants of a commune of that name."""
    formed = {
        stem + ending
        for stem in _stems(_main_word(fold(name).split()))
        for group, endings in ENDINGS.items()
        if len(stem) >= LONG_STEM or group not in OF_LONG_STEMS
        for ending in endings
    }
    known = {*folded_names(), *word_list("first_names")["names"]}
    return tuple(sorted(form for form in formed - known if len(form) >= LEAST_LETTERS))


def _main_word(words: list[str]) -> str:
    rest = list(words)
    while len(rest) > 1 and (rest[0] in ARTICLES or rest[0] in SAINTS):
        rest = rest[1:]
    return rest[0] if rest else ""


def _stems(word: str) -> set[str]:
    """The word, without its last letters that are not said, its last consonant doubled."""
    stems = {word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es")}
    stems |= {stem + stem[-1] for stem in stems if stem and stem[-1] in DOUBLED}
    return {stem for stem in stems if len(stem) > 1 and stem[-1] not in VOWELS}
