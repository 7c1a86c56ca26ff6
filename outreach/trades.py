"""NAF or activity in words → trade → themes → activity: data in trades.yaml, activities.yaml."""

from __future__ import annotations

__all__ = ["Activity", "Trade", "activities", "activity_for", "recognise", "trades"]

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from cities.names import fold
from cities.themes import ThemeId
from outreach.errors import TradeDataError

HERE = Path(__file__).parent
NO_TRADE = ""
MEETING = "meeting"
Language = Literal["fr", "en"]


class Part(BaseModel):
    """Frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Trade(Part):
    """A kind of business that meets the public; `words` are folded beginnings of words."""

    label: dict[Language, str]
    naf: tuple[str, ...]
    words: tuple[str, ...]
    themes: tuple[ThemeId, ...]
    activities: tuple[str, ...]


class Activity(Part):
    """Something that a city can offer with a shop, in both languages."""

    title: dict[Language, str]
    text: dict[Language, str]


@cache
def trades() -> dict[str, Trade]:
    """All trades by name; raises `TradeDataError` when one names an unknown activity."""
    found: dict[str, Trade] = _read("trades.yaml", dict[str, Trade])
    for name, trade in found.items():
        for activity_id in trade.activities:
            if activity_id not in activities():
                raise TradeDataError(
                    f"trades.yaml: {name}.activities: {activity_id} is not in activities.yaml; "
                    "write it there or choose another"
                )
    return found


@cache
def activities() -> dict[str, Activity]:
    """All activities by id."""
    found: dict[str, Activity] = _read("activities.yaml", dict[str, Activity])
    return found


def recognise(activity: str, *, naf: str | None = None, nomenclature: str | None = None) -> str:
    """The trade of a business, '' when none that meets the public is recognised.

    NAF rev. 2 decides where the register gives it; else the trade whose word comes first in the
    activity, the longest word at equal place: registers name the main activity first.

    >>> recognise("Restauration traditionnelle, vente à emporter, bar à vins")
    'restaurant'
    >>> recognise("Location de terrains et d'autres biens immobiliers")
    ''
    >>> recognise("", naf="47.76Z", nomenclature="NAFRev2")
    'florist'
    """
    if naf and nomenclature == "NAFRev2":
        return next((name for name, trade in trades().items() if naf in trade.naf), NO_TRADE)
    text = f" {fold(activity)} "
    found = [
        (text.find(f" {word}"), -len(word), name)
        for name, trade in trades().items()
        for word in trade.words
        if f" {word}" in text
    ]
    return min(found)[2] if found else NO_TRADE


def activity_for(trade: str, occasion_id: str) -> str:
    """One of the trade's activities, always the same for an occasion; a meeting without trade."""
    choices = trades()[trade].activities if trade else (MEETING,)
    draw = int.from_bytes(sha256(occasion_id.encode()).digest()[:4])
    return choices[draw % len(choices)]


def _read(name: str, kind: Any) -> Any:
    try:
        data = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise TradeDataError(f"{name}: {field}: {first['msg']}; mend it") from None
