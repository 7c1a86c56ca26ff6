"""NAF or activity in words → trade → themes → activity: data in trades.yaml, activities.yaml."""

from __future__ import annotations

__all__ = [
    "Activity",
    "Trade",
    "activities",
    "activity_for",
    "own_trade",
    "recognise",
    "trades",
    "trades_of",
]

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from cities.data_files import read_yaml
from cities.model import City
from cities.names import fold
from cities.part import Slug
from cities.themes import ALL_THEMES, OwnTheme
from outreach.errors import TradeDataError

HERE = Path(__file__).parent
NO_TRADE = ""
# Of NAF 2025 a class (four figures) is enough.
CLASS_LENGTH = len("56.11")
MEETING = "meeting"
Language = Literal["fr", "en"]


class Part(BaseModel):
    """Frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Trade(Part):
    """A kind of business that meets the public; `words` are folded beginnings of words."""

    label: dict[Language, str]
    naf: tuple[str, ...]
    naf25: tuple[str, ...] = ()
    words: tuple[str, ...]
    themes: tuple[Slug, ...]
    activities: tuple[str, ...]


# Nomenclature → whether a code of it is a trade's.
CODES: dict[str, Callable[[Trade, str], bool]] = {
    "NAFRev2": lambda trade, code: code in trade.naf,
    "NAF2025": lambda trade, code: code in trade.naf25 or code[:CLASS_LENGTH] in trade.naf25,
}


class Activity(Part):
    """Something that a city can offer with a shop, in both languages."""

    title: dict[Language, str]
    text: dict[Language, str]


@cache
def trades() -> dict[str, Trade]:
    """All trades by name; raises `TradeDataError` when one names what is not known."""
    found: dict[str, Trade] = _read("trades.yaml", dict[str, Trade])
    for name, trade in found.items():
        for theme in trade.themes:
            if theme not in ALL_THEMES:
                raise TradeDataError(
                    f"trades.yaml: {name}.themes: {theme} is not a known theme; choose another"
                )
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


def trades_of(city: City) -> Mapping[str, Trade]:
    """All trades as a city sees them, with the trades that it gives to its own themes."""
    found = dict(trades())
    for theme, own in city.own_themes.items():
        for name in own.trades:
            if name in trades():
                found[name] = found[name].model_copy(
                    update={"themes": (*found[name].themes, theme)}
                )
        words = tuple(fold(word) for word in own.trades if word not in trades())
        if words or own.naf:
            found[own_trade(theme)] = _trade(theme, own, words=words)
    return found


def own_trade(theme: str) -> str:
    """The name of the trade that a city's own theme brings."""
    return f"own-{theme}"


def _trade(theme: str, own: OwnTheme, *, words: tuple[str, ...]) -> Trade:
    return Trade.model_validate(
        {
            "label": own.label.model_dump(),
            "naf": own.naf,
            "words": words,
            "themes": (theme,),
            "activities": (MEETING,),
        }
    )


def recognise(
    activity: str,
    *,
    naf: str | None = None,
    nomenclature: str | None = None,
    known: Mapping[str, Trade] | None = None,
) -> str:
    """The trade of a business, '' when none that meets the public is recognised.

    The activity's code decides where the register gives it, read in the nomenclature that it
    states (NAF rev. 2, or NAF 2025 from 2027 on); else the trade whose word comes first in the
    activity, the longest word at equal place: registers name the main activity first. `known`:
    the trades of the city, those that Portevoix has unless given.

    >>> recognise("Restauration traditionnelle, vente à emporter, bar à vins")
    'restaurant'
    >>> recognise("Location de terrains et d'autres biens immobiliers")
    ''
    >>> recognise("", naf="47.76Z", nomenclature="NAFRev2")
    'florist'
    >>> [recognise("", naf="47.63Z", nomenclature=name) for name in ("NAFRev2", "NAF2025")]
    ['music_shop', 'sports_shop']
    """
    among = trades() if known is None else known
    if naf and nomenclature in CODES:
        is_of = CODES[nomenclature]
        return next((name for name, trade in among.items() if is_of(trade, naf)), NO_TRADE)
    text = f" {fold(activity)} "
    found = [
        (text.find(f" {word}"), -len(word), name)
        for name, trade in among.items()
        for word in trade.words
        if f" {word}" in text
    ]
    return min(found)[2] if found else NO_TRADE


def activity_for(trade: str, occasion_id: str) -> str:
    """One of the trade's activities, always the same for an occasion; a meeting without one."""
    choices = trades()[trade].activities if trade in trades() else (MEETING,)
    draw = int.from_bytes(sha256(occasion_id.encode()).digest()[:4])
    return choices[draw % len(choices)]


def _read(name: str, kind: Any) -> Any:
    try:
        data = read_yaml(HERE / name)
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise TradeDataError(f"{name}: {field}: {first['msg']}; mend it") from None
