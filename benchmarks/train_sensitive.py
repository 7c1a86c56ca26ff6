"""Learns what tells a sensitive post.

`python -m benchmarks.train_sensitive --accounts FILE --write`. Reads `sensitive_dev.ndjson`, the
seen half of `sensitive_posts.ndjson` (never the kept one) and, all held for fine, lessons of
themes, news, notices, sentences and the posts of FILE (`account_type`), but for those that were
read and do reveal (`sensitive_left_out.txt`). What is learnt is whether a *passage* that the lists
point at reveals, so that the length of a post tells nothing: whole posts, learnt with their
length, gave finer figures and lost three sensitive posts in four as soon as an ordinary sentence
was added. Prints what cross-validation gives at several cuts; `--write` ships the model.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import csv
import gzip
import json
import random
from base64 import b85encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import compress

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.sensitive import is_kept_half
from cities.sensitive_model import BUCKETS, MODEL, word_buckets
from cities.sensitive_signals import Found, find, signals
from cities.sensitive_words import passages, words_of

DATA = Path(__file__).parent / "data"
CUT = -1.75
CUTS = (-2.5, -2.0, -1.75, -1.5, -1.0, -0.5, 0.0)
SENTENCES, SEED, FOLDS = 3_500, 0, 5
SMOOTH, WORDS_COUNT, HEAVIEST = 1.0, 3.0, 127
# The lists were widened on the posts that were read, so that what they say there flatters them;
# posts in English are few, and English is where ordinary posts were dropped most.
WEIGHTS = {"read": 0.4, "accounts": 3.0}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A text to learn from, and the part that it comes from."""

    text: str
    is_sensitive: bool
    part: str


class _Passages:
    """The passages of all rows that the lists point at, ready to learn from."""

    def __init__(self, rows: Sequence[Row]) -> None:
        found = [(place, each) for place, row in enumerate(rows) for each in _found(row)]
        self.row = np.array([place for place, _ in found])
        self.truth = np.array([rows[place].is_sensitive for place in self.row])
        self.weight = np.array([WEIGHTS.get(rows[place].part, 1.0) for place in self.row])
        self.names = DictVectorizer()
        said = self.names.fit_transform(
            dict.fromkeys(sorted(signals(each)), 1.0) for _, each in found
        )
        words = _matrix([word_buckets(each.words) for _, each in found])
        self.features = hstack([said, WORDS_COUNT * words]).tocsr()

    def learn(self, learnt: NDArray[np.int_]) -> LogisticRegression:
        """A model of some of the passages."""
        model = LogisticRegression(C=SMOOTH, max_iter=1000)
        return model.fit(self.features[learnt], self.truth[learnt], self.weight[learnt])


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn, print the figures, and write the model when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--accounts", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    rows = list(_rows(asked.accounts))
    learnt_from = _Passages(rows)
    _print_figures(rows, _cross_validated(learnt_from, len(rows)))
    if asked.write:
        _write(learnt_from)


def _rows(accounts: Path) -> Iterator[Row]:
    for row in _read("sensitive_dev.ndjson"):
        yield Row(row["text"], row["label"] == "sensitive", row["part"])
    for row in _read("sensitive_posts.ndjson"):
        if not is_kept_half(row["text"]):
            yield Row(row["text"], row["label"] == "sensitive", "read")
    left_out = set((DATA / "sensitive_left_out.txt").read_text(encoding="utf-8").split())
    for text, part in _ordinary(accounts):
        if sha256(text.encode()).hexdigest()[:16] not in left_out:
            yield Row(text, False, part)


def _ordinary(accounts: Path) -> Iterator[tuple[str, str]]:
    yield from ((row["text"], "lessons") for row in _read("theme_lessons_fr.ndjson"))
    yield from ((text, "news") for text in sorted(_texts("place_mentions_fr.ndjson")))
    yield from ((row["text"], "notices") for row in _read("poi_themes_fr.ndjson"))
    yield from ((text, "sentences") for text in _sentences())
    with accounts.open(encoding="utf-8", newline="") as lines:
        yield from ((row["post"], "accounts") for row in csv.DictReader(lines) if row["post"])


def _sentences() -> list[str]:
    with gzip.open(DATA / "mention_sentences.ndjson.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    kept = {
        row["text"].replace("{X}", "Montval")
        for row in rows
        if row["source"] != "ner-corpora" and row["language"] in ("fr", "en")
    }
    return random.Random(SEED).sample(sorted(kept), min(SENTENCES, len(kept)))


def _read(name: str) -> list[dict[str, str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def _texts(name: str) -> set[str]:
    return {row["text"] for row in _read(name)}


def _found(row: Row) -> Iterator[Found]:
    """Which passage of a long sensitive post reveals is not known: it is learnt whole."""
    words = words_of(row.text)
    for passage in [words] if row.is_sensitive else passages(words):
        found = find(passage)
        if found:
            yield found


def _matrix(posts: Sequence[Sequence[tuple[int, float]]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, posts)])
    columns = [at for post in posts for at, _ in post]
    counts = [count for post in posts for _, count in post]
    matrix = csr_matrix((counts, columns, ends), shape=(len(posts), BUCKETS))
    matrix.sum_duplicates()
    return matrix


def _cross_validated(learnt_from: _Passages, count_rows: int) -> Floats:
    """Of each row, the log-odds of its surest passage by a model that saw none of it."""
    surest = np.full(count_rows, -np.inf)
    folds = GroupKFold(FOLDS).split(learnt_from.truth, groups=learnt_from.row)
    for learnt, judged in folds:
        log_odds = learnt_from.learn(learnt).decision_function(learnt_from.features[judged])
        np.maximum.at(surest, learnt_from.row[judged], log_odds)
    return surest


def _print_figures(rows: Sequence[Row], log_odds: Floats) -> None:
    for cut in CUTS:
        dropped: dict[str, list[bool]] = {}
        for row, odds in zip(rows, log_odds, strict=True):
            name = f"{row.part}_{'recall' if row.is_sensitive else 'dropped'}"
            dropped.setdefault(name, []).append(bool(odds >= cut))
        said = " ".join(f"{name} {np.mean(each):.3f}" for name, each in sorted(dropped.items()))
        print(f"cut {cut}: {said}")


def _write(learnt_from: _Passages) -> None:
    model = learnt_from.learn(np.arange(len(learnt_from.truth)))
    names = learnt_from.names.get_feature_names_out()
    weights = model.coef_[0]
    words = WORDS_COUNT * weights[len(names) :]
    step = float(np.abs(words).max()) / HEAVIEST
    levels = np.round(words / step).astype(np.int8)
    data = {
        "cut": CUT,
        "start": round(float(model.intercept_[0]), 5),
        "step": round(step, 8),
        "signals": {
            str(name): round(float(weight), 4) for name, weight in zip(names, weights, strict=False)
        },
        "words": b85encode(compress(levels.tobytes(), 9)).decode(),
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    MODEL.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
