"""Posts to learn from: templates with names of communes in their slots, and real sentences.

Names are drawn by what a template needs (a word, a first name, a large town …), half of them from
those that mean something else too, so that the model learns the words around and not the names.
Each post is written as people do: as it is, without capitals, without accents, without hyphens.
"""

from __future__ import annotations

__all__ = ["Example", "examples_of_posts", "examples_of_sentences", "folded", "substituted"]

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.mention_names import Pool, names_like, slots_for
from benchmarks.mention_sentences import SENTENCES
from benchmarks.relevance import unaccented
from cities.communes import communes, folded_names
from cities.names import fold
from scoring.mentions.names import is_first_name
from scoring.mentions.window import Mention
from scoring.word_lists import word_list

TEMPLATES = Path(__file__).parent / "data" / "mention_templates.yaml"
TIMES = {"here": 16, "word": 24, "person": 16, "club": 18, "land": 14, "abroad": 20, "longer": 24,
         "rival": 20, "street": 16, "thing": 16}  # fmt: skip
VOWELS = "aeiouyhâéèêîôû"
SURNAME = re.compile(
    r"\{F\} (?:de )?\{X\}|M\. \{X\}|Mme|docteur|Mrs? |ministre|président|avocat|madame|famille"
    r"|juge|Maître|capitaine|inspecteur"
)
MADE, MADE_TIMES = 160, 3
ADDED = 0.35
NEARBY = (" ({D})", ", {D}", " #{D}", ", près de {Z}", ". {Z} aussi", ", dans {D}", " ou {Z}")
CONTRACTED = {"le": ("au", "du"), "les": ("aux", "des")}
# Words are rarely capitals within a sentence; at its start, styles give them one.
LOWER = 0.9
SLOT = re.compile(r"\{([A-Z])\}")
HEAD = re.compile(r"<(\w+)>")
# Phrases made of a class of nouns are many, and of one hand: they weigh half.
OF_HEADS = 0.7
Draw = np.random.Generator


@dataclass(frozen=True, slots=True)
class Example:
    """A mention, whether it is the commune, and the group that is never split by a fold."""

    mention: Mention
    right: bool
    group: str
    weight: float = 1.0


@cache
def _templates() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    return read


def examples_of_posts(seed: int = 0) -> Iterator[Example]:
    """Templates, filled and written as people write."""
    draw = np.random.default_rng(seed)
    for group, texts in _all_texts(draw):
        kind, *rest = group.split("_")
        language = rest[-1] if rest and rest[-1] in ("fr", "en", "es") else "fr"
        for number, template in enumerate(texts):
            for _ in range(MADE_TIMES if group in _templates()["made"] else TIMES[kind]):
                found = _filled(template, group, language, draw)
                if found is not None:
                    text, start, end, insee = found
                    tag = ""
                    if "capital" not in group:
                        text, start, end, tag = _styled(text, start, end, draw)
                    said = language if draw.random() < 0.4 else None
                    mention = Mention(text, start, end, insee, said, tag)
                    weight = OF_HEADS if "heads" in group else 1.0
                    yield Example(mention, kind == "here", f"{group} {number}", weight)


def _all_texts(draw: Draw) -> Iterator[tuple[str, list[str]]]:
    """The groups with their templates, those made of phrases last."""
    for group, texts in _templates().items():
        if group not in ("before", "after", "made"):
            yield group, texts
    for group, parts in _templates()["made"].items():
        yield group, [_made(parts, draw) for _ in range(MADE)]


def _made(parts: Sequence[Sequence[str]], draw: Draw) -> str:
    """A phrase of each list; `<class>` stands for a noun of that class of `phrase_heads`."""
    text = "".join(str(draw.choice(part)) for part in parts)
    return HEAD.sub(lambda found: str(draw.choice(word_list("phrase_heads")[found[1]])), text)


def _filled(
    template: str, group: str, language: str, draw: Draw
) -> tuple[str, int, int, str] | None:
    pool = _pool(group, template, draw)
    insee, name = names_like(pool, draw)
    slots = slots_for(insee, name, pool, draw)
    if group.startswith("word") and draw.random() < LOWER and slots is not None:
        slots["X"] = name.lower()
    if slots is None or ("d'{X}" in template and fold(name)[0] not in VOWELS):
        return None
    if group.startswith("here") and not re.search(r"\{[DZK]\}", template):
        template += str(draw.choice(("", *NEARBY), p=(0.76, *[0.24 / len(NEARBY)] * len(NEARBY))))
    template, slots = _contracted(template, slots)
    if re.search(r"#\w*\{X\}", template):
        slots["X"] = "".join(re.findall(r"\w+", slots["X"]))
        slots = {key: "".join(re.findall(r"\w+", v)) if f"#{{{key}}}" in template else v
                 for key, v in slots.items()}  # fmt: skip
    template = _dressed(template, language, draw)
    text, at = "", 0
    start = end = -1
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        if slot[1] in "XIR" and start < 0:
            start, end = len(text), len(text) + len(slots["X" if slot[1] == "R" else slot[1]])
        text += slots[slot[1]]
        at = slot.end()
    return text + template[at:], start, end, insee


def _contracted(template: str, slots: dict[str, str]) -> tuple[str, dict[str, str]]:
    """As French does it: d'Orange, au Mans, du Havre, des Lilas."""
    name = slots["X"]
    if fold(name)[:1] in tuple("aeiou"):
        return re.sub(r"\b([Dd])e \{X\}", r"\1'{X}", template), slots
    article, _, rest = name.partition(" ")
    joined = CONTRACTED.get(article.lower())
    found = re.search(r"(?<!\w)(à|de) \{X\}", template) if joined and rest else None
    if not joined or not found:
        return template, slots
    said = joined[found[1] == "de"]
    return template.replace(f"{found[1]} {{X}}", "{X}", 1), {**slots, "X": f"{said} {rest}"}


