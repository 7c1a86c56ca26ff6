"""Whether a row of an export is of an account, or names it: exactly, by what its map says."""

from __future__ import annotations

__all__ = ["Finder"]

import csv
import json
from collections.abc import Iterator, Mapping
from typing import Any

from cities.accounts import author_id_of
from cities.traces import Traces
from collectors.errors import CollectError
from collectors.sources.imports.identity import platform_of
from collectors.sources.imports.plan import Map, Value
from collectors.sources.imports.values import at

Leaf = tuple[str, str]


class Finder:
    """Looks for one account in the rows of one file; without a map, in their words alone.

    A row is of the account when a column of authors or of those they name holds exactly its
    author id, on its platform. Any other cell names it by a written form only.
    """

    def __init__(self, plan: Map | None, traces: Traces) -> None:
        self._plan = plan
        self._traces = traces
        self._header: list[str] = []
        # Path of a column → what stands between the names in its cells.
        self._columns = dict(_people(plan)) if plan else {}
        self._is_joined = bool(plan and plan.join)

    def read_header(self, raw: str) -> None:
        """Take the first row of a CSV file for its header."""
        self._header = [name.strip().lstrip("\ufeff") for name in self._csv(raw)]

    def is_in_raw(self, raw: str) -> bool:
        """Whether a row as it stands in a text file holds the account."""
        if self._traces.name not in raw.lower() and "\\u" not in raw:
            return False
        cells = self._cells(raw)
        return self._traces.are_in(raw, self._fixed) if cells is None else self.is_in(cells)

    def is_in(self, cells: Mapping[str, Any]) -> bool:
        """Whether the cells of a row hold the account."""
        platform = self._platform(cells)
        leaves = list(_leaves("", cells))
        if any(self._is_theirs(path, said, platform) for path, said in leaves):
            return True
        return any(self._traces.are_in(said, platform) for _, said in leaves)

    @property
    def _fixed(self) -> str | None:
        platform = self._plan.platform if self._plan else None
        return platform if isinstance(platform, str) else None

    def _platform(self, cells: Mapping[str, Any]) -> str | None:
        if self._plan is None or isinstance(self._plan.platform, str):
            return self._fixed
        try:
            return platform_of(str(at(cells, self._plan.platform.column)))
        except CollectError:
            return None

    def _is_theirs(self, path: str, said: str, platform: str | None) -> bool:
        column = path.rpartition(".")[2] if self._is_joined else path
        if platform != self._traces.platform or column not in self._columns:
            return False
        names = said.split(self._columns[column])
        return any(author_id_of(platform, name) == self._traces.author_id for name in names)

    def _cells(self, raw: str) -> Mapping[str, Any] | None:
        if self._header:
            return dict(zip(self._header, self._csv(raw), strict=False))
        try:
            cells = json.loads(raw.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None
        return cells if isinstance(cells, dict) else None

    def _csv(self, raw: str) -> list[str]:
        delimiter = self._plan.delimiter if self._plan else ","
        try:
            return next(csv.reader(raw.splitlines(keepends=True), delimiter=delimiter), [])
        except csv.Error:
            return [raw]


def _people(plan: Map) -> Iterator[tuple[str, str]]:
    """The columns that hold accounts, each with the separator of its names."""
    named: list[Value] = [*plan.edges.sources.values()]
    named += [plan.fields.author_id] if plan.fields.author_id else []
    for value in named:
        for column in value.column:
            yield column.rpartition(".")[2] if plan.join else column, value.separator


def _leaves(path: str, value: Any) -> Iterator[Leaf]:
    """Each text of a row, with the dotted path of its column; lists on the way have no number."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(f"{path}.{name}" if path else str(name), part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(path, part)
    elif value is not None:
        yield path, str(value)
