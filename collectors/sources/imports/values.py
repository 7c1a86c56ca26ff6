"""From the cell of an export to a value of a record. Causes name the field, never the content."""

from __future__ import annotations

__all__ = ["at", "is_filled", "value_of"]

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from collectors.errors import PayloadError
from collectors.html import read_html
from collectors.sources.imports.plan import KINDS, MAKES, Value
from collectors.text import clean

SPACES = re.compile(r"[\s\u00a0\u202f']")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
COUNT = re.compile(r"(\d+(?:\.\d+)?)([kKmM]?)")
TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
LARGEST_COUNT = 2**31 - 1
LANGUAGE = re.compile(r"[a-z]{2,3}")
# Undetermined, no language, and X's private codes (qme, qht, …) say nothing.
NO_LANGUAGE = re.compile(r"und|zxx|mis|mul|q[a-t][a-z]")
YES = frozenset(("yes", "y", "true", "t", "1", "1.0", "oui", "vrai"))
NO = frozenset(("no", "n", "false", "f", "0", "0.0", "non", "faux", ""))
MOST_ITEMS = 500
MILLISECONDS = 1000
DIGEST_LENGTH = 20


def at(row: Mapping[str, Any], path: str) -> Any:
    """What stands under a column or a dotted path; a list on the way gives the list of all below.

    >>> at({"a": {"b": [{"c": 1}, {"c": 2}]}}, "a.b.c")
    [1, 2]
    """
    if path in row:
        return row[path]
    value: Any = row
    for part in path.split("."):
        if isinstance(value, list):
            value = [item.get(part) for item in value if isinstance(item, dict)]
        else:
            value = value.get(part) if isinstance(value, Mapping) else None
    return value


def is_filled(value: Any) -> bool:
    """Whether a cell says anything: pandas writes NaN where there is nothing."""
    if isinstance(value, float) and math.isnan(value):
        return False
    if isinstance(value, str):
        return value.strip() != ""
    return value is not None and value not in ([], {})


def value_of(row: Mapping[str, Any], field: str, source: Value, *, zone: ZoneInfo) -> Any:
    """The value of a field, None when its cell is empty; `PayloadError` when it cannot be read."""
    found = [source.value, *(at(row, column) for column in source.column)]
    cell = next((value for value in found if is_filled(value)), None)
    reading = source.as_ or MAKES[KINDS.get(field, "text")][0]
    if reading == "present":
        return cell is not None
    if cell is None:
        return None
    try:
        if reading == "digest":
            return sha256(repr(clean(found)).encode()).hexdigest()[:DIGEST_LENGTH]
        return _read(clean(cell), reading, source, zone)
    except (ValueError, TypeError, OverflowError, OSError):
        raise PayloadError(f"{field}: cannot be read as {reading}") from None


def _read(cell: Any, reading: str, source: Value, zone: ZoneInfo) -> Any:
    match reading:
        case "date" | "epoch":
            return _moment(cell, reading, source, zone)
        case "count":
            return count(cell)
        case "list":
            return _items(cell, source.separator)
        case "size":
            return len(cell) if isinstance(cell, list) else len(_items(cell, source.separator))
    return WORDS[reading](_text(cell))


def count(cell: Any) -> int:
    """A count as people and tools write it.

    >>> [count(cell) for cell in ("1 234", "1,234", "12.0", "1.5K", 7)]
    [1234, 1234, 12, 1500, 7]
    """
    written = SPACES.sub("", str(cell))
    if THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    match = COUNT.fullmatch(written)
    if match is None:
        raise ValueError("no count")
    number = float(match[1]) * TIMES[match[2].lower()]
    if number > LARGEST_COUNT or not number.is_integer():
        raise ValueError("no count")
    return int(number)


def _moment(cell: Any, reading: str, source: Value, zone: ZoneInfo) -> datetime:
    if reading == "epoch":
        seconds = float(cell) / (MILLISECONDS if source.unit == "milliseconds" else 1)
        return datetime.fromtimestamp(seconds, UTC)
    if isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - given its zone below
    elif source.format:
        moment = datetime.strptime(_text(cell).strip(), source.format)  # noqa: DTZ007 - the same
    else:
        moment = datetime.fromisoformat(_text(cell).strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _items(cell: Any, separator: str) -> tuple[str, ...]:
    parts = cell if isinstance(cell, list) else _text(cell).split(separator)
    texts = (_text(part).strip() for part in parts if is_filled(part))
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST_ITEMS]


def _language(code: str) -> str | None:
    short = re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0]
    is_told = LANGUAGE.fullmatch(short) and not NO_LANGUAGE.fullmatch(short)
    return short if is_told else None


def _flag(word: str) -> bool:
    if word not in YES | NO:
        raise ValueError("neither yes nor no")
    return word in YES


WORDS: Mapping[str, Callable[[str], Any]] = {
    "language": _language,
    "yes": lambda word: _flag(word.strip().lower()),
    "html": lambda html: read_html(html).text,
    "text": str,
}


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | int | float):
        return str(cell)
    raise TypeError("no text")
