"""Reading a landing file line by line, when something in it is odd.

The set reading of `sql/staging` is fast but cannot say what is wrong where; here every line meets
the model that landed it. What is kept of a bad line: its number, its field, the cause; never
the line itself.
"""

from __future__ import annotations

__all__ = ["Reject", "read_line_by_line"]

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from collectors.records import KINDS, Post, Record

RECORD: TypeAdapter[Record] = TypeAdapter(Record)
LONGEST_LINE = 2**20
LARGEST_COUNT = 2**31 - 1
FIELDS = frozenset(name for kind in KINDS.values() for name in kind.model_fields)
WHOLE_LINE = "line"
WHOLE_FILE = "file"
FUTURE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reject:
    """One line that cannot be loaded: its number from 1, its field, the cause."""

    line: int
    field: str
    cause: str


def read_line_by_line(path: Path) -> tuple[list[str], list[Reject]]:
    """The good lines of a landing file, in its own form again, and the rejects.

    Of a file that is cut short, the lines before the cut.
    """
    lines: list[str] = []
    rejects: list[Reject] = []
    number = 0
    try:
        for number, line in enumerate(_lines(path), start=1):
            if line.isspace():
                continue
            found = _read(number, line)
            if isinstance(found, Reject):
                rejects.append(found)
            else:
                lines.append(found)
    except EOFError:
        rejects.append(Reject(number + 1, WHOLE_FILE, "the file is cut short"))
    except (zlib.error, OSError):
        rejects.append(Reject(number + 1, WHOLE_FILE, "the file is not gzip, or is damaged"))
    return lines, rejects


def _lines(path: Path) -> Iterator[bytes]:
    """Lines of at most `LONGEST_LINE` bytes and one; the rest of a longer line is skipped."""
    with gzip.open(path) as handle:
        while line := handle.readline(LONGEST_LINE + 1):
            rest = line
            while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
                rest = handle.readline(LONGEST_LINE + 1)
            yield line


def _read(number: int, line: bytes) -> str | Reject:
    if len(line) > LONGEST_LINE:
        return Reject(number, WHOLE_LINE, "is longer than a record may be")
    try:
        record = RECORD.validate_json(line)
    except ValidationError as error:
        return _reject(number, error.errors(include_input=False, include_url=False)[0])
    landed = record.model_dump_json()
    for field, value in record:
        words = value if isinstance(value, tuple | list) else (value,)
        if any(isinstance(word, str) and "\0" in word for word in words):
            return Reject(number, field, "holds a NUL character")
        if isinstance(value, int) and value > LARGEST_COUNT:
            return Reject(number, field, "is larger than a count can be")
    if isinstance(record, Post) and record.published_at > record.observed_at + FUTURE:
        return Reject(number, "published_at", "lies in the future")
    return landed


def _reject(number: int, detail: ErrorDetails) -> Reject:
    """The place and the cause, without any word of the line: some messages quote the input."""
    kind = detail["type"]
    if kind == "json_invalid":
        return Reject(number, WHOLE_LINE, "is not JSON")
    if kind.startswith("union_tag"):
        return Reject(number, "kind", "is not a kind of record")
    if not detail["loc"]:
        return Reject(number, WHOLE_LINE, "is not a record")
    field = next((str(part) for part in detail["loc"][1:] if part in FIELDS), "unknown field")
    if kind == "extra_forbidden":
        return Reject(number, "unknown field", "is not a field of this record")
    return Reject(number, field, detail["msg"])
