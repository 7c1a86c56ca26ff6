"""Opendatasoft's query language, for `where` and `order_by`: the part that clients of ours use.

where   := or ;  or := and ("or" and)* ;  and := not ("and" not)* ;  not := "not" not | atom
atom    := "(" or ")" | field ("=" | "!=" | "<" | "<=" | ">" | ">=") literal
         | field ["not"] "in" "(" literal ("," literal)* ")" | field "is" ["not"] "null"
literal := "text" | 'text' | number | date'2026-11-01'
"""

from __future__ import annotations

__all__ = ["OdsqlError", "Predicate", "ordering", "where"]

import operator
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from cities.errors import PortevoixError

Record = Mapping[str, Any]
Predicate = Callable[[Record], bool]

TOKEN = re.compile(
    r"\s*(?:(?P<date>date\s*(?:'[^']*'|\"[^\"]*\"))|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>\w+)|(?P<sign><=|>=|!=|[=<>(),]))",
    re.IGNORECASE,
)
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class OdsqlError(PortevoixError):
    """A query that the demo's register does not read; answered as the real one does (400)."""


def where(query: str, fields: Collection[str]) -> Predicate:
    """The filter that `query` states, on records that have these fields.

    >>> keep = where('cp in ("71990", "71000") and not ville="Tournus"', ("cp", "ville"))
    >>> keep({"cp": "71990", "ville": "Montréval"}), keep({"cp": "71700", "ville": "Tournus"})
    (True, False)
    """
    if not query.strip():
        return lambda _record: True
    parser = _Parser(query, fields)
    predicate = parser.either()
    parser.end()
    return predicate


def ordering(query: str, fields: Collection[str]) -> list[tuple[str, bool]]:
    """The (field, is descending) pairs of an `order_by`, first key first."""
    keys: list[tuple[str, bool]] = []
    for part in filter(None, (part.strip() for part in query.split(","))):
        name, _, way = part.partition(" ")
        if way.strip().lower() not in ("", "asc", "desc"):
            raise OdsqlError(f"order_by is malformed: unexpected {way.strip()}")
        keys.append((_known(name, fields), way.strip().lower() == "desc"))
    return keys


def _known(name: str, fields: Collection[str]) -> str:
    if name not in fields:
        raise OdsqlError(f"Unknown field: {name}")
    return name


class _Parser:
    """Recursive descent over the tokens; one method a rule of the grammar."""

    def __init__(self, query: str, fields: Collection[str]) -> None:
        self._fields = fields
        self._tokens = _tokens(query)
        self._next = 0

    def either(self) -> Predicate:
        parts = [self._both()]
        while self._accept("or"):
            parts.append(self._both())
        return lambda record: any(part(record) for part in parts)

    def end(self) -> None:
        if self._next < len(self._tokens):
            raise self._error()

    def _both(self) -> Predicate:
        parts = [self._not()]
        while self._accept("and"):
            parts.append(self._not())
        return lambda record: all(part(record) for part in parts)

    def _not(self) -> Predicate:
        if self._accept("not"):
            inner = self._not()
            return lambda record: not inner(record)
        if self._accept("("):
            inner = self.either()
            self._expect(")")
            return inner
        return self._atom()

    def _atom(self) -> Predicate:
        field = _known(self._take("word"), self._fields)
        if self._accept("is"):
            is_null = not self._accept("not")
            self._expect("null")
            return lambda record: (record[field] is None) == is_null
        is_kept = not self._accept("not")
        if self._accept("in"):
            values = self._list()
            return lambda record: (record[field] in values) == is_kept
        compare = COMPARISONS.get(self._take("sign")) if is_kept else None
        if compare is None:
            raise self._error()
        value = self._literal()
        # Dates are text in ISO form, so that both kinds of literal compare; null never does.
        return lambda record: record[field] is not None and compare(str(record[field]), value)

    def _list(self) -> list[str]:
        self._expect("(")
        values = [self._literal()]
        while self._accept(","):
            values.append(self._literal())
        self._expect(")")
        return values

    def _literal(self) -> str:
        if self._next == len(self._tokens) or self._tokens[self._next][0] in ("word", "sign"):
            raise self._error()
        kind, text = self._tokens[self._next]
        self._next += 1
        if kind == "date":
            return _day(text)
        return text[1:-1] if kind == "text" else text

    def _accept(self, word: str) -> bool:
        is_there = (
            self._next < len(self._tokens)
            and self._tokens[self._next][0] in ("word", "sign")
            and self._tokens[self._next][1].lower() == word
        )
        self._next += is_there
        return is_there

    def _expect(self, word: str) -> None:
        if not self._accept(word):
            raise self._error()

    def _take(self, kind: str) -> str:
        if self._next == len(self._tokens) or self._tokens[self._next][0] != kind:
            raise self._error()
        self._next += 1
        return self._tokens[self._next - 1][1]

    def _error(self) -> OdsqlError:
        left = self._tokens[self._next :]
        found = left[0][1] if left else "end of query"
        return OdsqlError(f"ODSQL query is malformed: unexpected {found}")


def _tokens(query: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place, query = 0, query.rstrip()
    while place < len(query):
        match = TOKEN.match(query, place)
        if match is None or match.lastgroup is None:
            raise OdsqlError(f"ODSQL query is malformed: unexpected {query[place:].strip()[:20]}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return tokens


def _day(text: str) -> str:
    written = text[4:].strip()[1:-1]
    try:
        return date.fromisoformat(written.replace("/", "-")).isoformat()
    except ValueError:
        raise OdsqlError(f"ODSQL query is malformed: {written} is no date") from None
