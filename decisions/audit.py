"""The log of acts: who, when, what kind, on which decision. Rows are added, never changed.

It names no author: `subject_id` is the id of a decision, or a block hash. Only an erasure touches
it, to redact an actor's own words.
"""

from __future__ import annotations

__all__ = ["Kind", "record"]

from typing import Literal

from decisions.act import Act
from decisions.models import AuditEntry

Kind = Literal[
    "member_added",
    "account_linked",
    "account_unlinked",
    "residency_declared",
    "themes_chosen",
    "member_left",
    "author_corrected",
    "correction_withdrawn",
    "author_objected",
    "author_erased",
    "author_contacted",
    "occasion_opened",
    "occasion_closed",
    "occasion_reopened",
    "occasion_withdrawn",
    "opening_set_aside",
    "opening_taken_back",
    "invitation_chosen",
    "invitation_dropped",
    "invitation_sent",
    "invitation_accepted",
    "invitation_declined",
    "invitation_came",
    "relay_asked",
    "relay_granted",
    "relay_refused",
    "relay_relayed",
    "relay_dropped",
    "rule_changed",
    "rule_reset",
    "preference_said",
    "preference_withdrawn",
    "weights_accepted",
    "weights_put_back",
]


def record(act: Act, kind: Kind, subject_id: str) -> None:
    """Add one line to the log, within the act that it tells of."""
    act.session.add(
        AuditEntry(
            city_id=act.city_id, at=act.at, actor=act.actor, kind=kind, subject_id=subject_id
        )
    )
    act.session.flush()
