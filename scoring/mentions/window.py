"""One mention of a name in a text, and the words on both sides of it."""

from __future__ import annotations

__all__ = ["PERSON", "Mention", "Window", "folded_word", "window_of"]

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cities.names import fold
from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.names import full_name

WORD = re.compile(r"\[PERS\]|[^\W_]+|[^\w\s]|_")
PERSON = "[PERS]"
MOST = 170
# Written without its accent in a text that bears capitals, this is the verb, not the market.
VERB, MARKET = "marcher", "marche"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start:end` of a text, and the commune (INSEE code) that it may mean.

    `language`: two letters where the platform says it; `tag`: the hashtag that the name is in.
    """

    text: str
    start: int
    end: int
    insee: str
    language: str | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The words left and right of a mention, as written and folded; a mark folds to nothing."""

    mention: Mention
    own: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_words: tuple[str, ...]
    right_words: tuple[str, ...]
    is_folded: bool
    is_contracted: bool

    @property
    def name(self) -> str:
        """The name as written."""
        return self.mention.text[self.mention.start : self.mention.end]


@lru_cache(maxsize=50_000)
def folded_word(word: str) -> str:
    """A word folded, the mask of a person kept."""
    return PERSON if word == PERSON else fold(word)


def window_of(mention: Mention) -> Window:
    """What stands around a mention, `MOST` characters each side."""
    text = mention.text
    said = folded_word(text[mention.start : mention.end])
    left = WORD.findall(text[max(0, mention.start - MOST) : mention.start])
    right = WORD.findall(text[mention.end : mention.end + MOST])
    around = text[max(0, mention.start - MOST) : mention.end + MOST]
    is_folded = around.replace(PERSON, "").islower() or not any(map(str.isupper, around))
    return Window(
        mention=mention,
        own=full_name(said, knowledge_of(mention.insee).folded),
        is_contracted=said.startswith(("au ", "du ", "aux ", "des ")),
        left=tuple(left),
        right=tuple(right),
        left_words=_folded(left, is_folded=is_folded),
        right_words=_folded(right, is_folded=is_folded),
        is_folded=is_folded,
    )


def _folded(words: Sequence[str], *, is_folded: bool) -> tuple[str, ...]:
    found = tuple(map(folded_word, words))
    if is_folded or MARKET not in words:
        return found
    return tuple(VERB if word == MARKET else one for word, one in zip(words, found, strict=True))
