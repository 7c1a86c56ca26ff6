"""What a post says of a city by the mentions of its name: log-odds, and the clues that add up.

    reader = MentionReader(knowledge_of("06088"))
    reader.log_odds([PostText("vivre à Nice")])        # one figure a post, −∞ without a mention
    reader.readings(PostText("vivre à Nice"))          # each mention, with its clues

A post's figure is that of the mention that speaks most for the city. `prior` is added to each:
how much more, or less, a post found by this name's search speaks of the city than news do.
"""

from __future__ import annotations

__all__ = ["MentionReader", "Reading"]

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.clue import Clue
from scoring.mentions.finding import Finder
from scoring.mentions.knowledge import Knowledge
from scoring.mentions.model import explain, figures_of, log_odds
from scoring.post_text import PostText

SHOWN = 8
LEAST_SHOWN = 0.05


@dataclass(frozen=True, slots=True)
class Reading:
    """One mention: as written, where in the text that was read, and what weighed.

    The contributions add up to `log_odds`. `tag`: the hashtag that holds the name, if one does.
    """

    said: str
    start: int
    end: int
    tag: str
    log_odds: float
    clues: tuple[Clue, ...]


class MentionReader:
    """Reads posts for one city of the official list."""

    def __init__(
        self,
        known: Knowledge,
        *,
        aliases: Sequence[str] = (),
        inhabitants: Sequence[str] = (),
        prior: float = 0.0,
    ) -> None:
        self.known = known
        self.prior = prior
        self._finder = Finder(known, aliases=aliases, inhabitants=inhabitants)

    def log_odds(self, posts: Sequence[PostText]) -> NDArray[np.float64]:
        """Of each post, that of its most telling mention; −∞ where the city is not named."""
        mentions, owner = [], []
        for at, post in enumerate(posts):
            found = self._finder.mentions(post)
            mentions += found
            owner += [at] * len(found)
        best = np.full(len(posts), -np.inf)
        np.maximum.at(best, np.array(owner, dtype=np.int64), log_odds(figures_of(mentions)))
        return best + self.prior

    def readings(self, post: PostText) -> tuple[Reading, ...]:
        """Each mention of a post with its clues, the most telling first."""
        found = []
        for mention in self._finder.mentions(post):
            base, shares = explain(mention)
            shown = [s for s in shares[:SHOWN] if abs(s.log_odds) >= LEAST_SHOWN]
            rest = sum(s.log_odds for s in shares if s not in shown)
            clues = (
                Clue("mention_base", base + self.prior, self.known.name),
                *(Clue(s.sign, s.log_odds, s.detail) for s in shown),
                Clue("other_signs", rest),
            )
            said = mention.text[mention.start : mention.end]
            total = sum(clue.contribution for clue in clues)
            where = (mention.start, mention.end, mention.tag)
            found.append(Reading(said, *where, total, clues))
        return tuple(sorted(found, key=lambda one: -one.log_odds))
