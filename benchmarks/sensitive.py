"""Are sensitive posts dropped, and only they? `python -m benchmarks.sensitive --posts FILE`.

The file has a post a line: `text`, `label` (sensitive, fine), `category`. Prints `recall` (of
the sensitive, how many are dropped) and `survival` (of the others, how many stay), over all and
over two halves made by a fingerprint of the text: the lists were mended, and the model learnt,
after a look at the `seen` half, never at the posts of the `kept` one (the first lists, before any
look: recall 0.718, survival 0.903 over both). Then `recall_kept_long`: the kept half again, each
post among ordinary ones; recall and survival by category; a bare list of the same words without
context (`…_baseline`), and that of `cities.sensitive`, made for the names of themes
(`…_theme_words`). `dropped_…`: the share of ordinary posts that leaves, right or wrong; some of
them do reveal. Nothing was learnt from them but from `news`, whose figure flatters.
"""

from __future__ import annotations

__all__ = ["figures", "is_kept_half", "main", "qualities"]

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cities.sensitive import touched
from cities.sensitive_posts import has_sensitive_word, is_sensitive

DATA = Path(__file__).parent / "data"
SHARED = DATA / "sensitive_posts.ndjson"
ORDINARY = {
    "theme_posts": "theme_posts_fr.ndjson",
    "topic_posts": "topic_posts.ndjson",
    "topic_sentences": "topic_sentences_fr.ndjson",
    "news": "place_mentions_fr.ndjson",
}
BESIDE = ("Le marché déménage place de la gare.", "Il fait beau, on sort les chaises.")
Row = Mapping[str, Any]
REPEATS = 20


def is_kept_half(text: str) -> bool:
    """Whether a post is of the half whose misses nobody looked at."""
    return sha256(text.encode()).digest()[0] % 2 == 1


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """All figures of a set, by name."""
    dropped = {f"dropped_{name}": _dropped(DATA / file) for name, file in ORDINARY.items()}
    speed = _speed([row["text"] for row in rows])
    return qualities(rows) | dropped | {"posts_per_second": speed}


def qualities(rows: Sequence[Row]) -> dict[str, float]:
    """How the labelled posts fare."""
    found = _both(rows, is_sensitive)
    for half, is_kept in (("kept", True), ("seen", False)):
        part = [row for row in rows if is_kept_half(row["text"]) == is_kept]
        found |= {f"{name}_{half}": value for name, value in _both(part, is_sensitive).items()}
    found |= {f"{name}_baseline": value for name, value in _both(rows, has_sensitive_word).items()}
    found |= {
        f"{name}_theme_words": value
        for name, value in _both(rows, lambda text: touched(text) is not None).items()
    }
    for kind in sorted({row["category"] for row in rows if row.get("category")}):
        part = [row for row in rows if row.get("category") == kind]
        found |= {f"{name}_{kind}": value for name, value in _both(part, is_sensitive).items()}
    kept = [row for row in rows if is_kept_half(row["text"])]
    among = [{**row, "text": f"{BESIDE[0]} {row['text']}. {BESIDE[1]}"} for row in kept]
    found |= {f"{name}_kept_long": value for name, value in _both(among, is_sensitive).items()}
    return found


def _both(rows: Sequence[Row], judge: Callable[[str], bool]) -> dict[str, float]:
    """Recall and survival; a figure of no post is left out."""
    dropped = {"sensitive": [], "fine": []}  # type: dict[str, list[bool]]
    for row in rows:
        dropped[row["label"]].append(judge(row["text"]))
    said = {}
    if dropped["sensitive"]:
        said["recall"] = sum(dropped["sensitive"]) / len(dropped["sensitive"])
    if dropped["fine"]:
        said["survival"] = 1 - sum(dropped["fine"]) / len(dropped["fine"])
    return said


def _dropped(path: Path) -> float:
    texts = {json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()}
    return sum(map(is_sensitive, texts)) / len(texts)


def _speed(texts: Sequence[str]) -> float:
    start = time.process_time()
    for _ in range(REPEATS):
        for text in texts:
            is_sensitive(text)
    return REPEATS * len(texts) / (time.process_time() - start)


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posts", type=Path, default=SHARED)
    path = parser.parse_args(arguments).posts
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for name, value in figures(rows).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
