"""Which hashtags to ask Meta for tonight: at most thirty different ones in seven rolling days."""

from __future__ import annotations

__all__ = ["LIMIT", "tonight"]

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

LIMIT = 30
WINDOW = timedelta(days=7)
# A night may ask hours after its `as_of`, when it is tried again: Meta's seven days end later.
MARGIN = timedelta(days=1)
NEVER = datetime.min.replace(tzinfo=UTC)


def tonight(
    tags: Sequence[str], asked: Mapping[str, datetime], as_of: datetime
) -> dict[str, datetime]:
    """The city's hashtags to ask tonight → since when Meta counts each.

    A hashtag asked within the window is free to ask again. Past it, asking begins a new window; so
    where more than thirty wait, those asked longest ago come first, and the others let theirs end.

    >>> night = datetime(2026, 11, 17, tzinfo=UTC)
    >>> names = [f"tag{n}" for n in range(31)]
    >>> first = tonight(names, {}, night)
    >>> (len(first), "tag30" in first)
    (30, False)
    >>> (len(tonight(names, first, night + timedelta(days=7))))
    29
    >>> "tag30" in tonight(names, first, night + timedelta(days=8))
    True
    """
    held = {tag for tag, at in asked.items() if as_of - at < WINDOW + MARGIN}
    free = {tag for tag, at in asked.items() if as_of - at <= WINDOW - MARGIN}
    chosen = {tag: asked[tag] for tag in tags if tag in free}
    waiting = sorted((tag for tag in tags if tag not in free), key=lambda t: asked.get(t, NEVER))
    targets = waiting[: max(0, LIMIT - len(free))]
    again = [tag for tag in targets if tag in held]
    new = [tag for tag in targets if tag not in held][: max(0, LIMIT - len(held))]
    return chosen | dict.fromkeys([*again, *new], as_of)