def _dressed(template: str, language: str, draw: Draw) -> str:
    """With words before and after, at random."""
    around = _templates()
    code = "en" if language == "en" else "fr"
    before = draw.choice(around["before"][code]) if draw.random() < ADDED else ""
    after = draw.choice(around["after"][code]) if draw.random() < ADDED else ""
    return f"{before}{template}{after}"


def _pool(group: str, template: str, draw: Draw) -> Pool:
    kind, *rest = group.split("_")
    if kind == "word":
        return "english" if rest[-1] == "en" else "word"
    if kind == "person":
        return "surname" if SURNAME.search(template) else "first_name"
    if "capital" in group:
        return "word" if draw.random() < 0.6 else "english"
    if kind == "product":
        return "product" if draw.random() < 0.35 else "any"
    pools: Mapping[str, Pool] = {"club": "large", "land": "land", "abroad": "foreign",
                                 "longer": "longer", "rival": "rival"}  # fmt: skip
    return pools.get(kind, "people" if "{I}" in template else "any")


def _styled(text: str, start: int, end: int, draw: Draw) -> tuple[str, int, int, str]:
    """As written, or in one of the ways of those who write fast; a hashtag's words apart."""
    tag = ""
    if (start and text[:start].endswith("#")) or re.search(r"#\w*$", text[:start]):
        tag = re.search(r"#(\w*)$", text[:start])[1] + re.match(r"\w*", text[start:])[0]  # type: ignore[index]
        after = text[end:]
        glued = " " if re.match(r"\w", after) else ""
        head = text[:start]
        if not head.endswith("#"):
            head += " "
        text, end = head + text[start:end] + glued + after, len(head) + end - start
        start = len(head)
    write = _way(draw)
    before, name, after = write(text[:start]), write(text[start:end]), write(text[end:])
    if write is _first_only:
        before, name, after = _first_only_parts(text[:start], text[start:end], text[end:])
    return before + name + after, len(before), len(before) + len(name), tag


def _way(draw: Draw) -> Callable[[str], str]:
    ways = (str, unaccented, str.lower, _first_only, _without_hyphens, str.upper)
    return ways[draw.choice(len(ways), p=[0.4, 0.25, 0.12, 0.12, 0.08, 0.03])]


def _first_only(text: str) -> str:
    return text.lower()


def _first_only_parts(before: str, name: str, after: str) -> tuple[str, str, str]:
    """A capital at the start of the sentence only."""
    if before.strip():
        return before[:1].upper() + before[1:].lower(), name.lower(), after.lower()
    return before, name.capitalize(), after.lower()


def _without_hyphens(text: str) -> str:
    return text.replace("-", " ") if "Aix" in text or text.count("-") > 1 else text


def examples_of_sentences(seed: int = 1) -> Iterator[Example]:
    """Real sentences, half of them also without capitals and accents; slots get names."""
    draw = np.random.default_rng(seed)
    lines = gzip.decompress(SENTENCES.read_bytes()).decode().splitlines()
    for number, row in enumerate(map(json.loads, lines)):
        texts = [(row, False), (row, True)] if draw.random() < 0.5 else [(row, draw.random() < 0.5)]
        for one, is_folded in texts:
            yield _of_row(one, number, draw, is_folded=is_folded)


def _of_row(row: Mapping[str, Any], number: int, draw: Draw, *, is_folded: bool) -> Example:
    text, start, end = row["text"], row["start"], row["end"]
    if row["name"]:
        insee = largest_of(row["name"])
    else:
        insee, name = names_like("any", draw)
        text, end = f"{text[:start]}{name}{text[end:]}", start + len(name)
    mention = Mention(text, start, end, insee, row["language"] if draw.random() < 0.3 else None)
    if is_folded:
        mention = folded(mention)
    return Example(mention, bool(row["right"]), f"sentence {number}")


def folded(mention: Mention) -> Mention:
    """The mention in lower case without accents."""
    text = mention.text
    parts = text[: mention.start], text[mention.start : mention.end], text[mention.end :]
    before, name, after = (unaccented(part) for part in parts)
    end = len(before) + len(name)
    return Mention(before + name + after, len(before), end, mention.insee, mention.language)


@cache
def _largest() -> Mapping[str, str]:
    found: dict[str, tuple[int, str]] = {}
    for listed, name in zip(communes(), folded_names(), strict=True):
        one = (listed.commune.population, listed.commune.insee)
        found[name] = max(found.get(name, one), one)
    return {name: insee for name, (_, insee) in found.items()}


def largest_of(name: str) -> str:
    """The code of the largest commune of a folded name."""
    return _largest()[name]


def substituted(example: Example, draw: Draw) -> Example | None:
    """The same words around, with the name of another commune."""
    mention = example.mention
    insee, name = names_like("any", draw)
    before = mention.text[: mention.start]
    is_vowel = fold(name)[0] in VOWELS
    if before.endswith(("'", "’")) and not is_vowel:
        return None
    if is_first_name(fold(mention.text[mention.start : mention.end])):
        return None
    if mention.text[mention.start : mention.end].islower():
        name = unaccented(name)
    text = f"{before}{name}{mention.text[mention.end :]}"
    moved = Mention(text, mention.start, mention.start + len(name), insee, mention.language)
    return Example(moved, example.right, example.group, example.weight)


def counts(examples: Sequence[Example]) -> Mapping[str, int]:
    """How many of each kind, for the card."""
    found: dict[str, int] = {}
    for example in examples:
        kind = example.group.split()[0]
        found[kind] = found.get(kind, 0) + 1
    return found
