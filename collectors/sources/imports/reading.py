"""Reading an export row by row, in the memory of one row, whatever the file holds.

What cannot be read is told with its place and cause and passed over; a file cut short gives what
stands before the cut.
"""

from __future__ import annotations

__all__ = ["MIB", "Opened", "Row", "open_rows"]

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collectors.errors import RefusedError
from collectors.sources.imports.plan import Join, Map
from collectors.sources.imports.values import at

MIB = 2**20
# A page of twarc (500 posts with their authors) has 2 MiB; a row of CSV far less.
LONGEST_JSON_LINE = 16 * MIB
LONGEST_CSV_LINE = MIB
# Gzip makes a gigabyte of a megabyte; no export of a city is that large.
LARGEST_CONTENT = 16 * 1024 * MIB
LARGEST_ROW_GROUP = 1024 * MIB
BATCH_ROWS = 1000
TOO_LONG = "is longer than a row may be"
CUT = "the file is cut short or damaged; what stands before was read"
Content = io.BufferedReader | gzip.GzipFile
DAMAGED = (EOFError, zlib.error, OSError)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place in the file, and its cells, or why it has none."""

    place: str
    cells: Mapping[str, Any] | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's rows, once, and how much of it was read (0–1)."""

    rows: Iterator[Row]
    share: Callable[[], float]


@contextmanager
def open_rows(path: Path, plan: Map) -> Iterator[Opened]:
    """Open a file by its map; `RefusedError` when it is not of the stated format."""
    with ExitStack() as stack:
        if plan.format == "parquet":
            yield _parquet(stack, path, plan)
            return
        raw = stack.enter_context(path.open("rb"))
        size = max(path.stat().st_size, 1)
        content = stack.enter_context(gzip.open(raw)) if path.suffix == ".gz" else raw
        if plan.format == "csv":
            # A byte that is no letter of the encoding becomes a lone surrogate: its row is told.
            encoding = "utf-8-sig" if plan.encoding == "utf-8" else plan.encoding
            text = io.TextIOWrapper(content, encoding, errors="surrogateescape", newline="")
            rows = _csv(stack.enter_context(text), plan, path)
        else:
            rows = _ndjson(content, plan)
        yield Opened(rows, lambda: min(raw.tell() / size, 1.0))


def _csv(text: io.TextIOWrapper, plan: Map, path: Path) -> Iterator[Row]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=plan.delimiter)
    header: list[str] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        _refuse_missing(path, plan, header)
        yield from _csv_rows(reader, lines, header, plan)
    except csv.Error:
        raise RefusedError(f"{path.name}: line 1 is no header of a CSV file") from None
    except (*DAMAGED, UnicodeError):
        yield Row(f"line {reader.line_num + 1}", None, CUT)


def _csv_rows(reader: Any, lines: _Lines, header: list[str], plan: Map) -> Iterator[Row]:
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(place, None, "is no row: a quotation mark may be open")
            continue
        if lines.was_too_long():
            yield Row(place, None, TOO_LONG)
        elif not cells:
            continue
        elif len(cells) != len(header):
            yield Row(place, None, f"has {len(cells)} cells, the header has {len(header)}")
        elif any(_has_surrogate(cell) for cell in cells):
            yield Row(place, None, f"is not {plan.encoding} text; name its encoding in the map")
        else:
            yield Row(place, dict(zip(header, cells, strict=True)))


