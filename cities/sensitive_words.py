"""The words of a post as the lists of sensitive content know them: folded, hashtags in their words.

`.` stands for the end of a sentence, an emoji of the lists for a word of its own. The lists are
`data/sensitive_posts.yaml` (words by kind), `data/sensitive_context.yaml` (what stands around) and
`data/sensitive_topics.yaml` (whatever touches a kind and seldom anything else).
"""

from __future__ import annotations

__all__ = ["FILES", "WEIGHTS", "Lexicon", "lexicon", "passages", "words_of"]

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from cities.data_files import read_yaml
from cities.sensitive import KINDS
from cities.sensitive_rules import Rules, Weighed

DATA = Path(__file__).parent / "data"
FILES = tuple(DATA / f"sensitive_{name}.yaml" for name in ("posts", "context", "topics"))
WEIGHTS = {"reveals": 6, "tells": 5, "speaks": 3, "identity": 2, "hints": 1}
LONGEST = 20_000
# A passage: the sentences that fit in so many words; a longer sentence is cut at twice as many.
PASSAGE_WORDS = 18
ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@[\w.@-]+")
HASHTAG = re.compile(r"#(\w+)")
HUMP = re.compile(r"(?<=[a-zà-öø-ÿ0-9])(?=[A-ZÀ-ÖØ-Þ])")
SENTENCE_ENDS = ".!?…\n;•|"
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
Lists = Mapping[str, Any]


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
class Lexicon:
    """The lists, ready: `cues` by kind and strength, `topics` by kind, and what stands around."""

    folding: _Folding
    cues: Rules
    topics: Rules
    innocent: Rules
    persons: Rules
    neutral: Rules
    vocabulary: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists that the package ships, read once."""
    data, context, topics = (read_yaml(path) for path in FILES)
    classes = context["classes"]
    emoji = dict(_emoji(data))
    cues = [*_cues(data), *emoji.values()]
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
    said = [Weighed(word, kind, 0) for kind in KINDS for word in _phrases(topics[kind])]
    rules = {rule for rule, _, _ in (*cues, *persons)}
    return Lexicon(
        folding=_Folding((char, cue.rule) for char, cue in emoji.items()),
        cues=Rules.of(cues, classes),
        topics=Rules.of(said, classes),
        innocent=Rules.of(innocent, classes),
        persons=Rules.of(persons, classes),
        neutral=Rules.of(neutral, classes),
        vocabulary=_vocabulary(rules, classes.values()),
    )


def words_of(text: str, hashtags: Sequence[str] = ()) -> list[str]:
    """The words of a post.

    >>> words_of("Fière ! #MonCancer", ["montval"])
    ['fiere', '.', 'mon', 'cancer', '.', 'montval']
    """
    text, folding = text[:LONGEST], lexicon().folding
    if "://" in text or "@" in text or "www." in text:
        text = ADDRESS.sub(" ", text)
    more = [tag for tag in hashtags if tag and f"#{tag}".lower() not in text.lower()]
    if more:
        text = f"{text} . #{' #'.join(more)}"
    if "#" in text:
        text = HASHTAG.sub(lambda found: f" {_split(found[1])} ", text)
    return text.translate(folding).split()


def passages(words: Sequence[str]) -> Iterator[list[str]]:
    """A post's sentences, as many together as make a passage, then each alone.

    >>> list(passages(["fiere", ".", "enfin", ".", *["mot"] * 17]))[:2]
    [['fiere', '.', 'enfin'], ['mot', 'mot', 'mot', 'mot', 'mot', 'mot', 'mot', 'mot', 'mot', \
'mot', 'mot', 'mot', 'mot', 'mot', 'mot', 'mot', 'mot']]
    """
    sentences = list(_sentences(words))
    passage: list[str] = []
    for sentence in sentences:
        if passage and len(passage) + len(sentence) > PASSAGE_WORDS:
            yield passage
            passage = []
        passage = [*passage, ".", *sentence] if passage else sentence
    if passage:
        yield passage
    if len(sentences) > 1:
        yield from sentences


def _sentences(words: Sequence[str]) -> Iterator[list[str]]:
    for is_end, group in groupby(words, key=".".__eq__):
        sentence = [] if is_end else list(group)
        for start in range(0, len(sentence), 2 * PASSAGE_WORDS):
            yield sentence[start : start + 2 * PASSAGE_WORDS]


@lru_cache(maxsize=20_000)
def _split(tag: str) -> str:
    """A hashtag in words: at its capitals, else where the words of the lists allow it.

    >>> _split("FierDEtreSyndiqué"), _split("moncancer"), _split("montreval")
    ('Fier DEtre Syndiqué', 'mon cancer', 'montreval')
    """
    parts = HUMP.split(tag.replace("_", " "))
    if len(parts) > 1 or " " in parts[0]:
        return " ".join(parts)
    known = lexicon()
    folded = tag.translate(known.folding).replace(" ", "")
    if folded in known.vocabulary:
        return tag
    return _cut(folded[:60], known.vocabulary) or tag


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


def _cues(data: Lists) -> Iterator[Weighed]:
    for kind in KINDS:
        for strength, weight in WEIGHTS.items():
            for rule in chain.from_iterable(data[kind].get(strength, [])):
                yield Weighed(str(rule), kind, weight)


def _emoji(data: Lists) -> Iterator[tuple[str, Weighed]]:
    """What each emoji is read as."""
    for kind in KINDS:
        for strength, chars in dict(data[kind]["emoji"]).items():
            for char in chars:
                yield char, Weighed(f"emoji{strength}{kind}", kind, WEIGHTS[strength])


def _phrases(words: str) -> list[str]:
    """Words set apart by spaces; `a_b` is two words in order."""
    return [word.replace("_", " ") for word in words.split()]


def _vocabulary(rules: Iterable[str], classes: Iterable[Sequence[str]]) -> frozenset[str]:
    """Plain words of the lists, by which hashtags in one word are cut."""
    said = " ".join((*rules, *chain.from_iterable(classes)))
    words = re.findall(r"(?<![\w<~])[^\W\d_]{2,}(?![\w*>])", said.replace("_", " "))
    return frozenset(word.translate(_Folding(())) for word in words)
