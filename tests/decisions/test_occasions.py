"""Occasions: an opening is a candidate until a person says so, and every word can be taken back."""

from __future__ import annotations

import pytest

from decisions import invitations, members, occasions, occasions_aside
from decisions.brief import brief_of
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.members import Agreement
from decisions.occasions import Plan
from decisions.store import Store
from tests.constants import NIGHT_1
from tests.decisions.conftest import LATER, LOU, NOW, Acting, entries

SHOP = Plan(kind="opening", title="Aux Cardons", opening_id="B2026-77")
OLD_SHOP = Plan(
    kind="business",
    title="Chez Odile",
    opening_id="B2019-4",
    trade="restaurant",
    address="3 quai des Tanneurs",
    handle="@chez_odile@halle.example",
)
PROJECT = Plan(kind="project", title="Fête des jardins", project_id="fete-des-jardins")


@pytest.mark.parametrize("plan", [SHOP, OLD_SHOP, PROJECT], ids=lambda plan: plan.kind)
def test_said_twice_is_opened_once(store: Store, acting: Acting, plan: Plan) -> None:
    with acting() as act:
        occasion_id = occasions.open_occasion(act, plan)
    with acting(LATER) as act:
        assert occasions.open_occasion(act, plan) == occasion_id
    with store.reading() as session:
        (found,) = occasions.under_way(session, "montreval")
        assert [entry.kind for entry in entries(session)] == ["occasion_opened"]
    assert (found.kind, found.title, found.opening_id, found.project_id) == (
        plan.kind,
        plan.title,
        plan.opening_id,
        plan.project_id,
    )
    assert (found.address, found.handle) == (plan.address, plan.handle)


def test_an_opening_is_set_aside_and_taken_back(store: Store, acting: Acting) -> None:
    for _ in range(2):
        with acting() as act:
            occasions_aside.set_aside(act, "B2026-77", reason="head_office")
    with store.reading() as session:
        assert occasions_aside.all_aside(session, "montreval") == {"B2026-77": "head_office"}
        assert brief_of(session, "montreval", NIGHT_1).settled == ("opening:B2026-77",)
    with pytest.raises(RefusedError, match="was set aside; take that back"), acting() as act:
        occasions.open_occasion(act, SHOP)
    with acting(LATER) as act:
        occasions_aside.take_back(act, "B2026-77")
        occasions.open_occasion(act, SHOP)
    with store.reading() as session:
        assert occasions_aside.all_aside(session, "montreval") == {}
        assert [entry.kind for entry in entries(session)] == [
            "occasion_opened",
            "opening_taken_back",
            "opening_set_aside",
        ]


def test_what_is_confirmed_is_not_set_aside(acting: Acting) -> None:
    with acting() as act:
        occasion_id = occasions.open_occasion(act, SHOP)
    with pytest.raises(RefusedError, match="withdraw that one first"), acting() as act:
        occasions_aside.set_aside(act, "B2026-77", reason="at_home")
    with acting() as act:
        occasions.withdraw(act, occasion_id)
        occasions_aside.set_aside(act, "B2026-77", reason="at_home")


def test_with_guests_an_occasion_is_closed_not_withdrawn(store: Store, acting: Acting) -> None:
    with acting() as act:
        members.link(act, members.add(act, Agreement("v1", NOW)), LOU)
        occasion_id = occasions.open_occasion(act, PROJECT)
        invitations.choose(act, occasion_id, LOU)
    with pytest.raises(RefusedError, match="has guests already"), acting() as act:
        occasions.withdraw(act, occasion_id)
    with acting(LATER) as act:
        occasions.close(act, occasion_id)
    with store.reading() as session:
        assert occasions.settled(session, "montreval") == ("project:fete-des-jardins",)
    with pytest.raises(RefusedError, match="closed; reopen it"), acting() as act:
        occasions.open_occasion(act, PROJECT)
    with acting(LATER) as act:
        occasions.reopen(act, occasion_id)
        occasions.reopen(act, occasion_id)
    with store.reading() as session:
        assert occasions.settled(session, "montreval") == ()
        assert [o.occasion_id for o in occasions.under_way(session, "montreval")] == [occasion_id]


def test_sending_keeps_the_day_of_the_invitation(store: Store, acting: Acting) -> None:
    with acting() as act:
        members.link(act, members.add(act, Agreement("v1", NOW)), LOU)
        invitation_id = invitations.choose(act, occasions.open_occasion(act, SHOP), LOU)
        invitations.move(act, invitation_id, to="sent")
    with acting(LATER) as act:
        invitations.move(act, invitation_id, to="accepted")
    with store.reading() as session:
        (invitation,) = invitations.under_way(session, "montreval")
    assert (invitation.sent_at, invitation.changed_at) == (NOW, LATER)


def test_what_makes_no_sense_is_refused(acting: Acting) -> None:
    with pytest.raises(MalformedError, match="project_id: goes with kind project"), acting() as act:
        occasions.open_occasion(act, Plan(kind="business", title="Q", project_id="p"))
    with pytest.raises(MalformedError, match="reason: is not known"), acting() as act:
        occasions_aside.set_aside(act, "B1", reason="ugly")
    with pytest.raises(UnknownError, match="is not set aside"), acting() as act:
        occasions_aside.take_back(act, "B1")
    with pytest.raises(UnknownError, match="no such occasion"), acting() as act:
        occasions.withdraw(act, "o-1")
