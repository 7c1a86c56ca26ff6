"""The words of one post as the lexicon reads them, and where each stands as written.

Folded words of the text, its hashtags and its links, in order, and its emoji. Function words tell
French from English where the platform does not.
"""

from __future__ import annotations

__all__ = ["MOST_CHARACTERS", "Wording", "wording"]

import re
from dataclasses import dataclass
from pathlib import Path

from cities.data_files import read_yaml
from cities.names import fold
from scoring.post_text import PostText

# A post longer than this says in its beginning what it is about.
MOST_CHARACTERS = 5_000
WRITTEN = re.compile(r"\w+")
EMOJI = re.compile("[\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\u2600-\u27bf]")
SITE = re.compile(r"^\w+://(?:www\.)?([^/?#]{1,100})([^?#]{0,100})")
NOT_WORD = re.compile(r"[^a-z0-9]+")
# Latin letters, marks, punctuation and emoji, as `fold` has them: a tenth of its time.
PLAIN = {
    code: fold(chr(code)) or ("" if 0x300 <= code <= 0x36F else " ")
    for part in ((0x80, 0x370), (0x1E00, 0x2C00), (0xFE00, 0xFE10), (0x1F000, 0x1FB00))
    for code in range(*part)
}
ENDINGS = frozenset(("com", "fr", "org", "net", "eu", "html", "php", "www", "http", "https"))
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words)
    for language, words in read_yaml(Path(__file__).parent / "function_words.yaml").items()
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Folded words in order; the emoji; fr or en, None when neither or both."""

    words: tuple[str, ...]
    emoji: tuple[str, ...]
    language: str | None

    @property
    def is_empty(self) -> bool:
        """Nothing to read."""
        return not self.words and not self.emoji


def wording(post: PostText) -> Wording:
    """The wording of a post.

    >>> wording(PostText("C'est l'été ☀ au marché", hashtags=("Marché",)))
    Wording(words=('c', 'est', 'l', 'ete', 'au', 'marche'), emoji=('☀',), language='fr')
    """
    text = post.text[:MOST_CHARACTERS]
    words = _folded(text).split()
    seen = set(words)
    for more in (*(fold(tag) for tag in post.hashtags[:30]), *_site_words(post.links[:5])):
        if more and more not in seen:
            words.extend(more.split())
    emoji = () if text.isascii() else tuple(dict.fromkeys(EMOJI.findall(text)))
    return Wording(tuple(words), emoji, _language(post.language, seen))


def _folded(text: str) -> str:
    """As `fold` does, letter by letter through a table where the letters are the usual ones."""
    plain = text if text.isascii() else text.translate(PLAIN)
    return NOT_WORD.sub(" ", plain.lower()) if plain.isascii() else fold(text)


def _site_words(links: tuple[str, ...]) -> list[str]:
    parts = [match.groups() for match in map(SITE.match, links) if match]
    words = fold(" ".join(" ".join(part) for part in parts)).split()
    return [word for word in words if word not in ENDINGS]


def _language(said: str | None, words: set[str]) -> str | None:
    if said:
        return said if said in ("fr", "en") else None
    french, english = (len(words & FUNCTION_WORDS[spoken]) for spoken in ("fr", "en"))
    if french > english:
        return "fr"
    return "en" if english > french else None
