"""Is this mention the commune? `python -m benchmarks.relevance --mentions FILE [--folded]`.

The file has a row a line, in the form of `data/place_mentions_fr.ndjson`; its first INSEE code is
the city. Rows `part_of_place`, and places of which it is not decided what they mean, are left out.
`--folded`: the text in lower case without accents, as people post. The shipped model scores; its
figures on the repo's own copy are those of rows that it has learnt: see its card for others.

Prints `macro_f1` (at one half), `auc`, `ece` (expected calibration error, ten bands), `precision`,
`recall`, `mentions_per_second`.
"""

from __future__ import annotations

__all__ = ["figures", "folded_mention", "labelled", "main", "mention_of", "quality", "unaccented"]

import argparse
import json
import time
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from scoring.mentions.model import probabilities
from scoring.mentions.window import PERSON, Mention

SHARED = Path(__file__).parent / "data" / "place_mentions_fr.ndjson"
BANDS = 10
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
        "ece": _calibration_error(right, found),
        "precision": float(precision_score(right, said, zero_division=0)),
        "recall": float(recall_score(right, said, zero_division=0)),
    }


def _calibration_error(right: NDArray[np.bool_], found: NDArray[np.float64]) -> float:
    band = np.minimum((found * BANDS).astype(int), BANDS - 1)
    gaps = (
        abs(float(found[band == b].mean()) - float(right[band == b].mean())) * (band == b).mean()
        for b in range(BANDS)
        if (band == b).any()
    )
    return float(sum(gaps))


def figures(rows: Sequence[Row], *, is_folded: bool = False) -> dict[str, float]:
    """The figures of the shipped model over rows."""
    mentions = [mention_of(row) for row in rows]
    if is_folded:
        mentions = [folded_mention(mention) for mention in mentions]
    start = time.perf_counter()
    found = probabilities(mentions)
    seconds = time.perf_counter() - start
    right = np.array([is_commune(row) for row in rows])
    return {**quality(right, found), "mentions_per_second": len(rows) / seconds}


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
