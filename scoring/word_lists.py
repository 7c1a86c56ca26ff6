"""Word lists of `scoring/words/`, written for this room from common knowledge of the languages."""

from __future__ import annotations

__all__ = ["WORDS", "word_list"]

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cities.data_files import read_yaml

WORDS = Path(__file__).parent / "words"


@cache
def word_list(name: str) -> Mapping[str, tuple[str, ...]]:
    """The groups of `words/<name>.yaml`: group → its terms, as written."""
    groups = read_yaml(WORDS / f"{name}.yaml")
    return {group: tuple(map(str, terms)) for group, terms in groups.items()}
