"""How the written material becomes sentences: blocks of lines, slots, French articles.

A material file holds blocks of text, one frame or one word a line, so that people who write
French need no quoting. In a frame, ``⏎`` is a line break and braces are slots:

``{dish}``         a line of the list ``dish``; ``{Dish}`` gives it a capital
``{dish.le}``      the same with another article: le, un, du, au, ce, mon, notre, de, nu
``{3-12}``         a number
``{oui|non}``      one of the alternatives
``{dish~est|sont}``  the singular or the plural, as the dish drawn before (or masculine, feminine,
                   plural)

>>> decline("une quiche", "du"), decline("un aligoté", "le"), decline("des gougères", "mon")
('de la quiche', "l'aligoté", 'mes gougères')
"""

import random
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cities.data_files import read_yaml

MATERIAL = Path(__file__).parent / "material"
SEASONS = ("winter", "spring", "summer", "autumn")

Lines = tuple[str, ...]
Words = Mapping[str, Lines | Mapping[str, Lines]]

# Stands before each drawn word while French decides how it meets the word before.
_JOINT = "\x1f"
_CONTRACTIONS = {
    f"de {_JOINT}le ": "du ",
    f"de {_JOINT}les ": "des ",
    f"de {_JOINT}des ": "de ",
    f"de {_JOINT}du ": "de ",
    f"à {_JOINT}le ": "au ",
    f"à {_JOINT}les ": "aux ",
}
# « Une quiche … la quiche »: the definite article speaks of the same one.
_REFER_BACK = ("le", "du", "au", "ce")
_ONE_A_SENTENCE = ("who", "city", "month", "season", "season_name")
_SLOT = re.compile(r"\{([^{}]*)\}")
_ARTICLES = {
    "un ": "m", "une ": "f", "des ": "p", "le ": "m", "la ": "f", "les ": "p", "l'": "v",
}  # fmt: skip
_FORMS = {
    "le": {"m": "le ", "f": "la ", "v": "l'", "w": "l'", "p": "les "},
    "un": {"m": "un ", "f": "une ", "v": "un ", "w": "une ", "p": "des "},
    "du": {"m": "du ", "f": "de la ", "v": "de l'", "w": "de l'", "p": "des "},
    "au": {"m": "au ", "f": "à la ", "v": "à l'", "w": "à l'", "p": "aux "},
    "ce": {"m": "ce ", "f": "cette ", "v": "cet ", "w": "cette ", "p": "ces "},
    "mon": {"m": "mon ", "f": "ma ", "v": "mon ", "w": "mon ", "p": "mes "},
    "notre": {"m": "notre ", "f": "notre ", "v": "notre ", "w": "notre ", "p": "nos "},
    "de": {"m": "de ", "f": "de ", "v": "d'", "w": "d'", "p": "de "},
    "nu": {"m": "", "f": "", "v": "", "w": "", "p": ""},
}
# French elides before most words in h; these are the exceptions that the lists use.
_ASPIRATED = (
    "halle", "hamac", "handball", "haricot", "harpe", "hautbois", "heron", "herisson", "hetre",
    "hibou", "hockey", "housse", "huppe", "huit", "onze",
)  # fmt: skip


@cache
def read(name: str) -> Any:
    """Return a material file as Python values, read once."""
    return read_yaml(MATERIAL / f"{name}.yaml")


def lines(block: str) -> Lines:
    """Split a block of the material into its lines; ``~`` stands for an empty one."""
    found = (line.strip() for line in block.splitlines())
    return tuple("" if line == "~" else line for line in found if line)


@cache
def words(language: str, voice: str) -> Words:
    """Return the word lists of a language, as the people of one voice use them.

    People of the namesake town have the same sentences and other places.
    """
    blocks = dict(read(f"words_{language}"))
    if voice == "namesake":
        blocks |= read("words_namesake")[language]
    return {name: _word_list(block) for name, block in blocks.items()}


