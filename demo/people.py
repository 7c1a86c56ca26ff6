"""Who the authors of a world are: voices, themes, habits, where they write. No texts here.

A population is drawn as arrays, one entry an author, so that a world of any size takes as long
as its posts do.
"""

from __future__ import annotations

__all__ = ["ACCOUNT_TYPES", "HABITS", "RESIDENT_VOICES", "VOICE_SHARES", "Population",
           "draw_population", "exact_counts"]  # fmt: skip

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.texts import PERSONAL, THEMES

RESIDENT_VOICES = ("resident", "newcomer")
VOICE_SHARES: Mapping[str, float] = {
    "resident": 0.39, "newcomer": 0.06, "visitor": 0.19, "commuter": 0.07, "namesake": 0.07,
    "business": 0.08, "association": 0.06, "institution": 0.02, "media": 0.02, "automated": 0.04,
}  # fmt: skip
ACCOUNT_TYPES = {voice: "person" if voice in PERSONAL else voice for voice in VOICE_SHARES}
HABITS = ("daily", "weekly", "silent", "burst", "clock")
OTHER_HOSTS = ("pixel.example", "village.example", "toot.example", "asso.example")

# How often the people of a small town speak of each theme, in the order of THEMES.
_THEME_TASTE = {
    "gastronomy": 0.19, "wine": 0.10, "sport": 0.16, "photography": 0.14, "nature": 0.15,
    "fashion": 0.07, "decoration": 0.08, "music": 0.11,
}  # fmt: skip
_HABIT_SHARES = (0.28, 0.42, 0.30)  # of daily, weekly and silent-for-months, among people
_DAILY_LIFE = {"institution": 0.6, "automated": 0.6, "media": 0.35, "business": 0.1}
# Each voice's part of the posts: fixed, so that one tireless bot cannot fill a small world.
_POST_SHARES = {
    "resident": 0.46, "newcomer": 0.06, "visitor": 0.11, "commuter": 0.06, "namesake": 0.06,
    "business": 0.07, "association": 0.05, "institution": 0.04, "media": 0.05, "automated": 0.04,
}  # fmt: skip
# Within a voice, posts of an author against a weekly poster's: median, spread of the logarithm.
_HABIT_ACTIVITY = {
    "daily": (2.4, 0.7), "weekly": (0.9, 0.6), "silent": (0.5, 0.7), "burst": (1.0, 0.6),
    "clock": (1.0, 0.8),
}  # fmt: skip
_ENGLISH_SHARE = {"visitor": 0.16, "resident": 0.05, "newcomer": 0.08}
_TWO_ACCOUNTS = 0.03

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Population:
    """One entry an author. `themes` is (authors × 8) weights; what they leave is daily life.

    `person` numbers the humans: two authors of one person are the two ends of `pairs`.
    `activity` is relative; `seen` is (authors × instances), whose timelines federate the author.
    """

    voices: Sequence[str]
    hosts: Sequence[str]
    habits: Sequence[str]
    themes: Floats
    activity: Floats
    english: Floats
    person: Ints
    pairs: Sequence[tuple[int, int]]
    seen: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.voices)

    def is_voice(self, *voices: str) -> NDArray[np.bool_]:
        """Which authors speak with one of these voices."""
        return np.isin(np.array(self.voices), voices)

    @property
    def main_theme(self) -> Ints:
        """The number of the heaviest theme of each author, -1 where daily life is all."""
        return np.where(self.themes.sum(axis=1) > 0, self.themes.argmax(axis=1), -1)


def exact_counts(shares: Mapping[str, float], total: int) -> dict[str, int]:
    """Split `total` by shares, at least one each, largest remainders first.

    >>> exact_counts({"a": 0.7, "b": 0.28, "c": 0.02}, 10)
    {'a': 7, 'b': 2, 'c': 1}
    """
    counts = {name: max(1, int(share * total)) for name, share in shares.items()}
    by_want = sorted(shares, key=lambda name: counts[name] - shares[name] * total)
    step = 1 if sum(counts.values()) < total else -1
    turn = by_want if step > 0 else by_want[::-1]
    while sum(counts.values()) != total:
        for name in turn:
            if sum(counts.values()) != total and counts[name] + step >= 1:
                counts[name] += step
    return counts


