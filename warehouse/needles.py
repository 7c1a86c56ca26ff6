"""Finding a name in stored words: `@anna` is not found in `@annabelle`, letter case is ignored."""

from __future__ import annotations

__all__ = ["REDACTED", "Needles"]

import re
from collections.abc import Sequence
from dataclasses import dataclass

REDACTED = "@…"


@dataclass(frozen=True, slots=True)
class Needles:
    """The forms in which one author may be written: author_id, `@user`, address, handle."""

    forms: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, forms: Sequence[str]) -> Needles:
        """Needles of these forms; `ValueError` when none says anything."""
        kept = tuple(sorted({form.lower() for form in forms if form.strip()}, key=_longest_first))
        if not kept:
            raise ValueError("nothing to look for: give at least one needle")
        words = "|".join(map(re.escape, kept))
        return cls(kept, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))

    def are_in(self, text: str) -> bool:
        """Whether a form stands in the text as a word of its own."""
        return self.pattern.search(text) is not None

    def redact(self, text: str) -> str:
        """The text without them."""
        return self.pattern.sub(REDACTED, text)

    def are_in_bytes(self, content: bytes) -> bool:
        """Whether the bytes hold a form anywhere: stored strings follow each other unseparated."""
        lower = content.lower()
        return any(form.encode() in lower for form in self.forms)


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form