def season_of(month: int) -> str:
    """Return the season of a month (1–12)."""
    return SEASONS[month % 12 // 3]


def fold(text: str) -> str:
    """Drop accents, as people in a hurry do.

    >>> fold("Montréval, ça")
    'Montreval, ca'
    """
    split = unicodedata.normalize("NFD", text.replace("œ", "oe"))
    return "".join(char for char in split if not unicodedata.combining(char))


def capital(text: str) -> str:
    """Give a text its first capital and leave the rest."""
    return text[:1].upper() + text[1:]


def decline(entry: str, form: str) -> str:
    """Return a noun of the material with another article (see the module's docstring)."""
    for article, kind in _ARTICLES.items():
        if entry.startswith(article):
            noun = entry.removeprefix(article)
            return _FORMS[form][_elided(noun, kind)] + noun
    if form == "nu":
        return entry
    raise ValueError(f"no article to change into “{form}” in “{entry}”")


def fill(sentence: str, lists: Words, rng: random.Random, *, season: str) -> str:
    """Draw a word for each slot of a sentence."""
    pen = _Pen(lists=lists, rng=rng, season=season)
    # A word may hold slots itself: « une balade {where} ».
    once = joined(_SLOT.sub(pen.write, sentence))
    return joined(_SLOT.sub(pen.write, once)).replace("⏎", "\n")


def joined(text: str) -> str:
    """Contract and elide French words where a drawn word begins.

    >>> joined(f"près de {_JOINT}le port, pas de {_JOINT}orgue, dès que {_JOINT}Odile arrive")
    "près du port, pas d'orgue, dès qu'Odile arrive"
    """
    for apart, contracted in _CONTRACTIONS.items():
        text = re.sub(rf"\b{apart}", contracted, text)
    text = re.sub(rf"\b([dD]|[qQ]u)e {_JOINT}(?=[aeiouyéèêîôœhAEIOUÉÈÎ])", _elide, text)
    return text.replace(_JOINT, "")


def _elide(match: re.Match[str]) -> str:
    rest = match.string[match.end() : match.end() + 12].lower()
    return f"{match[1]}e " if fold(rest).startswith(_ASPIRATED) else f"{match[1]}'"


@dataclass(slots=True)
class _Pen:
    """Writes the slots of one sentence, and remembers its words for those that refer back."""

    lists: Words
    rng: random.Random
    season: str
    told: dict[str, str] = field(default_factory=dict)

    def write(self, match: re.Match[str]) -> str:
        slot = match[1]
        if "~" in slot:
            return self._agreed(slot)
        return _JOINT + self._drawn(slot)

    def _drawn(self, slot: str) -> str:
        if "|" in slot:
            return self.rng.choice(slot.split("|"))
        if slot[:1].isdigit():
            low, _, high = slot.partition("-")
            return str(self.rng.randint(int(low), int(high)))
        name, _, form = slot.partition(".")
        entry = self._entry(name.lower(), form)
        word = decline(entry, form) if form else entry
        return capital(word) if name[0].isupper() else word

    def _entry(self, name: str, form: str) -> str:
        before = self.told.get(name)
        if before is not None and (form in _REFER_BACK or name in _ONE_A_SENTENCE):
            return before
        found = self.lists[name]
        choices = found if isinstance(found, tuple) else found[self.season]
        entry = self.rng.choice(choices)
        if entry == before:
            entry = choices[choices.index(entry) - 1]
        self.told[name] = entry
        return entry

    def _agreed(self, slot: str) -> str:
        name, _, forms = slot.partition("~")
        kind = next(kind for start, kind in _ARTICLES.items() if self.told[name].startswith(start))
        ways = forms.split("|")
        if len(ways) == 2:
            return ways[kind == "p"]
        return ways["mfp".index(kind)]


def _elided(noun: str, kind: str) -> str:
    plain = fold(noun).lower()
    if kind == "p" or plain[0] not in "aeiouyh" or plain.startswith(_ASPIRATED):
        return kind
    return {"m": "v", "f": "w"}.get(kind, kind)


def _word_list(block: str | Mapping[str, str]) -> Lines | Mapping[str, Lines]:
    if isinstance(block, str):
        return lines(block)
    return {season: lines(part) for season, part in block.items()}
