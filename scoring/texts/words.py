"""What a post is cut into: words as typed, then the folded forms under which they are known.

Addresses and handles are dropped. Emoji are words. A word keeps no accent: people write « été »
and « ete » alike. French elisions lose their head (« l'atelier » is « atelier »), English ones are
written in one word (« don't » is « dont », as people type it). Capitals inside a hashtag part its
words (`#StreetPhotography`); a hashtag in lower case is parted by those who know the words.
"""

from __future__ import annotations

__all__ = ["LONGEST", "folded_words", "raw_words"]

import re
import unicodedata
from collections.abc import Iterable

from scoring.post_text import PostText

LONGEST = 40
EMOJI = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf\u2b00-\u2bff"
TOKEN = re.compile(
    r"https?:/\S*|www\.\S+|@\w+"
    rf"|([\U0001f1e6-\U0001f1ff]{{2}}|[{EMOJI}]"
    r"|#?[^\W_]+(?:['’ʼ][^\W_]+)*)"
)
CAPITALS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ø": "o", "Ø": "O", "ı": "i", "ł": "l"}
)
FRENCH_HEADS = frozenset(
    ["l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu"]
)
ENGLISH_TAILS = frozenset(["t", "re", "ve", "ll", "d", "m"])
NOT_ELIDED = frozenset({"aujourd'hui"})


def raw_words(post: PostText) -> Iterable[str]:
    """The different words of a post, as typed, in the order of the text.

    >>> list(raw_words(PostText("Vu l'expo @moi 🎨 #StreetArt https://a.fr", hashtags=("Lyon",))))
    ['Vu', "l'expo", '🎨', '#StreetArt', '#Lyon']
    """
    found = TOKEN.findall(post.text)
    if post.hashtags:
        found += [f"#{tag}" for tag in post.hashtags]
    different = dict.fromkeys(found)
    different.pop("", None)
    return different


def folded_words(raw: str) -> list[str]:
    """The folded words of one word as typed; none for a giant.

    >>> folded_words("L'Été"), folded_words("don't"), folded_words("#FêteDeLaMusique")
    (['ete'], ['dont'], ['fete', 'de', 'la', 'musique'])
    >>> folded_words("x" * 50)
    []
    """
    if len(raw) > LONGEST:
        return []
    plain = _unaccented(raw)
    if plain[:1] == "#":
        return [part.lower() for part in CAPITALS.findall(plain)]
    return _without_elision(plain.lower())


def _unaccented(raw: str) -> str:
    if raw.isascii():
        return raw
    parts = unicodedata.normalize("NFKD", raw.translate(LIGATURES))
    return "".join(char for char in parts if not unicodedata.combining(char)).replace("’", "'")


def _without_elision(word: str) -> list[str]:
    if "'" not in word:
        return [word]
    if word in NOT_ELIDED:
        return [word.replace("'", "")]
    parts = word.split("'")
    while len(parts) > 1 and parts[0] in FRENCH_HEADS:
        parts = parts[1:]
    if len(parts) == 2 and parts[1] in ENGLISH_TAILS:
        return ["".join(parts)]
    return [part for part in parts if len(part) > 1]
