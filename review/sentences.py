"""The sentences for evidence and reasons: data of the rooms that compute them.

`scoring/sentences/<language>.yaml` and `outreach/sentences/<language>.yaml` map a name to one
plain sentence, in which `{detail}` stands for what was found and `{amount}` for a number. A name
without a sentence shows as it is: an explanation is never dropped.
"""

from __future__ import annotations

__all__ = ["Sentences"]

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from cities.data_files import read_yaml

ROOMS = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one language; `themes`: what themes are called in it."""

    language: str
    themes: Mapping[str, str] = field(default_factory=dict)

    def evidence(self, score: str, name: str, detail: str) -> str:
        """One contribution to a score, in words."""
        known = _read("scoring", self.language)
        return self._filled(known.get(f"{score}.{name}") or known.get(name), name, detail)

    def reason(self, code: str, *, amount: str, detail: str) -> str:
        """One reason of a proposal, in words."""
        sentence = self._filled(_read("outreach", self.language).get(code), code, detail)
        return sentence.replace("{amount}", amount)

    def _filled(self, sentence: str | None, name: str, detail: str) -> str:
        words = self._in_words(detail)
        if sentence is None:
            plain = name.rpartition(".")[2].replace("_", " ")
            return f"{plain} ({words})" if words else plain
        return sentence.replace("{detail}", words)

    def _in_words(self, detail: str) -> str:
        """A detail that is a list of themes, as words; any other detail as it is."""
        themes = detail.split(",")
        if not detail or any(theme not in self.themes for theme in themes):
            return detail
        return ", ".join(self.themes[theme].lower() for theme in themes)


@cache
def _read(room: Literal["scoring", "outreach"], language: str) -> Mapping[str, str]:
    path = ROOMS / room / "sentences" / f"{language}.yaml"
    if not path.is_file():
        return {}
    return dict(_flat(read_yaml(path) or {}))


def _flat(node: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in node.items():
        key = f"{prefix}{name}"
        pairs += _flat(value, f"{key}.") if isinstance(value, Mapping) else [(key, str(value))]
    return pairs
