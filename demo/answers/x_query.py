"""X's query language, the part that Portevoix uses: words, phrases, tags, operators, OR, brackets.

Words and phrases are compared without accents and letter case, as X indexes them; a hyphen or an
apostrophe parts two words. AND is a space and binds tighter than OR; `-` negates a term or a
bracket.
"""

from __future__ import annotations

__all__ = ["QueryError", "XFacts", "parse_query"]

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from cities.names import fold

TOKEN = re.compile(r'\s*(?:(\(|\))|(-?"[^"]*")|(-(?=\())|([^\s()"]+))')
FLAGS = ("retweet", "reply", "quote")


class QueryError(Exception):
    """A query that X would refuse, with the reason."""


@dataclass(frozen=True, slots=True)
class XFacts:
    """What a query can ask of one post; `text` is folded, with a space at both ends."""

    text: str
    tags: frozenset[str]
    mentions: frozenset[str]
    author: str
    language: str
    flags: frozenset[str]


Test = Callable[[XFacts], bool]


def parse_query(query: str) -> Test:
    """What a query keeps; `QueryError` when it is none.

    >>> keeps = parse_query('(ville OR "vieux pont") -lac lang:fr')
    >>> def post(text): return XFacts(f" {text} ", frozenset(), frozenset(), "a", "fr", frozenset())
    >>> [keeps(post(text)) for text in ("la ville", "vieux pont", "pont vieux", "ville du lac")]
    [True, True, False, False]
    """
    parser = _Parser(_tokens(query))
    test = parser.alternatives()
    if parser.rest():
        raise QueryError("there is a bracket too many")
    return test


def _tokens(query: str) -> list[str]:
    tokens, at = [], 0
    stripped = query.strip()
    while at < len(stripped):
        found = TOKEN.match(stripped, at)
        if found is None:
            raise QueryError("a quotation mark is missing")
        tokens.append(next(part for part in found.groups() if part))
        at = found.end()
    if not tokens:
        raise QueryError("the query is empty")
    return tokens


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def rest(self) -> str:
        """The token that comes next, empty at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def alternatives(self) -> Test:
        """Terms joined by OR."""
        tests = [self._sequence()]
        while self.rest() == "OR":
            self._at += 1
            tests.append(self._sequence())
        return lambda facts: any(test(facts) for test in tests)

    def _sequence(self) -> Test:
        tests: list[Test] = []
        while self.rest() not in ("", "OR", ")"):
            tests.append(self._factor())
        if not tests:
            raise QueryError("a term is missing")
        return reduce(_both, tests)

    def _factor(self) -> Test:
        word = self.rest()
        self._at += 1
        if word == "-":
            return _negated(self._factor())
        if word == "(":
            inner = self.alternatives()
            if self.rest() != ")":
                raise QueryError("a bracket is missing")
            self._at += 1
            return inner
        if word.startswith("-") and len(word) > 1:
            return _negated(_term(word[1:]))
        return _term(word)


def _both(first: Test, second: Test) -> Test:
    return lambda facts: first(facts) and second(facts)


def _negated(test: Test) -> Test:
    return lambda facts: not test(facts)


def _term(token: str) -> Test:
    if token.startswith("#"):
        tag = fold(token)
        return lambda facts: tag in facts.tags
    if token.startswith("@"):
        user = token[1:].lower()
        return lambda facts: user in facts.mentions
    name, colon, value = token.partition(":")
    if colon and not token.startswith('"'):
        return _operator(name, value)
    words = fold(token)
    if not words:
        raise QueryError("a term has no letter")
    return lambda facts: f" {words} " in facts.text


def _operator(name: str, value: str) -> Test:
    if name == "lang" and value:
        return lambda facts: facts.language == value
    if name == "from" and value:
        return lambda facts: facts.author == value.lower().removeprefix("@")
    if name == "is" and value in FLAGS:
        return lambda facts: value in facts.flags
    raise QueryError(f"{name}: is no operator of this search")
