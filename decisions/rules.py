"""Rules: numbers of the city file that people set otherwise, such as the size of the team."""

from __future__ import annotations

__all__ = ["all_rules", "change", "reset"]

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from cities.brief import Brief
from cities.effective import WEIGHTS, effective_city
from cities.errors import PortevoixError
from cities.model import City
from decisions.act import Act
from decisions.audit import record
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.models import AcceptedWeights, RuleChange


def change(act: Act, city: City, *, rule: str, value: float) -> None:
    """Set `block.field` of the city file, such as `team.size`, to a number.

    `MalformedError` when the city could not be read with it: the next night would fail.
    `RefusedError` for a weight of the rankings while accepted weights stand in its place.
    """
    block, _, field = rule.partition(".")
    is_weight = block == "ranking" and field in WEIGHTS
    if is_weight and act.session.get(AcceptedWeights, act.city_id) is not None:
        raise RefusedError(
            "rule: weights that were accepted are in use; put them back first (weights put-back)"
        )
    _refuse_unfit(act, city, {block: {field: value}})
    key = (act.city_id, block, field)
    former = act.session.get(RuleChange, key)
    if former is not None:
        act.session.delete(former)
        act.session.flush()
    act.session.add(
        RuleChange(
            city_id=act.city_id,
            block=block,
            field=field,
            value=value,
            decided_at=act.at,
            decided_by=act.actor,
        )
    )
    record(act, "rule_changed", rule)


def reset(act: Act, *, rule: str) -> None:
    """Give a number back to the city file."""
    block, _, field = rule.partition(".")
    former = act.session.get(RuleChange, (act.city_id, block, field))
    if former is None:
        raise UnknownError("rule: this number is as the city file says; check the list of changes")
    act.session.delete(former)
    record(act, "rule_reset", rule)


def all_rules(session: Session, city_id: str) -> dict[str, dict[str, float | int]]:
    """The numbers set otherwise in a city, by block and field."""
    rows = session.scalars(
        select(RuleChange)
        .where(RuleChange.city_id == city_id)
        .order_by(RuleChange.block, RuleChange.field)
    )
    found: dict[str, dict[str, float | int]] = {}
    for row in rows:
        found.setdefault(row.block, {})[row.field] = row.value
    return found


def _refuse_unfit(act: Act, city: City, wanted: dict[str, dict[str, float | int]]) -> None:
    settings = all_rules(act.session, act.city_id)
    for block, fields in wanted.items():
        settings[block] = settings.get(block, {}) | fields
    try:
        brief = Brief(city_id=act.city_id, as_of=act.at, settings=settings)
        effective_city(city, brief)
    except (PortevoixError, ValidationError):
        raise MalformedError(
            "rule: the city file has no such number, or not of this value; write block.field of "
            "ranking, team or retention, and a number that fits"
        ) from None
