"""What themes are called on pages: data of the night, since a city may have themes of its own."""

from __future__ import annotations

__all__ = ["known_labels", "labels_of"]

from collections.abc import Mapping

from cities.themes import ALL_THEMES, label_of
from review.errors import NoSnapshotError
from review.snapshot import Snapshot
from warehouse.errors import WarehouseError


def labels_of(snapshot: Snapshot, language: str) -> Mapping[str, str]:
    """Theme → label in a language, of all themes known or of this night."""
    try:
        rows = snapshot.rows("themes")
    except (NoSnapshotError, WarehouseError):
        # A night published before nights held their themes' labels; it had known themes only.
        rows = []
    return known_labels(language) | {row["theme"]: str(row[language]) for row in rows}


def known_labels(language: str) -> dict[str, str]:
    """Theme → label in a language, of the themes that Portevoix knows."""
    labels = {theme: label_of(theme) for theme in ALL_THEMES}
    return {theme: str(getattr(label, language)) for theme, label in labels.items() if label}
