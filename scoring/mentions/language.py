"""In which language a text is, told by its small words, and what a name is in that language."""

from __future__ import annotations

__all__ = ["LANGUAGE_SIGNS", "language_signs", "shares_of"]

from collections.abc import Mapping, Sequence
from functools import cache

from scoring.mentions.names import LANGUAGES, Name
from scoring.word_lists import word_list

LANGUAGE_SIGNS = (
    *(f"share_{code}" for code in LANGUAGES),
    "words_told",
    "use_here",
    "word_here",
    "use_over_other",
)
# What the platform says of a post's language counts as so many small words; and before any is
# read, a text that names a French commune is rather French.
SAID = 2.0
BEFORE = 0.5


@cache
def _small() -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for at, code in enumerate(LANGUAGES):
        for word in word_list("function_words")[code]:
            found[word] = (*found.get(word, ()), at)
    return found


def shares_of(words: Sequence[str], said: str | None) -> tuple[tuple[float, ...], float]:
    """The share of each language of `LANGUAGES` in folded words, and how many words told."""
    counts = [BEFORE] + [0.0] * (len(LANGUAGES) - 1)
    small = _small()
    for word in words:
        codes = small.get(word)
        if codes:
            for at in codes:
                counts[at] += 1 / len(codes)
    if said in LANGUAGES:
        counts[LANGUAGES.index(said)] += SAID
    total = sum(counts)
    return tuple(count / total for count in counts), total


def language_signs(name: Name, words: Sequence[str], said: str | None) -> dict[str, float]:
    """The figures of `LANGUAGE_SIGNS` for a name among folded words."""
    shares, total = shares_of(words, said)
    use = sum(share * one for share, one in zip(shares, name.uses, strict=True))
    found = {f"share_{code}": share for code, share in zip(LANGUAGES, shares, strict=True)}
    found["words_told"] = min(total, 12.0)
    found["use_here"] = use
    found["word_here"] = shares[0] * name.is_word + shares[1] * name.is_english_word
    found["use_over_other"] = use - (name.french_use + name.english_use) / 2
    return found
