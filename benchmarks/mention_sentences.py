"""Makes `data/mention_sentences.ndjson.gz`: sentences that name a commune.

`python -m benchmarks.mention_sentences FOLDER`; FOLDER holds, under these names, the files of:

- `UD_French-GSD`, `UD_French-Sequoia`, `UD_French-ParisStories`, `UD_French-Rhapsodie`,
  `UD_English-EWT`, `UD_Spanish-GSD` (Universal Dependencies: `*.conllu`): words that are no proper
  noun are words; a proper noun after a preposition of place is a commune if that is large enough;
- `ner-corpora` (Europeana Newspapers: `enp_FR.bnf.bio`): annotated places and persons;
- `nlu-benchmark` (Snips: `train_*_full.json`): the city of a spoken request is a slot, `{X}`.

A row: `text`, `start`, `end`, `name` (folded), `right` (is it the commune?), `language`, `source`.
"""

from __future__ import annotations

__all__ = ["SENTENCES", "main"]

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cities.names import fold
from cities.territories import countries, departements, regions
from scoring.mentions.names import is_first_name, name_of
from scoring.mentions.window import PERSON

SENTENCES = Path(__file__).parent / "data" / "mention_sentences.ndjson.gz"
LANGUAGES = {"French": "fr", "English": "en", "Spanish": "es"}
BEFORE_PLACES = ("à", "de", "d'", "d’", "sur", "vers", "entre", "pour", "depuis", "près")
BEFORE_SLOTS = {"fr": ("à",), "en": ("in", "near", "from"), "es": ()}
NO_PLACES = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "spring", "summer", "autumn", "fall", "winter", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "english", "french",
    "arabic", "spanish", "chinese", "god", "jesus", "christmas", "noel", "paques", "dieu",
    "internet", "california", "texas", "florida", "america", "iraq", "iran", "india", "china",
    "europe", "africa", "asia", "mexico", "canada", "gaza", "israel", "afghanistan", "pakistan",
    "ramadan", "islam",
))  # fmt: skip
LARGE, MOST_OF_NAME, MOST_REQUESTS = 5_000, 18, 700
AROUND_BIO, LONGEST = 22, 340
Row = dict[str, Any]
Word = tuple[int, int, str, str, str]


def _sentences(path: Path) -> Iterator[tuple[str, list[Word]]]:
    """Text of a sentence, and its words: start, end, form, part of speech, relation."""
    text, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            text = line[9:]
        elif line and not line.startswith("#"):
            lines.append(line.split("\t"))
        elif not line and lines:
            yield _masked(text, _placed(text, lines))
            text, lines = "", []


def _placed(text: str, lines: list[list[str]]) -> list[Word]:
    found: list[Word] = []
    at, inside = 0, 0
    for number, form, _, part, *others in lines:
        if "." in number or (number.isdigit() and int(number) <= inside):
            continue
        if "-" in number:
            inside = int(number.split("-")[1])
        start = text.find(form, at)
        if start >= 0:
            at = start + len(form)
            found.append((start, at, form, part, others[3] if len(others) > 3 else ""))
    return found


def _masked(text: str, words: list[Word]) -> tuple[str, list[Word]]:
    """The sentence with each person named by a first name, and the names that follow, masked."""
    masked, found, copied = "", list[Word](), 0
    for at, (start, end, form, part, relation) in enumerate(words):
        follows = bool(found) and found[-1][2] == PERSON and words[at - 1][3] == "PROPN"
        if part == "PROPN" and form[:1].isupper() and (follows or is_first_name(fold(form))):
            masked += text[copied:start] if not follows else ""
            if not follows:
                found.append((len(masked), len(masked) + len(PERSON), PERSON, "_", ""))
                masked += PERSON
        else:
            masked += text[copied:start]
            found.append((len(masked), len(masked) + end - start, form, part, relation))
            masked += text[start:end]
        copied = end
    return masked + text[copied:], found


def _of_treebank(folder: Path, language: str) -> Iterator[Row]:
    for path in sorted(folder.rglob("*.conllu")):
        for text, words in _sentences(path):
            for at, (start, end, form, part, _) in enumerate(words):
                name = fold(form)
                if " " in name or len(name) < 2 or not name_of(name).largest or part in ("_", "X"):
                    continue
                right = _meaning(words, at, language) if part == "PROPN" else False
                if right is not None:
                    yield _row(text, start, end, right=right, of=(language, folder.name))
            yield from _slots(text, words, (language, folder.name))


