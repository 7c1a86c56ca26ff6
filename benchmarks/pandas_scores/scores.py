"""All scores of authors, from facts alone."""

from __future__ import annotations

__all__ = ["author_scores"]

import pandas as pd

from benchmarks.pandas_scores.account_type import account_types
from benchmarks.pandas_scores.affinity import affinities
from benchmarks.pandas_scores.facts import Facts, described_posts
from benchmarks.pandas_scores.reach import reaches
from benchmarks.pandas_scores.residency import residencies
from benchmarks.pandas_scores.sums import author_sums
from scoring.night import Night


def author_scores(facts: Facts, night: Night) -> pd.DataFrame:
    """One row an author, score and theme ('' but for affinity), with its interval."""
    posts = described_posts(facts, night)
    authors = author_sums(facts, posts)
    homes = residencies(facts, authors, posts, night)
    parts = {
        "account_type": account_types(authors),
        "residency": homes,
        "reach": reaches(facts, authors, homes, night),
        "affinity": affinities(facts, posts, night),
    }
    told = pd.concat([part.assign(score=score) for score, part in parts.items()])
    return told.assign(theme=told["theme"].fillna("")).reset_index(drop=True)
