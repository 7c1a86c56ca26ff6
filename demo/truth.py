"""What is true in a world and hidden from the product: only tests and benchmarks read it."""

from __future__ import annotations

__all__ = ["TrueAuthor", "TrueOpening", "TruePost", "Truth", "read_truth", "write_truth"]

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from demo.lines import read_lines, write_lines
from demo.world import Platform

AccountType = Literal["person", "business", "association", "institution", "media", "automated"]
Amount = Annotated[float, Field(ge=0)]


class TrueRow(BaseModel):
    """Frozen; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TrueAuthor(TrueRow):
    """A line of `truth/authors.ndjson`.

    `is_resident` is false for what is not a person. `themes`: weight of each theme in what the
    author says of the city (they sum to at most 1; the rest is daily life). `true_reach`:
    expected number of distinct people of the city that the author's next post gets to.
    Accounts of the same human share `person_id`. `in_pod`: one of a closed ring that likes and
    answers itself.
    """

    platform: Platform = "mastodon"
    author_id: str
    person_id: str
    voice: str
    account_type: AccountType
    is_resident: bool
    themes: dict[str, Amount]
    true_reach: Amount
    has_bought_followers: bool
    has_opted_out: bool
    in_pod: bool = False


class TruePost(TrueRow):
    """A line of `truth/posts.ndjson`; `true_reach` in people of the city.

    `manner`: how it is said (`irony`, `mixed`, `switch`, `brands`, `photo`, `returning`), or empty.
    """

    platform: Platform = "mastodon"
    post_id: str
    is_about_city: bool
    themes: tuple[str, ...]
    true_reach: Amount
    frame_id: str
    manner: str = ""


class TrueOpening(TrueRow):
    """A line of `truth/openings.ndjson`; `trade` is a key of the demo's trades, or empty.

    `kind`: `opening` is a shop that people can visit and that may be named; all others are noise
    (`demo/README.md` lists them).
    """

    opening_id: str
    is_opening_of_city: bool
    trade: str
    themes: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """The hidden truth of a world."""

    authors: Sequence[TrueAuthor]
    posts: Sequence[TruePost]
    openings: Sequence[TrueOpening]


def write_truth(directory: Path, truth: Truth) -> None:
    """Write `truth/` of a world folder."""
    folder = directory / "truth"
    write_lines(folder / "authors.ndjson", truth.authors)
    write_lines(folder / "posts.ndjson", truth.posts)
    write_lines(folder / "openings.ndjson", truth.openings)


def read_truth(directory: Path) -> Truth:
    """Read `truth/` of a world folder; raises `WorldError` with file, line, field, mend."""
    folder = directory / "truth"
    return Truth(
        authors=read_lines(folder / "authors.ndjson", TrueAuthor),
        posts=read_lines(folder / "posts.ndjson", TruePost),
        openings=read_lines(folder / "openings.ndjson", TrueOpening),
    )
