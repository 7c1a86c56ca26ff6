"""Is this mention the commune? `python -m benchmarks.relevance --mentions FILE [--folded]`.

The file has a row a line, in the form of `data/place_mentions_fr.ndjson`; its first INSEE code is
the city. Rows `part_of_place`, and places of which it is not decided what they mean, are left out.
`--folded`: the text in lower case without accents, as people post.

Prints `macro_f1` (at one half), `auc`, `ece` (expected calibration error, ten bands), `precision`,
`recall`, `mentions_per_second`; the reliability curve, for each band that holds rows what was said,
what came true, how many; and `rows_learnt`: how many of these rows the shipped model has learnt.
Where that is not 0, the figures are not what to expect of others: those by cross-validation stand
in `scoring/models/mentions.md`.
"""

from __future__ import annotations

__all__ = ["figures", "folded_mention", "labelled", "main", "mention_of", "quality", "unaccented"]

import argparse
import json
import time
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from benchmarks.calibration import BINS, calibration_error, reliability
from scoring.mentions.model import probabilities
from scoring.mentions.window import PERSON, Mention

SHARED = Path(__file__).parent / "data" / "place_mentions_fr.ndjson"
# What is read from files once is not timed.
WARM = 20
Row = Mapping[str, Any]


def labelled(path: Path) -> list[Row]:
    """The rows of a file whose meaning is decided."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if _is_decided(row)]


def _is_decided(row: Row) -> bool:
    if row["label"] == "place":
        return row["refers_to"] is not None
    return bool(row["label"] != "part_of_place")


def is_commune(row: Row) -> bool:
    """Does the row's mention mean the commune?"""
    return bool(row["label"] == "place" and row["refers_to"] == "commune")


def mention_of(row: Row) -> Mention:
    """The mention that a row describes."""
    return Mention(row["text"], row["start"], row["end"], row["insee"][0])


def folded_mention(mention: Mention) -> Mention:
    """The mention in lower case without accents; hyphens and marks stay, masked persons too."""
    text = mention.text
    before, name, after = (
        unaccented(part).replace(PERSON.lower(), PERSON)
        for part in (text[: mention.start], text[mention.start : mention.end], text[mention.end :])
    )
    end = len(before) + len(name)
    return Mention(before + name + after, len(before), end, mention.insee)


def unaccented(text: str) -> str:
    """A text in lower case without accents, as people type it."""
    parts = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(char for char in parts if not unicodedata.combining(char)).lower()


def quality(right: NDArray[np.bool_], found: NDArray[np.float64]) -> dict[str, float]:
    """Figures of probabilities against what is right."""
    said = found > 0.5
    is_mixed = 0 < right.sum() < len(right)
    return {
        "macro_f1": float(f1_score(right, said, average="macro", zero_division=0)),
        "auc": float(roc_auc_score(right, found)) if is_mixed else float("nan"),
        "ece": calibration_error(right.tolist(), found.tolist()),
        "precision": float(precision_score(right, said, zero_division=0)),
        "recall": float(recall_score(right, said, zero_division=0)),
    }


def figures(rows: Sequence[Row], *, is_folded: bool = False) -> dict[str, float]:
    """The figures of the shipped model over rows."""
    mentions = [mention_of(row) for row in rows]
    if is_folded:
        mentions = [folded_mention(mention) for mention in mentions]
    probabilities(mentions[:WARM])
    start = time.process_time()
    found = probabilities(mentions)
    seconds = max(time.process_time() - start, 1e-9)
    right = np.array([is_commune(row) for row in rows])
    return {
        **quality(right, found),
        "mentions_per_second": len(rows) / seconds,
        **_reliability(right, found),
        "rows_learnt": sum((row["doc"], row["text"]) in _learnt() for row in rows),
    }


def _reliability(right: NDArray[np.bool_], found: NDArray[np.float64]) -> dict[str, float]:
    lines: dict[str, float] = {}
    for row in reliability(right.tolist(), found.tolist()):
        band = min(int(row[0] * BINS), BINS - 1)
        lines |= zip((f"{name}_{band}" for name in ("said", "came", "rows")), row, strict=True)
    return lines


@cache
def _learnt() -> frozenset[tuple[str, str]]:
    return frozenset((row["doc"], row["text"]) for row in labelled(SHARED))


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mentions", type=Path, default=SHARED)
    parser.add_argument("--folded", action="store_true")
    options = parser.parse_args(arguments)
    for name, value in figures(labelled(options.mentions), is_folded=options.folded).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
