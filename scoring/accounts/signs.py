"""Signs of a profile: one number each, from counts and from the manner of two texts.

Pronouns and familiar words are searched in French and English; their weights were learnt on English
accounts. A count that is absent or negative is NaN here; the model puts its median.

>>> len(signs([Profile(description="Je cours le dimanche")])[0]) == len(NAMES)
True
"""

from __future__ import annotations

__all__ = ["NAMES", "signs"]

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from scoring.accounts.profile import Profile, plain
from scoring.word_lists import word_list

Sign = Callable[[str], float]


def _count(pattern: str) -> Sign:
    found = re.compile(pattern)
    return lambda text: math.log1p(len(found.findall(text)))


def _has(pattern: str) -> Sign:
    found = re.compile(pattern, re.IGNORECASE)
    return lambda text: float(found.search(text) is not None)


def _share(pattern: str, of: str) -> Sign:
    part, whole = re.compile(pattern), re.compile(of)
    return lambda text: len(part.findall(text)) / max(len(whole.findall(text)), 1)


TEXT_SIGNS: dict[str, Sign] = {
    "length": lambda text: math.log1p(len(text)),
    "empty": lambda text: float(not text.strip()),
    "i": _has(r"\b(?:i|i'm|im|my|me|i've|i'll|mine|myself|je|j'\w+|moi|mon|ma|mes)\b"),
    "we": _has(r"\b(?:we|our|us|we're|nous|notre|nos)\b"),
    "you": _has(r"\b(?:you|your|vous|votre|vos)\b"),
    "they": _has(r"\b(?:he|she|her|his|him|they|elle|ils|elles)\b"),
    "links": _count(r"\{URL\}"),
    "handles": _count(r"@user"),
    "hashtags": _count(r"#"),
    "reply": _has(r"^\W*@user"),
    "repost": _has(r"\brt\b"),
    "exclamations": _count(r"!"),
    "question": _has(r"\?"),
    "emoji": _count(r"_\?|\?_"),
    "digits": _count(r"\d"),
    "colon": _has(r":"),
    "capitals": _share(r"[A-Z]", r"\w"),
    "titles": _share(r"\b[A-Z][a-z]+", r"\b\w+"),
    "small_start": _has(r"^\s*(?-i:[a-z])"),
    "full_stop": _has(r"[.!?}]\s*$"),
    "word_length": lambda text: len(text) / max(len(re.findall(r"\b\w+", text)), 1),
    "lines": _has(r"\\n|\n"),
    "separators": _count(r"[|/,&]"),
    "familiar": _has(
        r"\b(?:lol|lmao|u|ur|omg|wtf|shit|fuck\w*|gonna|wanna|haha\w*|bc|rn|tbh|af|smh|dont|cant"
        r"|ain't|mdr|ptdr|trop|grave|j'avoue)\b"
    ),
    "contact": _has(r"@user\.|\.com|\bwww|\bdm\b|e-?mail|contact"),
    "telephone": _has(r"\d{3}[-. ]\d{3,4}|\b0\d(?:[ .]?\d\d){4}\b"),
    "link_last": _has(r"\{URL\}\s*$"),
}
PLACE_SIGNS: dict[str, Sign] = {
    "empty": TEXT_SIGNS["empty"],
    "comma": _has(r","),
    "length": TEXT_SIGNS["length"],
    "small_start": TEXT_SIGNS["small_start"],
}
COUNTS = ("posts", "favourites", "age", "pace", "favourites_a_post", "favourites_a_day", "none")
NAMES = (
    *COUNTS,
    *(f"description_{name}" for name in TEXT_SIGNS),
    *(f"post_{name}" for name in TEXT_SIGNS),
    *(f"location_{name}" for name in PLACE_SIGNS),
    "first_names",
)
# Beyond these the trees have seen nothing.
MOST_SIGNS = 10_000


def signs(profiles: Sequence[Profile]) -> npt.NDArray[np.float64]:
    """One row a profile, one column a name of `NAMES`."""
    rows = [_row(profile) for profile in profiles]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _row(profile: Profile) -> list[float]:
    description, post, location = (
        plain(text[:MOST_SIGNS]) for text in (profile.description, profile.post, profile.location)
    )
    first_names = {name.lower() for name in word_list("first_names")["names"]}
    capitalised = {word.lower() for word in re.findall(r"\b[A-Z][a-z]+", description)}
    return [
        *_counts(profile),
        *(sign(description) for sign in TEXT_SIGNS.values()),
        *(sign(post) for sign in TEXT_SIGNS.values()),
        *(sign(location) for sign in PLACE_SIGNS.values()),
        math.log1p(len(first_names & capitalised)),
    ]


def _counts(profile: Profile) -> list[float]:
    posts, favourites, age = (
        _known(count) for count in (profile.posts, profile.favourites, profile.age_days)
    )
    logs = np.log(np.array([posts + 1, favourites + 1, age + 5]))
    return [
        *logs.tolist(),
        float(logs[0] - logs[2]),
        float(logs[1] - logs[0]),
        float(logs[1] - logs[2]),
        float(favourites == 0) if not math.isnan(favourites) else math.nan,
    ]


def _known(count: float | None) -> float:
    return float(count) if count is not None and 0 <= count < math.inf else math.nan
