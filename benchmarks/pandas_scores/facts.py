"""The facts of a warehouse as data frames, and what each post of an author says."""

from __future__ import annotations

__all__ = ["Facts", "described_posts", "fold", "read_facts"]

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cities.bands import TO_REVIEW
from scoring.days import KINDS
from scoring.night import Night
from scoring.patterns import any_of
from scoring.word_lists import word_list

KEY = ["platform", "author_id"]
BARE = re.compile(r"https?://\S+|www\.\S+|@[\w.@-]+", re.ASCII)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Posts with their relevance, themes of posts, authors, their figures, edges."""

    posts: pd.DataFrame
    themes: pd.DataFrame
    authors: pd.DataFrame
    figures: pd.DataFrame
    edges: pd.DataFrame


def read_facts(night: Night) -> Facts:
    """All that the scores of authors are made of, out of the warehouse."""

    def of(query: str) -> pd.DataFrame:
        return night.connection.execute(query).to_arrow_table().to_pandas()

    return Facts(
        posts=of("select posts.*, relevance from posts join post_relevance"
                 " using (platform, post_id) where author_id is not null"),
        themes=of("select platform, post_id, theme, probability from post_themes"),
        authors=of("from authors"),
        figures=of("from author_figures"),
        edges=of("from edges where from_author_id <> to_author_id"),
    )  # fmt: skip


def described_posts(facts: Facts, night: Night) -> pd.DataFrame:
    """The posts, with what each one says and when it was written, in local time."""
    posts = facts.posts.copy()
    local = posts["published_at"].dt.tz_convert(night.city.timezone)
    posts["day"] = local.dt.tz_localize(None).dt.normalize()
    posts["week"] = posts["day"] - pd.to_timedelta(posts["day"].dt.day_of_week, unit="D")
    posts["is_mention"] = posts["relevance"] >= TO_REVIEW
    posts["is_evening"] = posts["is_mention"] & ~local.dt.hour.between(6, 19)
    posts["is_round"] = local.dt.minute % 15 == 0
    counts = {name: posts[name].fillna(0).clip(0, 1e7) for name in ("likes", "replies", "shares")}
    hearts = sum(counts.values(), start=pd.Series(0.0, index=posts.index))
    posts["engagement"] = posts["relevance"] * hearts
    posts["roots"] = posts["relevance"] * np.sqrt(hearts)
    posts["replied"] = posts["relevance"] * counts["replies"]
    posts["seen"] = posts["views"].astype(float).fillna(0).clip(0, 1e9)
    posts["seen_hearts"] = np.where(posts["views"].fillna(0) > 0, hearts, 0.0)
    posts["has_link"] = posts["links"].map(len) > 0
    folded = posts["text"].map(lambda text: fold(BARE.sub(" ", text[:LONGEST])))
    for name, pattern in _patterns(night).items():
        found = re.compile(pattern)
        posts[name] = folded.map(lambda text, found=found: bool(found.search(text)))
        if name != "first_person":
            posts[name] &= posts["is_mention"]
    posts["shape"] = folded.map(lambda text: re.sub("[0-9]+", "", text))
    return posts


def fold(text: str) -> str:
    """Lower case, without accents, one space for all else."""
    whole = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", " ", plain.lower()).strip()


def _patterns(night: Night) -> dict[str, str]:
    words, terms = word_list("residents"), night.terms
    return {
        **{f"{kind}_words": any_of(words[kind]) for kind in KINDS},
        "first_person": any_of(words["first_person"]),
        "everyday": any_of(terms.everyday),
        "monuments": any_of(terms.monuments),
    }
