"""Posts that reveal what article 9 of the GDPR protects: they are dropped before anything is kept.

Religion, opinions, health, sexuality, origin, trade unions: a post is looked at for words of these
(`data/sensitive_posts.yaml`), then for what stands around them (`data/sensitive_context.yaml`):
« ma chimio » reveals, « course contre le cancer » does not, « église romane » is heritage.

A found word weighs 6 when it reveals by itself, 5 when it tells of a person as a rule, 3 when it
speaks of the thing, 2 when it names people or has another life, 1 when it only hints. Added: 4
when a word of the first person stands at most three words before, 2 when it is elsewhere in the
sentence (hints: 2 at most), 1 for a group or a sentence beside; 1 for each other word of the same
kind, 2 at most; 1 to a word of 2 where nothing makes a notice of it. Taken away: what makes a
notice of it (a concert, a job, opening hours, a heritage day): 2, 4 or 6, 6 at most. From 3 on,
the post is sensitive. Figures of speech are set aside first. French and English; other languages
only by the words they share.

Known failures: irony; what only an image or a link says; a faith or an illness told without any
of its words; a stranger's story told as a notice.
"""

from __future__ import annotations

__all__ = ["has_sensitive_word", "is_sensitive", "kind_of", "version"]

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import yaml

from cities.sensitive import KINDS
from cities.sensitive_rules import Match, Rules, Weighed

DATA = Path(__file__).parent / "data"
FILES = (DATA / "sensitive_posts.yaml", DATA / "sensitive_context.yaml")
CODE = (Path(__file__), Path(__file__).with_name("sensitive_rules.py"))
WEIGHTS = {"reveals": 6, "tells": 5, "speaks": 3, "identity": 2, "hints": 1}
SENSITIVE_FROM = 3
HINT, IDENTITY = WEIGHTS["hints"], WEIGHTS["identity"]
NEAR_WORDS, NEAR, SAME_SENTENCE, BESIDE = 3, 4, 2, 1
MOST_OTHERS, MOST_NEUTRAL = 2, 6
# How many characters around a word are its surroundings: a post, or a paragraph of an article.
AROUND = 300
LONGEST = 20_000
ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@[\w.@-]+")
HASHTAG = re.compile(r"#(\w+)")
HUMP = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])")
SENTENCE_ENDS = ".!?…\n;•|"
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}


class _Folding(dict[int, str]):
    """For `str.translate`: letters without accents, emoji of the lists as words, the rest spaces.

    Each character is worked out once.
    """

    def __init__(self, emoji: Iterable[tuple[str, str]]) -> None:
        super().__init__({ord(char): f" {word} " for char, word in emoji})

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in SENTENCE_ENDS:
            folded = " . "
        else:
            plain = unicodedata.normalize("NFKD", LIGATURES.get(char.lower(), char)).lower()
            kept = [c for c in plain if not unicodedata.combining(c)]
            is_mark = unicodedata.category(char) in ("Mn", "Me", "Cf")
            folded = "".join(c if c.isalnum() else " " for c in kept) or ("" if is_mark else " ")
        self[code] = folded
        return folded


@dataclass(frozen=True, slots=True)
class _Lexicon:
    folding: _Folding
    cues: Rules
    innocent: Rules
    persons: Rules
    neutral: Rules
    vocabulary: frozenset[str]


def is_sensitive(text: str, hashtags: Sequence[str] = ()) -> bool:
    """Whether a post reveals what article 9 protects.

    >>> is_sensitive("Troisième chimio ce matin, merci à l'équipe"), is_sensitive("Malade de rire")
    (True, False)
    """
    return kind_of(text, hashtags) is not None


def kind_of(text: str, hashtags: Sequence[str] = ()) -> str | None:
    """The kind that weighs most, for whoever measures; None for a post that reveals nothing.

    Nobody may keep it beside a person.
    """
    lexicon = _lexicon()
    words = _words(text[:LONGEST], hashtags, lexicon)
    known = set(words)
    if not lexicon.cues.touch(known):
        return None
    prepared = f" {' '.join(words)} "
    aside = list(lexicon.innocent.find(prepared, known))
    cues = [c for c in lexicon.cues.find(prepared, known) if not _is_inside_any(c, aside)]
    if not cues:
        return None
    persons = list(lexicon.persons.find(prepared, known))
    neutral = list(lexicon.neutral.find(prepared, known))
    weight, kind = max(
        (_weight(cue, prepared, cues, persons=persons, neutral=neutral), cue.kind) for cue in cues
    )
    return kind if weight >= SENSITIVE_FROM else None


def has_sensitive_word(text: str) -> bool:
    """Whether any word of the lists stands in a text, whatever it means there: too much.

    >>> has_sensitive_word("Concert de gospel à l'église")
    True
    """
    lexicon = _lexicon()
    words = _words(text[:LONGEST], (), lexicon)
    return next(lexicon.cues.find(f" {' '.join(words)} ", words), None) is not None


@cache
def version() -> str:
    """The fingerprint of words and rules: what was read under another is to be read again."""
    digest = sha256()
    for path in (*FILES, *CODE):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
    taken = sum(
        match.weight
        for match in {(n.kind, n.weight): n for n in neutral if _is_apart(n, cue)}.values()
    )
    person = max((_nearness(cue, match, text) for match in persons), default=0)
    if cue.weight == HINT:
        person = min(person, SAME_SENTENCE)
    alone = BESIDE if cue.weight == IDENTITY and not taken else 0
    others_weigh = min(len(others), MOST_OTHERS)
    return cue.weight + person + alone + others_weigh - min(taken, MOST_NEUTRAL)


