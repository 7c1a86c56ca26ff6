"""A schedule in five fields, as cron writes it: minute hour day month weekday."""

from __future__ import annotations

__all__ = ["schedule_mistake"]

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# Field, its least and its greatest value (7 is Sunday too), the names that stand for numbers.
FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day", 1, 31, ()),
    ("month", 1, 12, MONTHS),
    ("weekday", 0, 7, WEEKDAYS),
)
PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[0-9]{1,2}))?")
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def schedule_mistake(schedule: str) -> str | None:
    """What is wrong with it, None when nothing is.

    >>> schedule_mistake("30 2 * * mon-fri"), schedule_mistake("*/15 6-20/2 1,15 * *")
    (None, None)
    >>> schedule_mistake("61 2 * * *")
    'minute 61 is not one of 0 to 59'
    """
    values: list[set[int]] = []
    for text, (name, least, most, names) in zip(schedule.lower().split(), FIELDS, strict=True):
        found = _values(text, least, most, names)
        if found is None:
            return f"{name} {text} is not one of {least} to {most}"
        values.append(found)
    _, _, days, months, _ = values
    is_every_weekday = schedule.split()[4] == "*"
    if is_every_weekday and min(days) > max(LONGEST_MONTH[month - 1] for month in months):
        return "no month of it has this day"
    return None


def _values(text: str, least: int, most: int, names: tuple[str, ...]) -> set[int] | None:
    found: set[int] = set()
    for part in text.split(","):
        match = PART.fullmatch(part)
        if match is None or match["step"] in ("0", "00"):
            return None
        first, last = match["first"], match["last"]
        low = _number(first, least, names) if first else least
        high = _number(last, least, names) if last else most
        if first and not last and not match["step"]:
            high = low
        if low is None or high is None or not least <= low <= high <= most:
            return None
        found |= set(range(low, high + 1, int(match["step"] or 1)))
    return found


def _number(text: str, least: int, names: tuple[str, ...]) -> int | None:
    if text in names:
        return names.index(text) + least
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 2 else None