def draw_population(count: int, instances: Sequence[str], rng: Generator) -> Population:
    """Draw `count` authors, of every voice."""
    ordered = [v for v, n in exact_counts(VOICE_SHARES, count).items() for _ in range(n)]
    voices = [ordered[at] for at in rng.permutation(count)]
    habits = [_habit(voice, rng) for voice in voices]
    residents = [at for at, voice in enumerate(voices) if voice in RESIDENT_VOICES]
    themes = _themes(voices, rng)
    pairs = _pairs(residents, themes.argmax(axis=1), rng)
    person = np.arange(count)
    for first, second in pairs:
        themes[second] = themes[first]
        person[second] = first
    hosts = _hosts(count, instances, rng)
    return Population(
        voices=voices,
        hosts=hosts,
        habits=habits,
        themes=themes,
        activity=_activity(voices, habits, rng),
        english=_english(voices, rng),
        person=person,
        pairs=pairs,
        seen=_seen(hosts, instances, rng),
    )


def _habit(voice: str, rng: Generator) -> str:
    if voice == "automated":
        return "clock"
    if voice == "visitor":
        return "burst"
    if voice not in PERSONAL:
        return "daily" if rng.random() < 0.5 else "weekly"
    return str(rng.choice(HABITS[:3], p=_HABIT_SHARES))


def _pairs(residents: Sequence[int], mains: Ints, rng: Generator) -> list[tuple[int, int]]:
    """Choose the residents who have two accounts; of one main theme, so that no theme is lost."""
    by_theme: dict[int, list[int]] = {}
    for resident in rng.permutation(residents).tolist():
        by_theme.setdefault(int(mains[resident]), []).append(resident)
    couples = [
        (group[at], group[at + 1])
        for group in by_theme.values()
        for at in range(0, len(group) - 1, 2)
    ]
    count = max(1, round(_TWO_ACCOUNTS * len(residents)))
    return [couples[at] for at in rng.permutation(len(couples))[:count]]


def _themes(voices: Sequence[str], rng: Generator) -> Floats:
    taste = np.array([_THEME_TASTE[theme] for theme in THEMES])
    themes = np.zeros((len(voices), len(THEMES)))
    mains = _main_themes(voices, rng)
    for at, voice in enumerate(voices):
        if voice == "media":
            themes[at] = (1 - _DAILY_LIFE[voice]) * taste
            continue
        main = mains[at]
        count = int(rng.choice((1, 2, 3), p=(0.4, 0.4, 0.2))) if voice in PERSONAL else 1
        others = np.where(np.arange(len(THEMES)) == main, 0.0, taste)
        rest = rng.choice(len(THEMES), size=count - 1, replace=False, p=others / others.sum())
        weights = np.sort(rng.dirichlet(np.full(count, 2.0)))[::-1] + np.eye(count)[0]
        spare = _DAILY_LIFE.get(voice, float(rng.beta(3, 6)))
        themes[at, np.append(main, rest)] = (1 - spare) * weights / weights.sum()
    return themes


def _main_themes(voices: Sequence[str], rng: Generator) -> Ints:
    """Main themes in exact proportion among residents, so that a small world lacks none."""
    is_resident = np.isin(np.array(voices), RESIDENT_VOICES)
    taste = np.array(list(_THEME_TASTE.values()))
    mains = rng.choice(len(THEMES), size=len(voices), p=taste)
    counts = exact_counts(_THEME_TASTE, max(int(is_resident.sum()), len(THEMES)))
    pool = [THEMES.index(theme) for theme, n in counts.items() for _ in range(n)]
    mains[is_resident] = rng.permutation(pool)[: is_resident.sum()]
    return mains


def _activity(voices: Sequence[str], habits: Sequence[str], rng: Generator) -> Floats:
    median, spread = np.array([_HABIT_ACTIVITY[habit] for habit in habits]).T
    activity = median * np.exp(spread * rng.standard_normal(len(voices)))
    for voice, share in _POST_SHARES.items():
        those = np.array(voices) == voice
        activity[those] *= share / activity[those].sum()
    return np.asarray(activity)


def _english(voices: Sequence[str], rng: Generator) -> Floats:
    """The share of each author's posts that are in English: all or nearly none."""
    share = np.array([_ENGLISH_SHARE.get(voice, 0.0) for voice in voices])
    return np.where(rng.random(len(voices)) < share, 0.9, 0.15 * share)


def _hosts(count: int, instances: Sequence[str], rng: Generator) -> list[str]:
    others = OTHER_HOSTS if instances else ()
    shares = [0.75 / len(instances)] * len(instances) + [0.25 / len(others)] * len(others)
    return [str(host) for host in rng.choice([*instances, *others], size=count, p=shares)]


def _seen(hosts: Sequence[str], instances: Sequence[str], rng: Generator) -> NDArray[np.bool_]:
    home = np.array(hosts)[:, None] == np.array(instances)[None, :]
    seen = home | (rng.random(home.shape) < 0.6)
    nowhere = ~seen.any(axis=1)
    seen[nowhere, rng.integers(len(instances), size=int(nowhere.sum()))] = True
    return np.asarray(seen)