def _slots(text: str, words: Sequence[Word], of: tuple[str, str]) -> Iterator[Row]:
    """Any proper noun alone after a preposition of place: a place for another name."""
    for at, (start, end, form, part, _) in enumerate(words[:-1]):
        before = words[at - 1] if at else (0, 0, "", "", "")
        is_place = before[2].lower() in BEFORE_SLOTS[of[0]] and form[:1].isupper()
        if not is_place or part != "PROPN" or words[at + 1][3] == "PROPN":
            continue
        is_land = fold(form) in countries() or text[end : end + 2].strip()[:1] in (",", "(")
        if (
            not is_land
            and fold(form) not in NO_PLACES
            and not is_first_name(fold(form))
            and form.istitle()
        ):
            slot = f"{text[:start]}{{X}}{text[end:]}"
            yield _row(slot, start, start + 3, right=True, of=of)


def _meaning(words: Sequence[Word], at: int, language: str) -> bool | None:
    """A proper noun: a commune, or not told."""
    before = words[at - 1] if at else (0, 0, "", "", "")
    after = words[at + 1] if at + 1 < len(words) else (0, 0, "", "", "")
    name = fold(words[at][2])
    is_alone = "PROPN" not in (before[3], after[3]) and words[at][2][:1].isupper()
    if language == "fr" and is_alone and before[2].lower() in BEFORE_PLACES and _is_town(name):
        return True
    return None


def _is_town(name: str) -> bool:
    known = name_of(name)
    is_other = is_first_name(name) or name in departements() or name in regions()
    return known.largest >= max(LARGE, known.foreign) and not is_other and name not in countries()


def _of_newspapers(path: Path) -> Iterator[Row]:
    pairs = [line.rsplit(" ", 1) for line in path.read_text(encoding="utf-8").splitlines()]
    tokens = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    for at, (form, label) in enumerate(tokens):
        name = fold(form)
        kind = label.removeprefix("B-").removeprefix("I-")
        if " " in name or len(name) < 3 or not name_of(name).largest:
            continue
        near = [tokens[i][1] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        is_alone = label != "O" and not any(other.endswith(kind) for other in near)
        if kind == "LOC" and not (is_alone and _is_town(name) and form[:1].isupper()):
            continue
        if (label == "O" and not form.islower()) or kind in ("ORG", "MISC"):
            continue
        before = " ".join(token for token, _ in tokens[max(0, at - AROUND_BIO) : at])
        after = " ".join(token for token, _ in tokens[at + 1 : at + AROUND_BIO])
        start = len(before) + 1 if before else 0
        text = f"{before} {form} {after}".strip()
        yield _row(text, start, start + len(form), right=kind == "LOC", of=("fr", "ner-corpora"))


def _of_requests(folder: Path) -> Iterator[Row]:
    found: dict[str, Row] = {}
    for path in sorted(folder.rglob("train_*_full.json")):
        for intent in json.loads(path.read_text(encoding="latin-1")).values():
            for item in intent:
                parts = item["data"]
                kinds = [part.get("entity") for part in parts]
                if kinds.count("city") != 1 or {"state", "country"} & set(kinds):
                    continue
                before = "".join(part["text"] for part in parts[: kinds.index("city")])
                after = "".join(part["text"] for part in parts[kinds.index("city") + 1 :])
                text = f"{before}{{X}}{after}"
                where = (len(before), len(before) + 3)
                found[text] = _row(text, *where, right=True, of=("en", "nlu-benchmark"))
    yield from random.Random(0).sample(
        sorted(found.values(), key=lambda r: r["text"]), MOST_REQUESTS
    )


def _row(text: str, start: int, end: int, *, right: bool, of: tuple[str, str]) -> Row:
    cut = max(0, start - LONGEST // 2)
    if cut:
        cut = text.rfind(" ", 0, cut) + 1
    short = text[cut : end + LONGEST // 2]
    name = fold(text[start:end]) if text[start:end] != "{X}" else ""
    row = {"text": short, "start": start - cut, "end": end - cut, "name": name}
    return {**row, "right": right, "language": of[0], "source": of[1]}


def _thinned(rows: list[Row]) -> Iterator[Row]:
    """At most so many of a name, a meaning and a source; the first of a shuffled list."""
    random.Random(0).shuffle(rows)
    counts: Counter[tuple[str, bool, str]] = Counter()
    seen: set[tuple[str, int]] = set()
    for row in rows:
        key = (row["name"], row["right"], row["source"])
        where = (row["text"], row["start"])
        if where in seen or (row["name"] and counts[key] >= MOST_OF_NAME):
            continue
        seen.add(where)
        counts[key] += 1
        yield row


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sentences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    rows = [
        row
        for treebank in sorted(folder.glob("UD_*"))
        for row in _of_treebank(treebank, LANGUAGES[treebank.name[3:].split("-")[0]])
    ]
    rows += _of_newspapers(folder / "ner-corpora" / "enp_FR.bnf.bio" / "enp_FR.bnf.bio")
    rows += _of_requests(folder / "nlu-benchmark")
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _thinned(rows))
    SENTENCES.write_bytes(gzip.compress("".join(lines).encode(), mtime=0))


if __name__ == "__main__":
    main()
