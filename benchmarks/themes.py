"""Which themes do texts bear on? `python -m benchmarks.themes --items FILE`.

The file has a row a line in the form of `data/poi_themes_fr.ndjson`: `text`, `themes`, `maybe`; a
row is skipped for the themes that `maybe` names. The shipped reader scores, nothing is fitted on
the file. Themes that the file never gives are left out. For `f1`, a theme is said from a
probability of 0.30 on: F1 is best at half of what it reaches (Lipton, Elkan, Naryanaswamy 2014),
and there over folds of the lessons.

Prints `macro_f1` (`macro_f1_half` at one half), `auc` (mean over themes), `f1_<theme>`,
`auc_<theme>`, `ece` (expected error of calibration over all pairs, ten bands), `ece_<theme>`, the
reliability curve (`reliability_<said>` is what came true), `items_per_second`; and `macro_f1`,
`auc`, `ece` of the lexicon alone, with the weights that its author gave, as the baseline.
"""

from __future__ import annotations

__all__ = ["figures", "main"]

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.calibration import calibration_error, reliability
from benchmarks.theme_sources import DATA, SOURCES, Source, read_items
from cities.reading import read_city
from cities.themes import ALL_THEMES
from scoring.lexicon import terms_of_known
from scoring.post_text import PostText
from scoring.theme_heads.lexical import Lexicon
from scoring.theme_reader import ThemeReader

Numbers = npt.NDArray[np.float64]
CITY = Path(__file__).parents[1] / "cities" / "examples" / "montreval.yaml"
# From which probability on a theme is said.
SAID = 0.3
# Log-odds of a post in which no word is found, when the lexicon reads alone.
LEXICON_BASE = -3.3


def figures(source: Source) -> dict[str, float]:
    """The figures of the shipped reader, and of the lexicon alone, over labelled texts."""
    reader = ThemeReader(read_city(CITY))
    columns = [reader.themes.index(theme) for theme in ALL_THEMES]
    posts = [PostText(text) for text in source.texts]
    reader.read(posts[:10])
    start = time.perf_counter()
    odds = reader.read(posts)[:, columns]
    seconds = time.perf_counter() - start
    alone = Lexicon(terms_of_known(), ALL_THEMES).totals(posts) + LEXICON_BASE
    found = dict(_of_reader(source, odds))
    found |= {
        f"lexicon_{name}": value
        for name, value in _of_reader(source, alone)
        if name in ("macro_f1", "macro_f1_half", "auc", "ece") or name.startswith("auc_")
    }
    return found | {"items": len(posts), "items_per_second": len(posts) / seconds}


def _of_reader(source: Source, odds: Numbers) -> Iterator[tuple[str, float]]:
    likely = 1 / (1 + np.exp(-odds))
    rows: dict[str, tuple[npt.NDArray[np.bool_], Numbers]] = {}
    for column, theme in enumerate(ALL_THEMES):
        known = ~np.isnan(source.labels[:, column])
        right = source.labels[known, column] == 1
        if 0 < right.sum() < len(right):
            rows[theme] = right, likely[known, column]
    f1 = {theme: float(f1_score(right, said > SAID)) for theme, (right, said) in rows.items()}
    auc = {theme: float(roc_auc_score(right, said)) for theme, (right, said) in rows.items()}
    half = [float(f1_score(right, said > 0.5)) for right, said in rows.values()]
    yield "macro_f1", float(np.mean(list(f1.values())))
    yield "macro_f1_half", float(np.mean(half))
    yield "auc", float(np.mean(list(auc.values())))
    all_right = np.concatenate([right for right, _ in rows.values()])
    all_said = np.concatenate([said for _, said in rows.values()])
    yield "ece", calibration_error(all_right.tolist(), all_said.tolist())
    for theme, (right, said) in rows.items():
        yield f"f1_{theme}", f1[theme]
        yield f"auc_{theme}", auc[theme]
        yield f"ece_{theme}", calibration_error(right.tolist(), said.tolist())
    for said_mean, came, count in reliability(all_right.tolist(), all_said.tolist()):
        yield f"reliability_{said_mean:.2f}", came
        yield f"pairs_{said_mean:.2f}", float(count)


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=Path, default=DATA / "poi_themes_fr.ndjson")
    asked = parser.parse_args(arguments)
    source = read_items(asked.items)
    learnt = {text for read in SOURCES.values() for text in read().texts}
    share = sum(text in learnt for text in source.texts) / len(source.texts)
    if share > 0:
        print(
            f"share_learnt {share:.4f} (texts that the shipped heads have learnt: see their card)"
        )
    for name, value in figures(source).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
