"""Who the authors of a world are: voices, platforms, themes, habits. No texts here.

A population is drawn as arrays, one entry an author, so that a world of any size takes as long
as its posts do.
"""

from __future__ import annotations

__all__ = ["HOSTS", "Flags", "Floats", "Ints", "Population", "draw_population", "exact_counts"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from demo.habits import PERSONAL
from demo.sizes import WorldSize
from demo.tastes import draw_themes
from demo.voices import (
    ENGLISH_SHARES,
    HABIT_ACTIVITY,
    PLATFORM_LEANS,
    POST_SHARES,
    RESIDENT_VOICES,
    VISITOR_HABITS,
    VOICE_SHARES,
)

OTHER_HOSTS = ("pixel.example", "village.example", "toot.example", "asso.example")
# A blog's host is its own: it has none before its name.
HOSTS: Mapping[str, str] = {"x": "x.com", "instagram": "www.instagram.com", "blog": ""}

_PEOPLE_HABITS = {"daily": 0.28, "weekly": 0.42, "silent": 0.30}
_FIXED_HABITS = {"automated": "clock", "second_home": "holidays", "commuter": "workdays"}
_PLATFORM_ACTIVITY = {"blog": 0.45, "x": 1.2}
_TWO_ACCOUNTS, _TWO_UNLINKED = 0.03, 0.03
_NEIGHBOURLY = 0.07

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Population:
    """One entry an author. `themes` is (authors × THEMES) weights; what they leave is daily life.

    `person` numbers the humans: two authors of one person are the two ends of `pairs`, who say so
    of each other, or of `unlinked`, who do not. `is_shop`: the makers that are businesses.
    `is_neighbourly`: a few followers, most of them of the city, who pass on what they read.
    `activity` is relative; `seen` is (authors × instances), whose timelines federate the author.
    """

    voices: Sequence[str]
    platforms: Sequence[str]
    hosts: Sequence[str]
    habits: Sequence[str]
    themes: Floats
    activity: Floats
    english: Floats
    person: Ints
    pairs: Sequence[tuple[int, int]]
    unlinked: Sequence[tuple[int, int]]
    is_shop: Flags
    is_neighbourly: Flags
    seen: Flags

    def __len__(self) -> int:
        return len(self.voices)

    def is_voice(self, *voices: str) -> Flags:
        """Which authors speak with one of these voices."""
        return np.isin(np.array(self.voices), voices)

    def is_on(self, *platforms: str) -> Flags:
        """Which authors write on one of these platforms."""
        return np.isin(np.array(self.platforms), platforms)

    @property
    def is_resident(self) -> Flags:
        """Who is a person and lives in the city now."""
        return self.is_voice(*RESIDENT_VOICES) | (self.is_voice("maker") & ~self.is_shop)

    @property
    def paired(self) -> set[int]:
        """The authors whose person has another account."""
        return {author for pair in (*self.pairs, *self.unlinked) for author in pair}

    @property
    def main_theme(self) -> Ints:
        """The number of the heaviest theme of each author, -1 where daily life is all."""
        return np.where(self.themes.sum(axis=1) > 0, self.themes.argmax(axis=1), -1)


def exact_counts(shares: Mapping[str, float], total: int) -> dict[str, int]:
    """Split `total` by shares, largest remainders first; at least one each where there are enough.

    >>> exact_counts({"a": 0.7, "b": 0.28, "c": 0.02}, 10)
    {'a': 7, 'b': 2, 'c': 1}
    """
    least = 1 if total >= len(shares) else 0
    counts = {name: max(least, int(share * total)) for name, share in shares.items()}
    by_want = sorted(shares, key=lambda name: counts[name] - shares[name] * total)
    step = 1 if sum(counts.values()) < total else -1
    turn = by_want if step > 0 else by_want[::-1]
    while sum(counts.values()) != total:
        for name in turn:
            if sum(counts.values()) != total and counts[name] + step >= least:
                counts[name] += step
    return counts


def draw_population(size: WorldSize, rng: Generator) -> Population:
    """Draw the authors of a world, of every voice, on its platforms."""
    voices = _shuffled(VOICE_SHARES, size.authors, rng)
    habits = [_habit(voice, rng) for voice in voices]
    platforms = _platforms(voices, size.platforms, rng)
    themes = draw_themes(voices, size.themes, exact_counts, rng)
    couples = _couples(voices, themes.argmax(axis=1), rng)
    count = max(1, round(_TWO_ACCOUNTS * size.authors * 0.4))
    hidden = round(_TWO_UNLINKED * size.authors * 0.4) if len(size.platforms) > 1 else 0
    pairs, unlinked = couples[:count], couples[count : count + hidden]
    person = np.arange(size.authors)
    for first, second in (*pairs, *unlinked):
        themes[second] = themes[first]
        person[second] = first
    hosts = _hosts(platforms, size.instances, rng)
    return Population(
        voices=voices,
        platforms=platforms,
        hosts=hosts,
        habits=habits,
        themes=themes,
        activity=_activity(voices, habits, platforms, rng),
        english=_english(voices, rng),
        person=person,
        pairs=pairs,
        unlinked=unlinked,
        is_shop=_some_of(voices, "maker", 0.5, rng),
        is_neighbourly=_some_of(voices, "resident", _NEIGHBOURLY, rng),
        seen=_seen(platforms, hosts, size.instances, rng),
    )


def _shuffled(shares: Mapping[str, float], count: int, rng: Generator) -> list[str]:
    ordered = [name for name, n in exact_counts(shares, count).items() for _ in range(n)]
    return [ordered[at] for at in rng.permutation(count)]


def _habit(voice: str, rng: Generator) -> str:
    if voice in _FIXED_HABITS:
        return _FIXED_HABITS[voice]
    if voice not in PERSONAL:
        return "daily" if rng.random() < 0.5 else "weekly"
    shares = VISITOR_HABITS if voice == "visitor" else _PEOPLE_HABITS
    return str(rng.choice(list(shares), p=list(shares.values())))


def _platforms(voices: Sequence[str], shares: Mapping[str, float], rng: Generator) -> list[str]:
    """Platforms in exact proportion within each voice, as far as its people suffice."""
    found = [""] * len(voices)
    for voice in VOICE_SHARES:
        leans = PLATFORM_LEANS.get(voice, {})
        wish = {name: share * leans.get(name, 1.0) for name, share in shares.items()}
        total = sum(wish.values())
        those = [at for at, other in enumerate(voices) if other == voice]
        drawn = _shuffled({name: part / total for name, part in wish.items()}, len(those), rng)
        for at, platform in zip(those, drawn, strict=True):
            found[at] = platform
    return found


def _couples(voices: Sequence[str], mains: Ints, rng: Generator) -> list[tuple[int, int]]:
    """Residents who could be one person; of one main theme, so that no theme is lost."""
    residents = [at for at, voice in enumerate(voices) if voice in RESIDENT_VOICES]
    by_theme: dict[int, list[int]] = {}
    for resident in rng.permutation(residents).tolist():
        by_theme.setdefault(int(mains[resident]), []).append(resident)
    couples = [
        (group[at], group[at + 1])
        for group in by_theme.values()
        for at in range(0, len(group) - 1, 2)
    ]
    return [couples[at] for at in rng.permutation(len(couples))]


def _activity(
    voices: Sequence[str], habits: Sequence[str], platforms: Sequence[str], rng: Generator
) -> Floats:
    median, spread = np.array([HABIT_ACTIVITY[habit] for habit in habits]).T
    activity = median * np.exp(spread * rng.standard_normal(len(voices)))
    activity *= np.array([_PLATFORM_ACTIVITY.get(platform, 1.0) for platform in platforms])
    for voice, share in POST_SHARES.items():
        those = np.array(voices) == voice
        if those.any():
            activity[those] *= share / activity[those].sum()
    return np.asarray(activity)


def _english(voices: Sequence[str], rng: Generator) -> Floats:
    """The share of each author's posts that are in English: all or nearly none."""
    share = np.array([ENGLISH_SHARES.get(voice, 0.0) for voice in voices])
    return np.where(rng.random(len(voices)) < share, 0.9, 0.15 * share)


def _some_of(voices: Sequence[str], voice: str, share: float, rng: Generator) -> Flags:
    those = np.flatnonzero(np.array(voices) == voice)
    flags = np.zeros(len(voices), dtype=bool)
    flags[rng.permutation(those)[: round(share * len(those))]] = True
    return flags


def _hosts(platforms: Sequence[str], instances: Sequence[str], rng: Generator) -> list[str]:
    # Three quarters are at home on the instances that the city reads.
    weights = np.repeat([3.0, 1.0], [len(instances), len(OTHER_HOSTS)])
    weights[: len(instances)] *= len(OTHER_HOSTS) / max(1, len(instances))
    servers = rng.choice([*instances, *OTHER_HOSTS], size=len(platforms), p=weights / weights.sum())
    return [
        HOSTS.get(platform, str(server))
        for platform, server in zip(platforms, servers, strict=True)
    ]


def _seen(
    platforms: Sequence[str], hosts: Sequence[str], instances: Sequence[str], rng: Generator
) -> Flags:
    home = np.array(hosts)[:, None] == np.array(instances)[None, :]
    seen = home | (rng.random(home.shape) < 0.6)
    nowhere = ~seen.any(axis=1) & bool(instances)
    seen[nowhere, rng.integers(max(1, len(instances)), size=int(nowhere.sum()))] = True
    return np.asarray(seen & (np.array(platforms) == "mastodon")[:, None])
