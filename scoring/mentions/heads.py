"""The noun that a name hangs on: « le savon noir de X », « la famille X », « au théâtre de X ».

Read leftwards from the name through adjectives and links, up to the article or a mark: the first
noun of the phrase that `phrase_heads.yaml` knows (`head_…`), and the one nearest to the name when
that is another (`inner_…`). A foire au jambon is a foire, though jambon stands nearer.
"""

from __future__ import annotations

__all__ = ["HEAD_SIGNS", "head_signs"]

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from scoring.word_lists import word_list

CLASSES = tuple(sorted(word_list("phrase_heads")))
FORMS = ("head", "inner", "bare")
DETERMINERS = {
    "definite": ("le", "la", "les", "l", "the", "au", "aux"),
    "indefinite": ("un", "une", "des", "a", "an", "quelques", "plusieurs", "some"),
    "possessive": ("mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos",
                   "votre", "vos", "leur", "leurs", "my", "your", "our", "his", "her", "their"),
}  # fmt: skip
# What stands in a town or is done there, and what a town's name is only part of.
FOR = frozenset(("town", "event", "civic"))
COUNTED = ("brand", "club", "history", "noble", "person", "product", "town", "work")
AGAINST = frozenset((*COUNTED, "street")) - FOR
HEAD_SIGNS = (
    *(f"{form}_{name}" for form in FORMS for name in CLASSES),
    *(f"head_is_{name}" for name in DETERMINERS),
    "head_is_partitive", "head_is_counted", "head_is_linked", "head_is_unknown", "head_is_plural",
    "head_skipped",
    "head_verdict", "apposed_for", "apposed_against", *(f"nouns_{name}" for name in COUNTED),
    "nouns_verdict",
)  # fmt: skip
LINKS = frozenset(("de", "d", "du", "des", "of", "from"))
INNER_LINKS = frozenset((*LINKS, "a", "au", "aux", "en", "et"))
ARTICLES = frozenset(("la", "le", "les", "l", "the"))
STOPS = frozenset((
    "a", "dans", "sur", "sous", "pour", "par", "avec", "sans", "chez", "vers", "entre", "que",
    "qui", "ou", "mais", "est", "sont", "in", "on", "at", "with", "for", "to", "is", "are", "and",
    "pres",
))  # fmt: skip
FARTHEST, APPOSED, NEAR, MOST = 7, 6, 20, 4
VERDICTS = {
    **{f"{form}_{name}": 1 for form in ("head", "bare") for name in sorted(FOR)},
    **{f"{form}_{name}": -1 for form in ("head", "bare") for name in sorted(AGAINST)},
}
LEAST_LETTERS = 4


@cache
def _classes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in CLASSES:
        for word in dict.fromkeys(word_list("phrase_heads")[name]):
            found[word] = (*found.get(word, ()), name)
    return found


@lru_cache(maxsize=50_000)
def _class_of(word: str) -> tuple[str, ...]:
    found = _classes()
    if word in found or len(word) < LEAST_LETTERS or word[-1] not in "sx":
        return found.get(word, ())
    return found.get(word[:-1], ())


def head_signs(left: Sequence[str], right: Sequence[str]) -> dict[str, float]:
    """The figures of `HEAD_SIGNS` that are not zero; folded words each side, marks empty."""
    found = _of_head(left)
    verdict = found.keys() & VERDICTS.keys()
    found["head_verdict"] = float(sum(VERDICTS[sign] for sign in verdict))
    is_apposed = bool(right) and not right[0]
    apposed = [_class_of(word) for word in right[1:APPOSED] if word and is_apposed]
    found["apposed_for"] = float(any(FOR & set(names) for names in apposed))
    found["apposed_against"] = float(any(AGAINST & set(names) for names in apposed))
    found.update(_nouns((*left[-NEAR:], *right[:NEAR])))
    return found


def _nouns(words: Iterable[str]) -> dict[str, float]:
    """How many nouns of each class stand around, wherever."""
    counts = Counter(name for word in words if word for name in _class_of(word))
    found = {f"nouns_{name}": float(min(counts[name], MOST)) for name in COUNTED if counts[name]}
    told = sum(counts[name] for name in FOR) - sum(counts[name] for name in AGAINST)
    found["nouns_verdict"] = float(max(-MOST, min(told, MOST)))
    return found


def _of_head(words: Sequence[str]) -> dict[str, float]:
    end = len(words)
    is_linked = end > 1 and words[-1] in LINKS
    at, stop = end - 1 - is_linked, max(0, end - FARTHEST - is_linked)
    nouns: list[tuple[str, ...]] = []
    is_plural = False
    told: dict[str, float] = {}
    while at >= stop and words[at]:
        word = words[at]
        name = _class_of(word)
        if name:
            nouns.append(name)
            is_plural = word[-1] in "sx"
        elif _ends(words, at):
            told = _determined(words, at)
            break
        at -= 1
    found = _of_nouns(nouns, is_linked=is_linked)
    if found or is_linked:
        found.update(told)
        found["head_skipped"] = float(end - 1 - at)
    if is_linked:
        found["head_is_linked"] = 1.0
        found["head_is_unknown"] = float(not nouns)
        found["head_is_plural"] = float(is_plural)
    return found


def _of_nouns(nouns: Sequence[tuple[str, ...]], *, is_linked: bool) -> dict[str, float]:
    if not nouns:
        return {}
    if not is_linked:
        return {f"bare_{name}": 1.0 for name in nouns[0]}
    found = {f"head_{name}": 1.0 for name in nouns[-1]}
    if len(nouns) > 1:
        found |= {f"inner_{name}": 1.0 for name in nouns[0]}
    return found


def _ends(words: Sequence[str], at: int) -> bool:
    """Does the phrase begin after this word? Not at « de la », within it."""
    word = words[at]
    if word in ARTICLES:
        return at == 0 or words[at - 1] not in ("de", "a", "of", "et")
    if word in INNER_LINKS:
        return not any(_class_of(one) for one in words[max(0, at - 2) : at])
    return word in STOPS or word.isdigit() or any(word in ones for ones in DETERMINERS.values())


def _determined(words: Sequence[str], at: int) -> dict[str, float]:
    word = words[at]
    if word.isdigit():
        return {"head_is_counted": 1.0}
    if word in ("du", "de", "d") or (word in ("la", "l") and at and words[at - 1] == "de"):
        return {"head_is_partitive": 1.0}
    return {f"head_is_{name}": 1.0 for name, ones in DETERMINERS.items() if word in ones}
