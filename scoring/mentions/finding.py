"""Where a post may name a city: its name in every way it is written, its hashtags, its people."""

from __future__ import annotations

__all__ = ["Finder"]

import re
from collections.abc import Sequence

from cities.names import fold, hashtag, name_forms
from scoring.mentions.knowledge import Knowledge
from scoring.mentions.people import inhabitants_of
from scoring.mentions.window import Mention
from scoring.post_text import PostText

LETTERS = {
    "a": "aàâäáã", "c": "cç", "e": "eéèêë", "i": "iîïí", "n": "nñ", "o": "oôöó", "u": "uùûüú",
    "y": "yÿ",
}  # fmt: skip
ADDRESSES = re.compile(r"https?://\S+|www\.\S+|(?<![\w.])@[\w.-]+")
TAG = re.compile(r"#(\w{2,80})")
BETWEEN = r"[\s\-‐‑–_'’.]{1,2}"
MIN_IN_TAG = 4
MOST_MENTIONS, LONGEST = 6, 20_000


class Finder:
    """Finds the mentions of one city in posts."""

    def __init__(
        self, known: Knowledge, *, aliases: Sequence[str] = (), inhabitants: Sequence[str] = ()
    ) -> None:
        self.known = known
        names = [known.name, *aliases] if known.name else list(aliases)
        forms = {form for name in names for form in (*name_forms(name), *_contracted(fold(name)))}
        people = {fold(word) for word in inhabitants} or set(inhabitants_of(known.folded))
        self.tags = tuple(sorted({hashtag(form) for form in forms} | {known.short} - {""}))
        words = sorted((forms | people | {known.short}) - {""}, key=lambda word: (-len(word), word))
        self._names = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(_pattern, words)) or '(?!)'})(?!\w)", re.IGNORECASE
        )

    def mentions(self, post: PostText) -> list[Mention]:
        """The first mentions of a post, in order; hashtags that hold the name among them."""
        text = _with_tags(post)
        found = [
            Mention(text, name.start(), name.end(), self.known.insee, post.language)
            for name in self._names.finditer(text)
            if text[name.start() - 1 : name.start()] != "#"
        ]
        for tag in TAG.finditer(text):
            if len(found) >= MOST_MENTIONS:
                break
            found += self._in_tag(text, tag, post.language)
        return found[:MOST_MENTIONS]

    def _in_tag(self, text: str, tag: re.Match[str], language: str | None) -> list[Mention]:
        folded = hashtag(tag[1])
        if len(folded) != len(tag[1]):
            return []
        for name in self.tags:
            at = folded.find(name)
            is_whole = folded == name
            if at < 0 or (
                not is_whole and (len(name) < MIN_IN_TAG or 0 < at < len(folded) - len(name))
            ):
                continue
            start, end = tag.start(1) + at, tag.start(1) + at + len(name)
            parts = text[:start], text[start:end], text[end:]
            before = parts[0] + (" " if at else "")
            after = (" " if at + len(name) < len(folded) else "") + parts[2]
            return [
                Mention(before + parts[1] + after, len(before), len(before) + len(name),
                        self.known.insee, language, tag[1])
            ]  # fmt: skip
        return []


def _contracted(folded: str) -> tuple[str, ...]:
    """« au Mans », « des Lilas »: the article of a name joined with the word before."""
    article, _, rest = folded.partition(" ")
    joined: dict[str, tuple[str, ...]] = {"le": ("au", "du"), "les": ("aux", "des")}
    return tuple(f"{word} {rest}" for word in joined.get(article, ()) if rest)


def _with_tags(post: PostText) -> str:
    """The text without addresses, and the hashtags that it does not hold itself after it."""
    text = ADDRESSES.sub(" ", post.text[:LONGEST])
    lowered = text.lower()
    others = [tag for tag in post.hashtags if f"#{tag.lower()}" not in lowered]
    return f"{text} {' '.join(f'#{tag}' for tag in others)}" if others else text


def _pattern(form: str) -> str:
    """A folded form as people may write it: accents, ligatures, hyphens or spaces."""
    found = "".join(
        BETWEEN if char == " " else f"[{LETTERS[char]}]" if char in LETTERS else re.escape(char)
        for char in form
    )
    return found.replace("[oôöó][eéèêë]", "(?:œ|[oôöó][eéèêë])")