class _Lines:
    """Lines for the CSV reader, none longer than may be; an empty one stands for a longer."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._is_too_long = False
        self._read = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_CSV_LINE)
        self._read += len(line)
        if not line or self._read > LARGEST_CONTENT:
            raise StopIteration
        if len(line) < LONGEST_CSV_LINE or line.endswith(("\n", "\r")):
            return line
        self._is_too_long = True
        while (rest := self._text.readline(LONGEST_CSV_LINE)) and not rest.endswith(("\n", "\r")):
            self._read += len(rest)
        return "\n"

    def was_too_long(self) -> bool:
        """Whether the row just read held such a line; asking forgets it."""
        was, self._is_too_long = self._is_too_long, False
        return was


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def _refuse_missing(path: Path, plan: Map, header: list[str]) -> None:
    """Refuse a table without a column that its map names: all of them at once."""
    tops = {name.split(".")[0] for name in header} | set(header)
    lacking = [
        f"{' or '.join(columns)} ({field})"
        for field, columns in plan.columns().items()
        if not any(c in tops or c.split(".")[0] in tops for c in columns)
    ]
    if lacking:
        raise RefusedError(
            f"{path.name}: has no column {', '.join(lacking)}; mend the map (its columns: "
            f"{', '.join(header)[:300]}), or mark what may lack as optional"
        )


def _ndjson(content: Content, plan: Map) -> Iterator[Row]:
    number = 0
    try:
        for number, line in enumerate(_bounded(content), start=1):
            yield from _json_line(f"line {number}", line, plan)
    except DAMAGED:
        yield Row(f"line {number + 1}", None, CUT)


def _bounded(content: Content) -> Iterator[bytes | None]:
    """Lines, None for one that is too long."""
    count_bytes = 0
    while (line := content.readline(LONGEST_JSON_LINE)) and count_bytes <= LARGEST_CONTENT:
        count_bytes += len(line)
        if len(line) < LONGEST_JSON_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := content.readline(LONGEST_JSON_LINE)) and not rest.endswith(b"\n"):
            count_bytes += len(rest)
        yield None


def _json_line(place: str, line: bytes | None, plan: Map) -> Iterator[Row]:
    if line is None:
        yield Row(place, None, TOO_LONG)
        return
    if not line.strip():
        return
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        yield Row(place, None, "is not JSON")
        return
    if not isinstance(value, dict):
        yield Row(place, None, "is no JSON object")
        return
    items = at(value, plan.each) if plan.each else None
    if not isinstance(items, list):
        yield Row(place, value)
        return
    tables = [(join, _table(value, join)) for join in plan.join]
    shared = {name: part for name, part in value.items() if name.startswith("__")}
    for at_item, item in enumerate(items, start=1):
        where = f"{place}, item {at_item}"
        if isinstance(item, dict):
            joined = {join.as_: table.get(_key(item, join.on)) for join, table in tables}
            filled = {name: part for name, part in joined.items() if part is not None}
            yield Row(where, {**shared, **item, **filled})
        else:
            yield Row(where, None, "is no JSON object")


def _table(value: Mapping[str, Any], join: Join) -> dict[str, Any]:
    parts = at(value, join.from_)
    found = parts if isinstance(parts, list) else []
    return {_key(part, join.key): part for part in found if isinstance(part, dict)}


def _key(item: Mapping[str, Any], path: str) -> str:
    return str(at(item, path))


def _parquet(stack: ExitStack, path: Path, plan: Map) -> Opened:
    import pyarrow as pa  # noqa: PLC0415 - 0.2 s, only where a city has such a file
    import pyarrow.parquet as pq  # noqa: PLC0415 - the same

    try:
        file = stack.enter_context(pq.ParquetFile(path, buffer_size=MIB, pre_buffer=False))
    except (pa.ArrowException, OSError):
        raise RefusedError(f"{path.name}: is no Parquet file, or is cut short") from None
    _refuse_missing(path, plan, file.schema_arrow.names)
    facts = file.metadata
    groups = [facts.row_group(at_group) for at_group in range(facts.num_row_groups)]
    if any(group.total_byte_size > LARGEST_ROW_GROUP for group in groups):
        raise RefusedError(f"{path.name}: has a row group over 1 GiB; write it in smaller ones")
    read = [0]

    def rows() -> Iterator[Row]:
        try:
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                for cells in batch.to_pylist():
                    read[0] += 1
                    yield Row(f"row {read[0]}", cells)
        except (pa.ArrowException, OSError, ValueError):
            yield Row(f"row {read[0] + 1}", None, CUT)

    return Opened(rows(), lambda: read[0] / max(facts.num_rows, 1))
