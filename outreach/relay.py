"""Posts that the city might relay: those of its guests that speak of the occasion, after it.

p = 1 / (1 + e^−t), t the sum of the contributions of `relay.yaml` (log-odds): the name of the
business or the words of the title, its handle, its street, its theme (more on the day itself),
whether the guest came. Of guests who were asked and did not decline, from the day of the occasion
on (from that of the invitation where no day is known), for `window_days`; posts that speak of the
city, and count for their author.

Known failures: a business named after an everyday word; a post by photograph alone; a guest who
writes of a competitor in the same street.

A proposal is computed. Asking the author is a person's act (`decisions.relays`), and an invitation
never asks for a post.
"""

from __future__ import annotations

__all__ = ["Found", "Terms", "propose_relays", "relay_text", "terms_of", "write_terms"]

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from cities.bands import TO_REVIEW
from cities.data_files import read_yaml
from cities.model import City
from cities.names import fold, name_forms
from outreach.occasions import Occasion, is_proposal
from outreach.texts import TEMPLATES, UNFILLED
from outreach.trades import Language
from warehouse.sql_runner import run_sql

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

HERE = Path(__file__).parent
SHORTEST_WORD = 3
Evidence = tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How people write of one occasion, all folded but the handles."""

    occasion_id: str
    themes: tuple[str, ...]
    held_on: date | None
    phrases: tuple[str, ...]
    words: tuple[str, ...]
    handles: tuple[str, ...]
    streets: tuple[str, ...]
    weight_phrase: float


@dataclass(frozen=True, slots=True)
class Found:
    """One post that might be relayed; the contributions of `evidence` add up to `total`."""

    occasion_id: str
    person_id: str
    platform: str
    post_id: str
    author_id: str
    probability: float
    total: float
    evidence: Evidence


def terms_of(occasion: Occasion) -> Terms:
    """How people may write of this occasion.

    >>> place = Occasion("o-1", "business", "Aux Cardons", None, "", (), "meeting",
    ...                  address="12 bis quai des Tanneurs, 71990", handle="@aux.cardons@a.example")
    >>> terms = terms_of(place)
    >>> terms.phrases, terms.words, terms.handles, terms.streets
    (('aux cardons', 'auxcardons'), ('cardons',), ('@aux.cardons',), ('quai des tanneurs',))
    """
    common = set(_rules()["common_words"])
    folded = fold(occasion.title)
    own = [w for w in folded.split() if w not in common and len(w) >= SHORTEST_WORD]
    weights = _rules()["weights"]
    user = occasion.handle.strip().lower().lstrip("@").partition("@")[0]
    street = _street(occasion.address, common)
    return Terms(
        occasion_id=occasion.occasion_id,
        themes=occasion.themes,
        held_on=occasion.held_on,
        phrases=name_forms(occasion.title) if folded else (),
        words=tuple(dict.fromkeys(own)),
        handles=(f"@{user}",) if user else (),
        streets=(street,) if street else (),
        weight_phrase=weights["name"] if own else weights["common_name"],
    )


def write_terms(warehouse: Warehouse, occasions: Sequence[Occasion]) -> None:
    """Replace the terms by those of the occasions that people decided."""
    warehouse.execute("delete from occasion_terms")
    decided = [o for o in occasions if not is_proposal(o.occasion_id)]
    rows = [
        (
            *(t.occasion_id, list(t.themes), t.held_on, list(t.phrases), list(t.words)),
            *(list(t.handles), list(t.streets), t.weight_phrase),
        )
        for t in map(terms_of, decided)
    ]
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        warehouse.executemany(f"insert into occasion_terms values ({marks})", rows)  # noqa: S608 - ours


def propose_relays(warehouse: Warehouse, timezone: str) -> tuple[Found, ...]:
    """The posts that may be relayed, by occasion, the surest first; needs `write_terms`."""
    rules = _rules()
    found = run_sql(
        warehouse,
        HERE / "sql" / "relays.sql",
        timezone=timezone,
        least_relevance=TO_REVIEW,
        window_days=rules["window_days"],
    )
    names = [column[0] for column in found.description or ()]
    scored = [_scored(dict(zip(names, row, strict=True))) for row in found.fetchall()]
    likely = [one for one in scored if one.probability >= rules["least_probability"]]
    return tuple(
        sorted(likely, key=lambda one: (one.occasion_id, -one.total, one.platform, one.post_id))
    )


def relay_text(city: City, title: str, url: str, *, language: Language) -> str:
    """The words by which a person asks the author whether the city may relay the post."""
    privacy = city.privacy
    values = {
        "city": city.commune.name,
        "title": title,
        "url": url,
        "contact": privacy.data_protection_officer if privacy else UNFILLED[language],
        "notice": privacy.notice_url if privacy else UNFILLED[language],
        "days": str(city.retention.posts_days),
    }
    template = Template((TEMPLATES / f"relay.{language}.txt").read_text(encoding="utf-8"))
    return template.substitute(values)


def _scored(row: Mapping[str, Any]) -> Found:
    evidence = tuple(part for part in _evidence(row) if part[1])
    total = math.fsum(contribution for _, contribution, _ in evidence)
    return Found(
        occasion_id=row["occasion_id"],
        person_id=row["person_id"],
        platform=row["platform"],
        post_id=row["post_id"],
        author_id=row["author_id"],
        probability=1 / (1 + math.exp(-total)),
        total=total,
        evidence=evidence,
    )


def _evidence(row: Mapping[str, Any]) -> Iterator[tuple[str, float, str]]:
    weights = _rules()["weights"]
    words = row["words_found"]
    share = len(words) / row["count_words"] if row["count_words"] else 0.0
    yield "relay_base", weights["base"], ""
    if row["has_name"]:
        yield "relay_name", row["weight_phrase"], ""
    elif share >= _rules()["least_share_of_words"]:
        yield "relay_words", weights["words"] * share, ", ".join(words)
    yield "relay_handle", weights["handle"] * row["has_handle"], ""
    yield "relay_street", weights["street"] * row["has_street"], ""
    by_theme = weights["theme_that_day" if row["is_on_the_day"] else "theme"]
    yield "relay_theme", by_theme * row["strength"], row["theme"]
    # The day alone says nothing: a guest may speak of anything on it.
    yield "relay_that_day", weights["that_day"] * row["is_on_the_day"] * bool(row["theme"]), ""
    yield "relay_came", weights["came"] * row["has_come"], ""


def _street(address: str, common: set[str]) -> str:
    """The street of an address without its number, '' when nothing in it is distinctive."""
    words = fold(address.partition(",")[0]).split()
    while words and (words[0].isdigit() or words[0] in ("bis", "ter", "a", "b")):
        words = words[1:]
    # A street takes two words at least: « place » or « Montréval » alone is all the city.
    is_distinctive = any(word not in common and not word.isdigit() for word in words)
    return " ".join(words) if len(words) > 1 and is_distinctive else ""


@cache
def _rules() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(HERE / "relay.yaml")
    return found
