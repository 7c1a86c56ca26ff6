"""Relevance where names mislead: `python -m benchmarks.relevance_hard`.

Over 200 communes whose name is also another place, a word, a person, a club or a product; each
post is scored for one city by the shipped scorer. Rows and their origin: `relevance_hard_rows`,
`data/README.md`. Nothing is fitted on them.

Prints `name value` lines: `auc`, `ece`; `false_positive_rate_at_95_recall` and the same for each
sense; bands (`kept` from 0.9, `review` from 0.5, `dropped`): how many posts, and how many of them
are right (`kept` and `dropped`) or speak of the city (`review`); precision and recall of each name
at one half; a baseline, where the name in the text is a yes.
"""

from __future__ import annotations

__all__ = ["bands", "baseline", "by_name", "by_sense", "figures", "main", "score", "spans"]

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.relevance import quality
from benchmarks.relevance_hard_rows import CITY, Place, Row, hard_rows
from cities.bands import KEPT, TO_REVIEW
from cities.names import fold
from scoring.post_text import PostText
from scoring.relevance_reader import RelevanceReader

Figures = dict[str, float]
Scores = NDArray[np.float64]
RECALL = 0.95
FIRST_WORDS = {"saint": "(?:saint|st)", "le": "(?:le|au|du)", "les": "(?:les|aux|des)"}


def score(rows: Sequence[Row]) -> Scores:
    """Of each row, the probability that the post speaks of the city, as the scorer gives it."""
    found = np.zeros(len(rows))
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        numbers.setdefault(row.place.insee, []).append(number)
    for insee, those in numbers.items():
        posts = [PostText(rows[number].text) for number in those]
        found[those] = RelevanceReader.of_commune(insee).read(posts)
    return found


def baseline(rows: Sequence[Row]) -> Scores:
    """One where the text bears the name, in full or in short."""
    return np.array([float(bool(spans(row))) for row in rows])


def spans(row: Row) -> list[tuple[int, int]]:
    """Where the text bears the city's name, whatever its accents, case, hyphens."""
    text = "".join(_letter(char) for char in row.text)
    return [match.span() for match in _pattern(row.place).finditer(text)]


def _letter(char: str) -> str:
    """The bare letter; always one, so that positions stay."""
    return unicodedata.normalize("NFKD", char)[0].lower()[0]


@cache
def _pattern(place: Place) -> re.Pattern[str]:
    names = [place.name, *([place.short] if place.short else [])]
    forms = []
    for name in names:
        first, *others = fold(name).split()
        forms.append(r"[\W_]*".join([FIRST_WORDS.get(first, first), *others]))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(forms)})(?![a-z0-9])")


def figures(rows: Sequence[Row], found: Scores) -> Figures:
    """All figures of scores, but those name by name."""
    right = _right(rows)
    kinds = quality(right, found)
    plain = baseline(rows)
    plainly = quality(right, plain)
    return {
        "posts": len(rows),
        "communes": len({row.place for row in rows}),
        **{name: kinds[name] for name in ("auc", "ece", "precision", "recall")},
        **by_sense(rows, found),
        **bands(right, found),
        **{f"baseline_{name}": plainly[name] for name in ("auc", "precision", "recall")},
        "baseline_false_positive_rate": _share(plain[~right] > 0),
    }


def _right(rows: Sequence[Row]) -> NDArray[np.bool_]:
    return np.array([row.is_city for row in rows], dtype=bool)


def by_sense(rows: Sequence[Row], found: Scores) -> Figures:
    """False positives at the score that 95 % of the city's posts reach, in all and by sense."""
    right = _right(rows)
    reached = np.quantile(found[right], 1 - RECALL, method="lower") if right.any() else np.inf
    rates = {"false_positive_rate_at_95_recall": _share(found[~right] >= reached)}
    senses = np.array([row.sense for row in rows])
    for sense in sorted(set(senses) - {CITY}):
        rates[f"false_positive_rate_{sense}"] = _share(found[senses == sense] >= reached)
    return rates


def bands(right: NDArray[np.bool_], found: Scores) -> Figures:
    """What each band of the review holds."""
    kept, dropped = found >= KEPT, found < TO_REVIEW
    review = ~kept & ~dropped
    return {
        "posts_kept": int(kept.sum()),
        "right_kept": _share(right[kept]),
        "posts_review": int(review.sum()),
        "city_review": _share(right[review]),
        "posts_dropped": int(dropped.sum()),
        "right_dropped": _share(~right[dropped]),
    }


def by_name(rows: Sequence[Row], found: Scores) -> Figures:
    """Precision and recall of each name at one half; two communes of a name are told apart."""
    names = Counter(place.name for place in {row.place for row in rows})
    says = found > TO_REVIEW
    right = _right(rows)
    lines: Figures = {}
    for place in dict.fromkeys(row.place for row in rows):
        own = np.array([row.place == place for row in rows], dtype=bool)
        label = _label(place, names)
        lines[f"precision_{label}"] = _share(right[own & says])
        lines[f"recall_{label}"] = _share(says[own & right])
    return lines


def _label(place: Place, names: Mapping[str, int]) -> str:
    label = fold(place.name).replace(" ", "_")
    return f"{label}_{place.insee.lower()}" if names[place.name] > 1 else label


def _share(is_so: NDArray[np.bool_]) -> float:
    return float(is_so.mean()) if is_so.size else float("nan")


def main() -> None:
    """Score all rows and print the figures."""
    rows = hard_rows()
    found = score(rows)
    for name, value in {**figures(rows, found), **by_name(rows, found)}.items():
        print(f"{name} {value:.4f}" if isinstance(value, float) else f"{name} {value}")


if __name__ == "__main__":
    main()
