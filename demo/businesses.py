"""Entries of the registers of businesses: openings of the city, and what must not become one."""

from __future__ import annotations

__all__ = ["Kind", "Notices", "make_notices"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from numpy.random import Generator

from demo.plan import NIGHTS
from demo.registers import (
    DEPARTEMENT,
    INSEE,
    NEIGHBOURS,
    POSTCODE,
    address,
    no_siren,
    no_siret,
    town_spelling,
)
from demo.sizes import RegisterName, WorldSize
from demo.texts import TRADES, Composer
from demo.trade_codes import OTHER_WORK, Codes, codes_of
from demo.truth import TrueOpening
from demo.world import WorldOpening

Kind = Literal["opening", "neighbour", "vente", "radiation", "home", "office", "move", "partial",
               "closed"]  # fmt: skip

_NEW_SHARE = 0.08  # of the openings, those published between the two nights
# Noise around each opening of the city: BODACC's, then what SIRENE has besides.
_NOISE: Mapping[Kind, float] = {"neighbour": 0.7, "vente": 0.25, "radiation": 0.35}
_NOISE_OF_SIRENE: Mapping[Kind, float] = {
    "home": 0.6, "office": 0.25, "move": 0.15, "partial": 0.15, "closed": 0.1,
}  # fmt: skip
# An opening is seen by one register or by both.
_SEEN_BY: tuple[tuple[tuple[RegisterName, ...], float], ...] = (
    (("bodacc", "sirene"), 0.45), (("sirene",), 0.38), (("bodacc",), 0.17),
)  # fmt: skip
_IN_FUTURE, _LATE = 0.08, 0.25
_SIGN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Notices:
    """Entries in order of publication, with what is true of each."""

    openings: tuple[WorldOpening, ...]
    truth: tuple[TrueOpening, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry before its words: what it is, its number, when it is published, who shows it."""

    kind: Kind
    number: int
    day: date
    trade: str
    registers: tuple[RegisterName, ...]


def make_notices(
    composer: Composer, size: WorldSize, *, starts_at: datetime, rng: Generator
) -> Notices:
    """Make the openings of the city during the history, and the noise around them.

    On the day of the first night a few of them appear (one at least): the news of night 2.
    """
    ends_on = NIGHTS[0].date()
    count_new = max(1, round(_NEW_SHARE * size.openings))
    days = (ends_on - starts_at.date()).days
    trades = _trades(rng)
    rows = []
    for number, kind in enumerate(_kinds(size)):
        back = 0 if number < count_new else days - int(rng.integers(days))
        entry = _Entry(
            kind=kind,
            number=number,
            day=ends_on - timedelta(days=back),
            trade=trades[number % len(trades)],
            registers=_registers(kind, size.registers, rng),
        )
        rows.append(_row(composer, entry, rng))
    rows.sort(key=lambda row: (row[0].published_on, row[0].opening_id))
    return Notices(tuple(row[0] for row in rows), tuple(row[1] for row in rows))


def _trades(rng: Generator) -> list[str]:
    """All trades in a drawn order, but that the first ones cover every theme."""
    drawn: list[str] = rng.permutation(tuple(TRADES)).tolist()
    covered: dict[str, str] = {}
    for trade in drawn:
        for theme in codes_of(trade).themes[:1]:
            covered.setdefault(theme, trade)
    first = list(dict.fromkeys(covered.values()))
    return [*first, *(trade for trade in drawn if trade not in first)]


def _kinds(size: WorldSize) -> list[Kind]:
    noise = dict(_NOISE) if "bodacc" in size.registers else {}
    if "sirene" in size.registers:
        noise |= {**_NOISE_OF_SIRENE, "neighbour": _NOISE["neighbour"]}
    kinds: list[Kind] = ["opening"] * size.openings
    for kind, share in noise.items():
        kinds += [kind] * max(2 if kind == "neighbour" else 1, round(share * size.openings))
    return kinds


def _registers(
    kind: Kind, shown: Sequence[RegisterName], rng: Generator
) -> tuple[RegisterName, ...]:
    chance = float(rng.random())
    if kind in ("vente", "radiation"):
        wish: tuple[RegisterName, ...] = ("bodacc",)
    elif kind in _NOISE_OF_SIRENE:
        wish = ("sirene",)
    else:
        wish = _SEEN_BY[-1][0]
        for registers, share in _SEEN_BY:
            if chance < share:
                wish = registers
                break
            chance -= share
    return tuple(name for name in wish if name in shown) or tuple(shown[:1])


def _row(composer: Composer, entry: _Entry, rng: Generator) -> tuple[WorldOpening, TrueOpening]:
    town, postcode, insee = town_spelling(rng), POSTCODE, INSEE
    if entry.kind == "neighbour":
        town, postcode, insee = NEIGHBOURS[entry.number % len(NEIGHBOURS)]
    activity, codes, name = _business(composer, entry, rng)
    opened_on = _opened_on(entry, rng)
    row = WorldOpening.model_validate({
        "opening_id": f"A{entry.day:%Y%m%d}{entry.number:05d}",
        "published_on": entry.day,
        "siren": no_siren(entry.number),
        "name": name,
        "activity": activity,
        "address": address(rng),
        "postcode": postcode,
        "town": town,
        "opened_on": opened_on,
        "departement": DEPARTEMENT,
        "family": entry.kind if entry.kind in ("vente", "radiation") else "creation",
        "registers": entry.registers,
        **(_of_sirene(entry, codes, rng) | {"insee": insee} if "sirene" in entry.registers else {}),
    })  # fmt: skip
    if row.siret and entry.kind == "opening" and rng.random() < _SIGN_SHARE:
        row = row.model_copy(update={"sign": name})
    is_opening = entry.kind == "opening"
    is_shop = entry.kind not in ("home", "office")
    return row, TrueOpening(
        opening_id=row.opening_id,
        is_opening_of_city=is_opening,
        trade=entry.trade if is_shop else "",
        themes=codes.themes,
        kind=entry.kind,
    )


def _business(composer: Composer, entry: _Entry, rng: Generator) -> tuple[str, Codes, str]:
    """Activity, codes and name: of a shop, or of somebody who works without one."""
    if entry.kind not in ("home", "office"):
        name = composer.shop(trade=entry.trade)
        return TRADES[entry.trade], codes_of(entry.trade), name
    work = tuple(OTHER_WORK)
    activity = work[int(rng.integers(len(work)))]
    person = composer.person()
    name = person if entry.kind == "home" else f"SCI {person.split()[-1]}"
    return activity, OTHER_WORK[activity], name


def _opened_on(entry: _Entry, rng: Generator) -> date | None:
    """When it opens: some days before, weeks before where the record comes late, or in the future.

    BODACC leaves it out at times, but for openings.
    """
    chance = rng.random(3)
    if "sirene" not in entry.registers:
        if entry.kind != "opening" and chance[0] < 0.5:
            return None
        return entry.day - timedelta(days=int(1 + 44 * chance[1]))
    if chance[0] < _IN_FUTURE:
        return entry.day + timedelta(days=int(1 + 30 * chance[1]))
    back = 14 + 35 * chance[1] if chance[2] < _LATE else 6 * chance[1]
    return entry.day - timedelta(days=int(back))


def _of_sirene(entry: _Entry, codes: Codes, rng: Generator) -> dict[str, object]:
    """What SIRENE alone knows: the establishment, its codes, when it was recorded."""
    chance = rng.random(4)
    is_moved = entry.kind == "move"
    recorded_at = datetime.combine(entry.day, time(6), UTC)
    recorded_at += timedelta(minutes=int(60 * 12 * chance[0]))
    if entry.day < NIGHTS[0].date() and "bodacc" in entry.registers:
        recorded_at -= timedelta(days=int(9 * chance[1]))  # mostly before the announcement
    sole_share = {"opening": 0.3, "home": 1.0, "partial": 0.8, "closed": 0.4}
    return {
        "siret": no_siret(no_siren(entry.number), 3 if is_moved else 1),
        "naf": codes.naf,
        "naf25": codes.naf25,
        "is_head_office": is_moved or bool(chance[2] < 0.85),
        "is_sole_trader": bool(chance[3] < sole_share.get(entry.kind, 0.0)),
        "is_partial": entry.kind == "partial",
        "is_closed": entry.kind == "closed",
        "recorded_at": recorded_at,
    }
