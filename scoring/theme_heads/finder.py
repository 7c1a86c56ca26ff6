"""Finds the terms of the lexicon in the words of a post: once prepared, a look-up a word.

A longer phrase hides the shorter terms inside it, theme by theme (« restos du cœur » hides
« restos »), and a term counts once however often it is said.
"""

from __future__ import annotations

__all__ = ["Finder", "Found"]

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scoring.lexicon import Term
from scoring.theme_heads.wording import Wording

# How many words of posts are remembered with their terms, so that a backfill does not grow.
MOST_REMEMBERED = 300_000


class Found(NamedTuple):
    """One term in a post: where its words start and how many; -1 for an emoji."""

    theme: int
    term: str
    weight: float
    start: int
    size: int


class Finder:
    """The terms of some themes, ready to be looked up."""

    def __init__(self, terms: Iterable[Term], themes: Sequence[str]) -> None:
        numbers = {theme: number for number, theme in enumerate(themes)}
        self._exact: dict[str, list[tuple[int, Term]]] = {}
        self._prefixes: dict[str, list[tuple[int, Term]]] = {}
        self._phrases: dict[str, dict[str, list[tuple[int, Term]]]] = {}
        # First word → second word → the longest phrase that begins so; a star fits any second.
        self._begins: dict[str, dict[str, int]] = {}
        self._remembered: dict[str | None, dict[str, tuple[Found, ...]]] = {}
        for term in terms:
            self._add(numbers[term.theme], term)

    def _add(self, theme: int, term: Term) -> None:
        if not term.is_phrase:
            table = self._prefixes if term.is_prefix else self._exact
            table.setdefault(term.term, []).append((theme, term))
            return
        words = term.term.split()
        head, last = " ".join(words[:-1]), words[-1] + ("*" if term.is_prefix else "")
        self._phrases.setdefault(head, {}).setdefault(last, []).append((theme, term))
        seconds = self._begins.setdefault(words[0], {})
        second = "*" if len(words) == 2 and term.is_prefix else words[1]
        seconds[second] = max(seconds.get(second, 0), len(words))

    def find(self, wording: Wording) -> list[Found]:
        """Each term of the post once, those within a longer phrase of their theme left out."""
        words, language = wording.words, wording.language
        found = self._in_phrases(words, language)
        hidden = {(f.theme, n) for f in found for n in range(f.start, f.start + f.size)}
        known = self._remembered.setdefault(language, {})
        for start, word in enumerate(words):
            entries = known.get(word)
            if entries is None:
                entries = self._remember(known, word, language)
            for one in entries:
                if (one.theme, start) not in hidden:
                    found.append(one._replace(start=start))
        for char in wording.emoji:
            found += (
                Found(theme, char, term.weight, -1, 0)
                for theme, term in self._exact.get(char, ())
                if term.is_emoji
            )
        return list({(f.theme, f.term): f for f in reversed(found)}.values())[::-1]

    def _remember(
        self, known: dict[str, tuple[Found, ...]], word: str, language: str | None
    ) -> tuple[Found, ...]:
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        best: dict[int, Term] = {}
        for theme, term in self._terms_of(word):
            if _fits(term, language) and (theme not in best or _rank(term) > _rank(best[theme])):
                best[theme] = term
        known[word] = tuple(Found(t, term.term, term.weight, 0, 1) for t, term in best.items())
        return known[word]

    def _terms_of(self, word: str) -> Iterator[tuple[int, Term]]:
        yield from self._exact.get(word, ())
        for end in range(2, len(word) + 1):
            yield from self._prefixes.get(word[:end], ())

    def _in_phrases(self, words: Sequence[str], language: str | None) -> list[Found]:
        found: list[Found] = []
        covered: dict[int, int] = {}
        begins = self._begins
        for start in range(len(words) - 1):
            seconds = begins.get(words[start])
            if not seconds:
                continue
            longest = max(seconds.get(words[start + 1], 0), seconds.get("*", 0))
            for count in range(min(longest, len(words) - start), 1, -1):
                for theme, term in self._phrases_at(words[start : start + count]):
                    if covered.get(theme, 0) <= start and _fits(term, language):
                        found.append(Found(theme, term.term, term.weight, start, count))
                        covered[theme] = start + count
        return found

    def _phrases_at(self, words: Sequence[str]) -> Iterator[tuple[int, Term]]:
        lasts = self._phrases.get(" ".join(words[:-1]))
        if not lasts:
            return
        yield from lasts.get(words[-1], ())
        for end in range(1, len(words[-1]) + 1):
            yield from lasts.get(words[-1][:end] + "*", ())


def _fits(term: Term, language: str | None) -> bool:
    return language is None or term.language in ("any", language)


def _rank(term: Term) -> tuple[float, int, str]:
    return abs(term.weight), len(term.term), term.term
