"""The voices of the demo city as numbers: how many, how talkative, on which platforms.

A *voice* is the position that someone speaks from. What it means for the truth: only `resident`,
`newcomer` and the artists among the `maker`s live in the city now; `second_home` is there on
weekends and holidays, `leaver` was a resident until a day of the history.
"""

from __future__ import annotations

__all__ = [
    "ACCOUNT_TYPES", "DAILY_LIFE", "ENGLISH_SHARES", "HABIT_ACTIVITY", "PLATFORM_LEANS",
    "POST_SHARES", "RESIDENT_VOICES", "VISITOR_HABITS", "VOICE_SHARES",
]  # fmt: skip

from collections.abc import Mapping

from demo.habits import PERSONAL

RESIDENT_VOICES = ("resident", "newcomer")
# Of the authors.
VOICE_SHARES: Mapping[str, float] = {
    "resident": 0.355, "newcomer": 0.055, "visitor": 0.16, "commuter": 0.06, "namesake": 0.06,
    "second_home": 0.04, "leaver": 0.04, "maker": 0.06, "business": 0.055, "association": 0.045,
    "institution": 0.02, "media": 0.02, "automated": 0.03,
}  # fmt: skip
# A maker is one person who sells what they make: half are shops to the truth, half artists.
ACCOUNT_TYPES: Mapping[str, str] = {
    voice: "person" if voice in PERSONAL else voice for voice in VOICE_SHARES
}
DAILY_LIFE: Mapping[str, float] = {
    "institution": 0.6, "automated": 0.6, "media": 0.35, "business": 0.1, "maker": 0.15,
}  # fmt: skip
# Each voice's part of the posts: fixed, so that one tireless bot cannot fill a small world.
POST_SHARES: Mapping[str, float] = {
    "resident": 0.41, "newcomer": 0.05, "visitor": 0.12, "commuter": 0.05, "namesake": 0.05,
    "second_home": 0.04, "leaver": 0.04, "maker": 0.05, "business": 0.05, "association": 0.04,
    "institution": 0.03, "media": 0.04, "automated": 0.03,
}  # fmt: skip
VISITOR_HABITS: Mapping[str, float] = {
    "burst": 0.35, "weekend": 0.2, "festival": 0.25, "returning": 0.2,
}  # fmt: skip
# Within a voice, posts of an author against a weekly poster's: median, spread of the logarithm.
HABIT_ACTIVITY: Mapping[str, tuple[float, float]] = {
    "daily": (2.4, 0.7), "weekly": (0.9, 0.6), "silent": (0.5, 0.7), "clock": (1.0, 0.8),
    "burst": (1.0, 0.8), "weekend": (0.8, 0.5), "festival": (1.0, 0.6), "returning": (1.7, 0.6),
    "holidays": (1.0, 0.7), "workdays": (1.0, 0.7),
}  # fmt: skip
ENGLISH_SHARES: Mapping[str, float] = {"visitor": 0.16, "resident": 0.05, "newcomer": 0.08}
# How much more than others a voice is found on a platform; 1 where nothing is said.
PLATFORM_LEANS: Mapping[str, Mapping[str, float]] = {
    "resident": {"blog": 0.7}, "newcomer": {"blog": 0.5}, "commuter": {"x": 1.6, "blog": 0.2},
    "visitor": {"instagram": 1.4, "blog": 0.6}, "second_home": {"blog": 0.6},
    "maker": {"instagram": 1.9, "blog": 1.6, "x": 0.4}, "business": {"instagram": 1.6, "blog": 1.5},
    "association": {"blog": 3.0}, "institution": {"x": 1.4, "blog": 2.5},
    "media": {"x": 1.4, "blog": 5.0, "instagram": 0.5}, "automated": {"x": 1.8, "instagram": 0.2},
}  # fmt: skip
