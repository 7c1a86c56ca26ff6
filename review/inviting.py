"""What outreach says of an occasion: its trade and activity in words, the letter, the reasons."""

from __future__ import annotations

__all__ = [
    "Why",
    "activity_of",
    "guests_of",
    "letter_of",
    "reasons_of",
    "trade_choices",
    "trade_of",
]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from cities.model import City
from cities.names import fold
from outreach.occasions import Occasion
from outreach.texts import invitation_text
from outreach.trades import Language, activities, trades_of
from review.formats import Formats
from review.sentences import Sentences
from review.snapshot import Row
from review.visit import Visit


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a proposal: a plain sentence and its amount in the proposal's score."""

    sentence: str
    amount: float


def activity_of(activity_id: str | None, language: str) -> Row | None:
    """Title and text of an activity; None when the night names none that is still known."""
    activity = activities().get(activity_id or "")
    if activity is None:
        return None
    spoken = cast(Language, language)
    return {"title": activity.title[spoken], "text": activity.text[spoken]}


def trade_of(city: City, trade: str | None, language: str) -> str:
    """The trade in words, '' when none is recognised."""
    known = trades_of(city).get(trade or "")
    return known.label[cast(Language, language)] if known else ""


def trade_choices(city: City, language: str) -> list[tuple[str, str]]:
    """(code, label) of each trade that a person may choose, by label."""
    spoken = cast(Language, language)
    found = [(name, trade.label[spoken]) for name, trade in trades_of(city).items()]
    return sorted(found, key=lambda pair: fold(pair[1]))


def guests_of(visit: Visit, occasion_ids: Sequence[str | None]) -> list[Row]:
    """The residents proposed for an occasion (under one of its ids), with the reasons in words."""
    labels = visit.theme_labels
    guests = [
        guest
        for occasion_id in occasion_ids
        for guest in visit.person_rows("invitations", occasion_id=occasion_id)
    ]
    for guest in guests:
        guest["why"] = reasons_of(guest, visit.language, themes=labels)
    return guests


def letter_of(city: City, occasion: Row, *, language: str) -> list[str] | None:
    """The invitation with its notice, paragraph by paragraph; None for an unknown activity."""
    if occasion["activity_id"] not in activities():
        return None
    proposed = Occasion(
        occasion_id=occasion["occasion_id"],
        kind=occasion["kind"],
        title=occasion["title"],
        opening_id=occasion["opening_id"],
        trade=occasion["trade"] or "",
        themes=tuple(occasion["themes"] or ()),
        activity_id=occasion["activity_id"],
    )
    letter = invitation_text(city, proposed, language=cast(Language, language))
    return [" ".join(paragraph.split("\n")) for paragraph in letter.strip().split("\n\n")]


def reasons_of(row: Row, language: str, *, themes: Mapping[str, str]) -> list[Why]:
    """The reasons of one proposed person (`reasons` and `reach` of the row), in words.

    `themes`: what themes are called in this language.
    """
    sentences = Sentences(language, themes)
    formats = Formats(language)
    # An invitation weighs reach as a share of its score; its sentence speaks of people.
    people = formats.number(row["reach"] or 0)
    return [
        Why(
            sentences.reason(
                reason["code"],
                amount=people if reason["code"] == "reach" else formats.number(reason["amount"], 2),
                detail=reason["detail"] or "",
            ),
            reason["amount"],
        )
        for reason in row["reasons"]
    ]
