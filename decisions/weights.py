"""Weights of the rankings: a proposed set that a person accepted, until they put it back.

While it stands, the city's own weights (its file, rules set over it) do not count, whatever they
become: one set at a time is in use, and a person says when it ends.
"""

from __future__ import annotations

__all__ = ["accept", "accepted", "put_back"]

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.orm import Session

from cities import brief
from decisions.act import Act
from decisions.audit import record
from decisions.errors import MalformedError, UnknownError
from decisions.forms import slug
from decisions.models import AcceptedWeights

LONGEST_ID = 40


def accept(act: Act, proposal_id: str, *, reach: float, affinity: float, regularity: float) -> None:
    """Use these weights from the next night on; they take the place of those accepted before."""
    slug("proposal_id", proposal_id[:LONGEST_ID])
    wanted = _well_formed(proposal_id, reach, affinity, regularity, at=act.at)
    former = act.session.get(AcceptedWeights, act.city_id)
    if former is not None:
        act.session.delete(former)
        act.session.flush()
    row = AcceptedWeights(city_id=act.city_id, decided_by=act.actor, **wanted.model_dump())
    act.session.add(row)
    record(act, "weights_accepted", proposal_id)


def put_back(act: Act) -> None:
    """Give the weights back to the city file, from the next night on."""
    former = act.session.get(AcceptedWeights, act.city_id)
    if former is None:
        raise UnknownError("weights: the city's own are in use; there is nothing to put back")
    act.session.delete(former)
    record(act, "weights_put_back", former.proposal_id)


def accepted(session: Session, city_id: str) -> brief.Weights | None:
    """The accepted weights of a city, None when its own are in use."""
    row = session.get(AcceptedWeights, city_id)
    if row is None:
        return None
    return _well_formed(row.proposal_id, row.reach, row.affinity, row.regularity, at=row.decided_at)


def _well_formed(
    proposal_id: str, reach: float, affinity: float, regularity: float, *, at: datetime
) -> brief.Weights:
    try:
        found = brief.Weights(
            proposal_id=proposal_id,
            reach=reach,
            affinity=affinity,
            regularity=regularity,
            decided_at=at,
        )
    except ValidationError:
        found = None
    if found is None or reach + affinity + regularity <= 0:
        raise MalformedError(
            "weights: must be numbers of zero or more, one at least above; look at the proposal"
        )
    return found
