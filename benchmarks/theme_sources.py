"""Labelled texts that teach themes, from several sources that label in different ways.

Each gives, for a text and a theme, 1, 0, or nothing where its own labels do not say: what one
source calls travel may or may not be nature, so those pairs are left out.
"""

from __future__ import annotations

__all__ = ["SOURCES", "Source", "read_items", "sources"]

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cities.themes import ALL_THEMES

DATA = Path(__file__).parent / "data"
# Themes of which the tourist offices' categories say nothing, either way.
NOT_IN_POIS = frozenset(
    ("photography", "fashion", "decoration", "technology", "wellbeing", "solidarity")
)
# Label of the English and Spanish posts → theme; then labels that leave a theme open.
OF_POSTS = {
    "gastronomy": "food_&_dining",
    "sport": "sports",
    "fashion": "fashion_&_style",
    "music": "music",
    "family": "family",
    "culture": "arts_&_culture",
    "technology": "science_&_technology",
}
OPEN_IN_POSTS = {
    "culture": {"film_tv_&_video", "learning_&_educational"},
    "technology": {"gaming", "business_&_entrepreneurs", "learning_&_educational"},
    "sport": {"fitness_&_health"},
    "wellbeing": {"fitness_&_health", "diaries_&_daily_life", "relationships"},
    "nature": {
        "travel_&_adventure",
        "other_hobbies",
        "diaries_&_daily_life",
        "science_&_technology",
    },
}
# Topic of a translated sentence → themes that it leaves open.
NEVER_IN_SENTENCES = frozenset(("nature", "family", "animals", "wellbeing", "culture"))
OPEN_IN_SENTENCES = {
    "sports": {"photography"},
    "politics": {"technology", "fashion", "decoration", "wine", "solidarity", "photography"},
    "health": {"technology", "fashion", "decoration", "wine", "solidarity", "gastronomy"},
    "geography": {"technology", "photography", "gastronomy"},
    "science/technology": {"photography", "gastronomy"},
    "travel": {"fashion", "decoration", "wine", "solidarity", "photography", "gastronomy"},
    "entertainment": {
        *("fashion", "decoration", "wine", "solidarity", "photography", "gastronomy", "music"),
    },
}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Texts, and for each a row of 1, 0 or NaN over the themes."""

    name: str
    texts: tuple[str, ...]
    labels: npt.NDArray[np.float64]


def read_items(path: Path) -> Source:
    """A file in the form of `poi_themes_fr`: text, themes, maybe."""
    rows = _rows(path)
    return _source(path.stem, rows, _said)


def sources() -> list[Source]:
    """All sources, each read from the repository."""
    return [SOURCES[name]() for name in SOURCES]


def _pois() -> Source:
    rows = _rows(DATA / "poi_themes_fr.ndjson")
    return _source(
        "pois", rows, lambda row, theme: None if theme in NOT_IN_POIS else _said(row, theme)
    )


def _posts() -> Source:
    return _source("posts_en_es", _rows(DATA / "topic_posts.ndjson"), _of_post)


def _sentences() -> Source:
    return _source("sentences", _rows(DATA / "topic_sentences_fr.ndjson"), _of_sentence)


def _lessons(kind: str) -> Callable[[], Source]:
    def read() -> Source:
        rows = [row for row in _rows(DATA / "theme_lessons_fr.ndjson") if row["kind"] == kind]
        return _source(f"lessons_{kind}", rows, _said)

    return read


SOURCES: dict[str, Callable[[], Source]] = {
    "pois": _pois,
    "posts_en_es": _posts,
    "sentences": _sentences,
    "lessons_post": _lessons("post"),
    "lessons_notice": _lessons("notice"),
}


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _source(name: str, rows: Sequence[Row], label: Callable[[Row, str], float | None]) -> Source:
    given = [[label(row, theme) for theme in ALL_THEMES] for row in rows]
    return Source(name, tuple(row["text"] for row in rows), np.array(given, dtype=np.float64))


def _said(row: Row, theme: str) -> float | None:
    if theme in row["themes"]:
        return 1.0
    return None if theme in row.get("maybe", ()) else 0.0


def _of_post(row: Row, theme: str) -> float | None:
    labels = set(row["labels"])
    if OF_POSTS.get(theme) in labels:
        return 1.0
    if theme not in OF_POSTS and theme not in OPEN_IN_POSTS:
        return None
    return None if labels & OPEN_IN_POSTS.get(theme, set()) else 0.0


def _of_sentence(row: Row, theme: str) -> float | None:
    topic = row["label"]
    if (theme, topic) in (("sport", "sports"), ("technology", "science/technology")):
        return 1.0
    is_open = theme in NEVER_IN_SENTENCES or theme in OPEN_IN_SENTENCES.get(topic, set())
    return None if is_open else 0.0
