"""The sentence of each clue, in French and English: `scoring/sentences/<language>.yaml`."""

from __future__ import annotations

__all__ = ["evidence_sentences"]

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

SENTENCES = Path(__file__).parent / "sentences"


@cache
def evidence_sentences(language: str) -> Mapping[str, str]:
    """`score.name` → sentence with `{detail}`, in `fr` or `en`.

    >>> evidence_sentences("en")["relevance.name"].format(detail="montreval")
    'Names the town: montreval'
    """
    scores = yaml.safe_load((SENTENCES / f"{language}.yaml").read_text(encoding="utf-8"))
    return {
        f"{score}.{name}": sentence
        for score, names in scores.items()
        for name, sentence in names.items()
    }
