"""What a synthetic night read in posts: the theme of each one's newest, the volumes of the city."""

from __future__ import annotations

__all__ = ["theme_of_newest_post", "volumes"]

import random
from datetime import datetime, timedelta

from cities.themes import ALL_THEMES


def theme_of_newest_post(platform: str, author_id: str) -> tuple[object, ...]:
    """The theme of a person's newest post, and why."""
    person = author_id.partition("@")[0]
    clues = (("base", -3.3, ""), ("word", 3.4, "vendanges"), ("word", 0.6, "cave"))
    evidence = [{"name": n, "contribution": share, "detail": word} for n, share, word in clues]
    return (person, platform, f"{person}-1", author_id, "wine", 0.67, 0.7, evidence)


def volumes(draw: random.Random, as_of: datetime) -> list[tuple[object, ...]]:
    """Posts and authors of seventeen weeks, a cell withheld."""
    monday = as_of.date() - timedelta(days=as_of.weekday())
    rows: list[tuple[object, ...]] = []
    for age in range(17):
        week = monday - timedelta(days=7 * age)
        for weight, theme in enumerate(("", *ALL_THEMES)):
            posts = int(draw.uniform(300, 520) / (1 + weight))
            if age != 8 or theme not in ("fashion", "decoration"):  # withheld cells
                rows.append((week, theme, "mastodon", posts, max(posts // 4, 10)))
    return rows
