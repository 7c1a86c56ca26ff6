"""What the model of mentions says of posts that may name a city."""

from __future__ import annotations

__all__ = ["NameReader", "Named"]

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from cities.names import fold, hashtag, name_forms
from scoring.city_terms import CityTerms
from scoring.clue import Clue
from scoring.mentions.finding import Finder
from scoring.mentions.knowledge import knowledge_of
from scoring.mentions.model import explain, figures_of, log_odds
from scoring.mentions.people import inhabitants_of
from scoring.mentions.window import Mention
from scoring.patterns import written_any_of
from scoring.post_text import PostText

# A post that names the city says so early; a very long text is read no further.
LONGEST_TEXT = 5_000
# Sums may differ in the last digits from machine to machine.
DIGITS = 6
SHOWN, LEAST_SHOWN = 8, 0.05
WORD_BEFORE = re.compile(r"[^\W_]+\W{1,2}$")
LONGEST_WORD = 30
JOINTS = {"au": ("à", "Le"), "du": ("de", "Le"), "aux": ("à", "Les"), "des": ("de", "Les")}


@dataclass(frozen=True, slots=True)
class Named:
    """What the best mention of a post says: log-odds that it is the city, and the words there.

    `is_full`: a name of several words that means nothing else, said in full.
    """

    log_odds: float
    words: str
    is_full: bool


class NameReader:
    """Reads the mentions of one city, those within the name of a namesake left out."""

    def __init__(self, terms: CityTerms) -> None:
        known = knowledge_of(terms.insee)
        self._finder = Finder(known, aliases=terms.names, inhabitants=terms.inhabitants)
        self._full = set(name_forms(terms.name)) if terms.is_full_name_clear else set[str]()
        self._clear_tags = {tag for tag in terms.tags if tag != fold(terms.name)}
        self._people = {*terms.inhabitants, *terms.demonyms, *inhabitants_of(known.folded)}
        self._namesakes = re.compile(written_any_of(terms.namesakes), re.IGNORECASE)

    def best(self, posts: Sequence[PostText]) -> tuple[Named | None, ...]:
        """For each post its best mention; None where the name is not found."""
        found = [(at, mention) for at, post in enumerate(posts) for mention in self.mentions(post)]
        odds = np.round(log_odds(figures_of([mention for _, mention in found])), DIGITS).tolist()
        best: list[Named | None] = [None] * len(posts)
        for at, group in groupby(zip(found, odds, strict=True), key=lambda item: item[0][0]):
            (_, mention), highest = max(group, key=lambda item: item[1])
            best[at] = Named(highest, _words_at(mention), self._is_full(mention))
        return tuple(best)

    def clues(self, post: PostText, contribution: float) -> tuple[Clue, ...]:
        """What made the name of a post weigh so much: the words and places around its best mention.

        They add up to `contribution`, which the night wrote; dear: only for posts that are shown.
        """
        mentions = self.mentions(post)
        if not mentions:
            return ()
        base, shares = explain(mentions[int(np.argmax(log_odds(figures_of(mentions))))])
        shown = [share for share in shares[:SHOWN] if abs(share.log_odds) >= LEAST_SHOWN]
        clues = [Clue(f"name_{share.sign}", share.log_odds, share.detail) for share in shown]
        rest = contribution - base - sum(share.log_odds for share in shown)
        return (Clue("name_base", base), *clues, Clue("name_rest", rest))

    def mentions(self, post: PostText) -> tuple[Mention, ...]:
        """The first mentions; inhabitants and clear hashtags (#nice06) are weighed elsewhere."""
        text = self._namesakes.sub(lambda found: " " * len(found[0]), post.text[:LONGEST_TEXT])
        found = self._finder.mentions(replace(post, text=text))
        return tuple(_parted(mention) for mention in found if not self._is_weighed(mention))

    def _is_weighed(self, mention: Mention) -> bool:
        said = fold(mention.text[mention.start : mention.end])
        return said in self._people or hashtag(mention.tag) in self._clear_tags

    def _is_full(self, mention: Mention) -> bool:
        return fold(mention.text[mention.start : mention.end]) in self._full


def _parted(mention: Mention) -> Mention:
    """« au Havre » read as « à Le Havre »: the model learnt what stands before a whole name."""
    joint, _, rest = mention.text[mention.start : mention.end].partition(" ")
    parts = JOINTS.get(joint.lower())
    if not parts or not rest:
        return mention
    before = f"{mention.text[: mention.start]}{parts[0]} "
    name = f"{parts[1].lower() if rest.islower() else parts[1]} {rest}"
    text = f"{before}{name}{mention.text[mention.end :]}"
    return replace(mention, text=text, start=len(before), end=len(before) + len(name))


def _words_at(mention: Mention) -> str:
    """The name as written, after the word before it."""
    start = mention.start
    before = WORD_BEFORE.search(mention.text[max(0, start - LONGEST_WORD) : start])
    name = mention.text[start : mention.end]
    return " ".join(f"{before[0] if before else ''}{name}".split())
