"""What the lists say of a passage, as named signals for a model to weigh.

A found word weighs 6 when it reveals by itself, 5 when it tells of a person as a rule, 3 when it
speaks of the thing, 2 when it names people or has another life, 1 when it only hints. Added: 4
when a word of the first person stands at most three words before, 2 when it is elsewhere in the
sentence (hints: 2 at most), 1 for a group or a sentence beside; 1 for each other word of the same
kind, 2 at most; 1 to a word of 2 where nothing makes a notice of it. Taken away: what makes a
notice of it (a concert, a job, opening hours, a heritage day): 2, 4 or 6, 6 at most. Figures of
speech are set aside first. A passage is worth a look when a word weighs 3 or more, or when a topic
stands in it.
"""

from __future__ import annotations

__all__ = ["Found", "find", "signals"]

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cities.sensitive import KINDS
from cities.sensitive_rules import Match
from cities.sensitive_words import WEIGHTS, lexicon

HINT, IDENTITY = WEIGHTS["hints"], WEIGHTS["identity"]
LOOK_FROM = 3
NEAR_WORDS, NEAR, SAME_SENTENCE, BESIDE = 3, 4, 2, 1
MOST_OTHERS, MOST_NEUTRAL = 2, 6
NOTHING = -4
# Steps at which a figure becomes a signal: « weight>=3 ».
STEPS = {
    "weight": (0, 2, 3, 4, 6, 8),
    "strength": (1, 2, 3, 5, 6),
    "nearness": (1, 2, 4),
    "person": (1, 2),
    "notice": (2, 4),
    "topics": (1, 2),
}
CLOSE_LETTERS = (8, 25)


@dataclass(frozen=True, slots=True)
class Found:
    """All that the lists find in a passage; `weights`: of each cue, with what stands around it."""

    text: str
    words: Sequence[str]
    cues: Sequence[Match]
    weights: Sequence[int]
    topics: Sequence[Match]
    persons: Sequence[Match]
    neutral: Sequence[Match]

    def kind(self) -> str:
        """The kind that weighs most, else the first topic's."""
        weighed = zip(self.weights, (cue.kind for cue in self.cues), strict=True)
        weight, kind = max(weighed, default=(NOTHING, ""))
        return kind if weight >= LOOK_FROM or not self.topics else self.topics[0].kind


def find(words: Sequence[str]) -> Found | None:
    """What the lists find; None where nothing is worth a look."""
    lists, known = lexicon(), set(words)
    if not lists.cues.touch(known) and not lists.topics.touch(known):
        return None
    text = f" {' '.join(words)} "
    aside = list(lists.innocent.find(text, known))
    cues = [cue for cue in lists.cues.find(text, known) if not _is_inside_any(cue, aside)]
    topics = sorted(lists.topics.find(text, known))
    if not cues and not topics:
        return None
    persons = list(lists.persons.find(text, known))
    neutral = list(lists.neutral.find(text, known))
    weights = [_weight(cue, text, cues, persons=persons, neutral=neutral) for cue in cues]
    if not topics and max(weights) < LOOK_FROM:
        return None
    return Found(text, words, cues, weights, topics, persons, neutral)


def signals(found: Found) -> set[str]:
    """The names of the signals that are there."""
    person = max((match.weight for match in found.persons), default=0)
    notice = sum({(match.kind, match.weight): match.weight for match in found.neutral}.values())
    weight = max(found.weights, default=NOTHING)
    near = max((_nearness(c, p, found.text) for c in found.cues for p in found.persons), default=0)
    figures = {
        "weight": weight,
        "strength": max((cue.weight for cue in found.cues), default=0),
        "nearness": near,
        "person": person,
        "notice": notice,
    }
    around = [
        name
        for name, is_there in {
            "mine": person >= SAME_SENTENCE,
            "nobody": person == 0,
            "near": near >= SAME_SENTENCE,
            "notice": notice > 0,
            "notice and nobody": notice > 0 and person == 0,
        }.items()
        if is_there
    ]
    said = set(_steps(figures))
    said |= {f"{step}, {name}" for step in _steps({"weight": weight}) for name in around}
    for kind in KINDS:
        said |= _of_kind(found, kind, around)
    apart = [abs(t.start - p.start) for t in found.topics for p in found.persons]
    return said | {f"topic in {most}" for most in CLOSE_LETTERS if min(apart, default=most) < most}


def _steps(figures: Mapping[str, int]) -> Iterator[str]:
    for name, figure in figures.items():
        for least in STEPS[name]:
            if figure >= least:
                yield f"{name}>={least}"


def _of_kind(found: Found, kind: str, around: Iterable[str]) -> set[str]:
    each = [(c.weight, w) for c, w in zip(found.cues, found.weights, strict=True) if c.kind == kind]
    topics = len({match.start for match in found.topics if match.kind == kind})
    figures = {
        "strength": max((strength for strength, _ in each), default=0),
        "weight": max((weight for _, weight in each), default=NOTHING),
        "topics": topics,
    }
    said = {f"{kind} {step}" for step in _steps(figures)}
    return said | {f"{kind} topic, {name}" for name in around if topics}


def _weight(
    cue: Match,
    text: str,
    cues: Sequence[Match],
    *,
    persons: Sequence[Match],
    neutral: Sequence[Match],
) -> int:
    others = {text[c.start : c.end] for c in cues if c.kind == cue.kind and _is_apart(c, cue)} - {
        text[cue.start : cue.end]
    }
    around: Mapping[tuple[str, int], Match] = {
        (match.kind, match.weight): match for match in neutral if _is_apart(match, cue)
    }
    taken = sum(match.weight for match in around.values())
    person = max((_nearness(cue, match, text) for match in persons), default=0)
    if cue.weight == HINT:
        person = min(person, SAME_SENTENCE)
    alone = BESIDE if cue.weight == IDENTITY and not taken else 0
    others_weigh = min(len(others), MOST_OTHERS)
    return cue.weight + person + alone + others_weigh - min(taken, MOST_NEUTRAL)


def _nearness(cue: Match, person: Match, text: str) -> int:
    """What a word of the first person adds to a cue."""
    between = text[min(person.start, cue.start) : max(person.start, cue.start)].split()
    if "." in between or person.weight < SAME_SENTENCE:
        return BESIDE
    is_before = person.start <= cue.start and len(between) <= NEAR_WORDS
    return NEAR if is_before else SAME_SENTENCE


def _is_apart(other: Match, cue: Match) -> bool:
    """Whether it stands around the cue and is no part of it."""
    return other.end <= cue.start + 1 or other.start >= cue.end - 1


def _is_inside_any(cue: Match, aside: Iterable[Match]) -> bool:
    """Whether a figure of speech holds a part of the cue, unless the cue says more than it."""
    return any(
        cue.start < each.end
        and each.start < cue.end
        and not (cue.start <= each.start and each.end <= cue.end and cue[:2] != each[:2])
        for each in aside
    )