def _nearness(cue: Match, person: Match, text: str) -> int:
    """What a word of the first person adds to a cue."""
    if abs(person.start - cue.start) > AROUND:
        return 0
    between = text[min(person.start, cue.start) : max(person.start, cue.start)].split()
    if "." in between or person.weight < SAME_SENTENCE:
        return BESIDE
    is_before = person.start <= cue.start and len(between) <= NEAR_WORDS
    return NEAR if is_before else SAME_SENTENCE


def _is_apart(other: Match, cue: Match) -> bool:
    """Whether it stands around the cue and is no part of it."""
    is_beside = other.end <= cue.start + 1 or other.start >= cue.end - 1
    return is_beside and abs(other.start - cue.start) <= AROUND


def _is_inside_any(cue: Match, aside: Iterable[Match]) -> bool:
    """Whether a figure of speech holds a part of the cue, unless the cue says more than it."""
    return any(
        cue.start < each.end
        and each.start < cue.end
        and not (cue.start <= each.start and each.end <= cue.end and cue[:2] != each[:2])
        for each in aside
    )


def _words(text: str, hashtags: Sequence[str], lexicon: _Lexicon) -> list[str]:
    """The words of a post, folded, `.` for the end of a sentence; hashtags in their words."""
    if "://" in text or "@" in text or "www." in text:
        text = ADDRESS.sub(" ", text)
    more = [tag for tag in hashtags if tag and f"#{tag}".lower() not in text.lower()]
    if more:
        text = f"{text} . #{' #'.join(more)}"
    if "#" not in text:
        return text.translate(lexicon.folding).split()
    said = HASHTAG.sub(lambda found: f" {_split(found[1])} ", text)
    return said.translate(lexicon.folding).split()


@lru_cache(maxsize=20_000)
def _split(tag: str) -> str:
    """A hashtag in words: at its capitals, else where the words of the lists allow it.

    >>> _split("FierDEtreSyndiqué"), _split("moncancer"), _split("montreval")
    ('Fier DEtre Syndiqué', 'mon cancer', 'montreval')
    """
    parts = HUMP.split(tag.replace("_", " "))
    if len(parts) > 1 or " " in parts[0]:
        return " ".join(parts)
    lexicon = _lexicon()
    folded = tag.translate(lexicon.folding).replace(" ", "")
    if folded in lexicon.vocabulary:
        return tag
    return _cut(folded[:60], lexicon.vocabulary) or tag


def _cut(tag: str, vocabulary: frozenset[str]) -> str:
    """The fewest known words that make up a tag; empty when none do."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(tag) + 1):
        ways = [
            (*before, tag[start:end])
            for start, before in enumerate(best)
            if before is not None and tag[start:end] in vocabulary
        ]
        best.append(min(ways, key=len) if ways else None)
    return " ".join(best[-1] or ())


@cache
def _lexicon() -> _Lexicon:
    data, context = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES)
    classes = context["classes"]
    cues, emoji = _cues(data)
    persons = [
        Weighed(str(word), "person", int(weight))
        for weight, words in context["person"].items()
        for word in words
    ]
    neutral = [
        Weighed(str(rule), f"{weight}.{number}", int(weight))
        for weight, lists in context["neutral"].items()
        for number, rules in enumerate(lists)
        for rule in rules
    ]
    innocent = [
        Weighed(str(rule), "innocent", 0) for rule in chain.from_iterable(context["innocent"])
    ]
    rules = {rule for rule, _, _ in (*cues, *persons)}
    return _Lexicon(
        folding=_Folding(emoji),
        cues=Rules.of(cues, classes),
        innocent=Rules.of(innocent, classes),
        persons=Rules.of(persons, classes),
        neutral=Rules.of(neutral, classes),
        vocabulary=_vocabulary(rules, classes.values()),
    )


def _cues(
    data: dict[str, dict[str, list[list[str]]]],
) -> tuple[list[Weighed], list[tuple[str, str]]]:
    """The rules of all kinds, and what each emoji is read as."""
    cues: list[Weighed] = []
    emoji: list[tuple[str, str]] = []
    for kind in KINDS:
        for strength, weight in WEIGHTS.items():
            lists = data[kind].get(strength, [])
            cues += [Weighed(str(rule), kind, weight) for rule in chain.from_iterable(lists)]
        for strength, chars in dict(data[kind]["emoji"]).items():
            word = f"emoji{strength}{kind}"
            cues.append(Weighed(word, kind, WEIGHTS[strength]))
            emoji += [(char, word) for char in chars]
    return cues, emoji


def _vocabulary(rules: Iterable[str], classes: Iterable[Sequence[str]]) -> frozenset[str]:
    """Plain words of the lists, by which hashtags in one word are cut."""
    said = " ".join((*rules, *chain.from_iterable(classes)))
    words = re.findall(r"(?<![\w<~])[^\W\d_]{2,}(?![\w*>])", said.replace("_", " "))
    return frozenset(word.translate(_Folding(())) for word in words)
