"""Rules over folded words, written as people would: `fier|fiere d|de (etre) <nat>`.

A rule is words in order. `a|b` is either, `fier*` any ending, `noir(e)` a last letter or none,
`pas_en` two words, `(la)` a word or none, `~` up to three words of any kind (`~1` up to one),
`<mon>` any word of a class, `<n>` a number. A rule never passes the end of a sentence.
"""

from __future__ import annotations

__all__ = ["Match", "Rules", "Weighed"]

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from cities.names import fold

ELEMENT = re.compile(r"~\d?|\S+")
NUMBER = "n"
OPTIONAL = re.compile(r"\([^()]+\)")
LAST = re.compile(r"(?:\*|\(\w\))$")
# Words that begin alike are found by so many letters.
STEM_LETTERS = 3
MOST_KNOWN = 20_000


class Weighed(NamedTuple):
    """A rule as written, its kind and what it weighs."""

    rule: str
    kind: str
    weight: int


class Match(NamedTuple):
    """Where a rule was found in the text of words, and what it is."""

    start: int
    end: int
    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    source: str
    kind: str
    weight: int


# Most rules are met seldom or never: to compile all at once would take two seconds.
_pattern_of = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Rules:
    """Many rules, found by their rarest word: a text without any costs a look a word."""

    words: dict[str, list[_Compiled]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[tuple[str, _Compiled]]] = field(default_factory=lambda: defaultdict(list))

    _known: dict[str, tuple[_Compiled, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, weighed: Iterable[Weighed], classes: Mapping[str, Sequence[str]]) -> Rules:
        """Compile rules; a class that is not there is a `KeyError` of whoever wrote the data."""
        rules = cls(defaultdict(list), defaultdict(list))
        for rule, kind, weight in weighed:
            elements = [_alternatives(part, classes) for part in ELEMENT.findall(rule)]
            pattern = "".join(map(_pattern, elements))
            rules._add(_rarest(elements), _Compiled(f"(?<= ){pattern}", kind, weight))
        return rules

    def _add(self, alternatives: Iterable[str], compiled: _Compiled) -> None:
        for alternative in alternatives:
            rarest = max(alternative.split("_"), key=len)
            stem = rarest.partition("(")[0].rstrip("*")
            if stem != rarest:
                self.stems[stem[:STEM_LETTERS]].append((stem, compiled))
            else:
                self.words[rarest].append(compiled)

    def touch(self, words: Iterable[str]) -> bool:
        """Whether any rule may be found in these words; quick."""
        return any(map(self._of_word, words))

    def find(self, text: str, words: Iterable[str]) -> Iterator[Match]:
        """All matches in a text of words: a space before and after each."""
        chosen: dict[int, _Compiled] = {}
        for word in words:
            for each in self._of_word(word):
                chosen[id(each)] = each
        for each in chosen.values():
            for found in _pattern_of(each.source).finditer(text):
                yield Match(found.start(), found.end(), each.kind, each.weight)

    def _of_word(self, word: str) -> tuple[_Compiled, ...]:
        """The rules to try where a word stands; remembered, since few words make most texts."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            stems = self.stems.get(word[:STEM_LETTERS], ())
            begun = [each for stem, each in stems if word.startswith(stem)]
            found = self._known[word] = (*self.words.get(word, ()), *begun)
        return found


@dataclass(frozen=True, slots=True)
class _Element:
    alternatives: tuple[str, ...]
    gap: int = 0
    is_optional: bool = False


def _alternatives(part: str, classes: Mapping[str, Sequence[str]]) -> _Element:
    if part.startswith("~"):
        return _Element((), gap=int(part[1:] or 3))
    is_optional = OPTIONAL.fullmatch(part) is not None
    found: list[str] = []
    for word in (part.strip("()") if is_optional else part).split("|"):
        named = word.strip("<>")
        if named not in (word, NUMBER):
            found += map(str, classes[named])
        else:
            found.append(word)
    return _Element(tuple(map(_folded, found)), is_optional=is_optional)


def _folded(word: str) -> str:
    if word == f"<{NUMBER}>":
        return word
    ending = LAST.search(word)
    return fold(LAST.sub("", word)).replace(" ", "_") + (ending[0] if ending else "")


def _pattern(element: _Element) -> str:
    if element.gap:
        return rf"(?:\w+ ){{0,{element.gap}}}"
    # The longest first: a phrase before the word that begins it.
    words = sorted(set(element.alternatives), key=lambda word: (-len(word), word))
    either = "|".join(map(_word_pattern, words))
    return f"(?:(?:{either}) )" + ("?" if element.is_optional else "")


def _word_pattern(word: str) -> str:
    if word == f"<{NUMBER}>":
        return r"\d+"
    return re.sub(r"\((\w)\)", r"\1?", word).replace("_", " ").replace("*", r"\w*")


def _rarest(elements: Sequence[_Element]) -> tuple[str, ...]:
    """The alternatives of the element whose shortest word is longest: the best to look for."""
    sure = [each for each in elements if each.alternatives and not each.is_optional]
    named = [each for each in sure if f"<{NUMBER}>" not in each.alternatives]
    return max(named, key=_shortest).alternatives


def _shortest(element: _Element) -> int:
    return min(max(map(len, word.split("_"))) for word in element.alternatives)
