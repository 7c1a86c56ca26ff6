"""Occasions and invitations: a named person's acts, step by step."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from decisions import contacts, invitations, members, occasions
from decisions.errors import DecisionError, MalformedError, RefusedError, UnknownError
from decisions.invitations import State
from decisions.members import Agreement
from decisions.models import Base, Invitation
from decisions.occasions import Plan
from decisions.store import Store
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting, entries

SHOP = Plan(
    kind="opening",
    title="Ouverture de la cave",
    opening_id="B2026-77",
    trade="wine_shop",
    theme="wine",
    held_on=date(2026, 12, 5),
)
STEPS: tuple[State, ...] = ("chosen", "sent", "accepted", "declined", "came")
ROADS: dict[State, tuple[State, ...]] = {
    "chosen": (),
    "sent": ("sent",),
    "accepted": ("sent", "accepted"),
    "declined": ("sent", "declined"),
    "came": ("sent", "accepted", "came"),
}
POSSIBLE = {
    ("chosen", "sent"),
    ("sent", "accepted"),
    ("sent", "declined"),
    ("accepted", "came"),
    ("accepted", "declined"),
    ("declined", "accepted"),
    ("came", "accepted"),
}


@pytest.fixture
def occasion_id(acting: Acting) -> str:
    """An occasion under way, and a member to invite."""
    with acting() as act:
        members.link(act, members.add(act, Agreement("v1", NOW)), LOU)
        return occasions.open_occasion(act, SHOP)


def test_sending_keeps_a_contact_and_names_who_sent(
    store: Store, acting: Acting, occasion_id: str
) -> None:
    with acting() as act:
        invitation_id = invitations.choose(act, occasion_id, LOU)
        assert invitations.choose(act, occasion_id, LOU) == invitation_id
    with acting(LATER) as act:
        invitations.move(act, invitation_id, to="sent")
    with store.reading() as session:
        (invitation,) = invitations.under_way(session, "montreval")
        (contact,) = contacts.last_contacts(session, "montreval")
        (row,) = session.scalars(select(Invitation))
        newest, *_ = entries(session)
    assert (invitation.state, invitation.account, invitation.changed_at) == ("sent", LOU, LATER)
    assert (contact.account, contact.contacted_at) == (LOU, LATER)
    assert row.changed_by == "Mme Roux"
    assert (newest.kind, newest.actor, newest.subject_id) == (
        "invitation_sent",
        "Mme Roux",
        invitation_id,
    )


@pytest.mark.parametrize("state", STEPS)
@pytest.mark.parametrize("to", STEPS)
def test_only_possible_steps_are_taken(
    acting: Acting, occasion_id: str, state: State, to: State
) -> None:
    with acting() as act:
        invitation_id = invitations.choose(act, occasion_id, LOU)
        for step in ROADS[state]:
            invitations.move(act, invitation_id, to=step)
    if (state, to) in POSSIBLE:
        with acting(LATER) as act:
            invitations.move(act, invitation_id, to=to)
    else:
        with pytest.raises(RefusedError, match=f"is {state} and cannot be {to}"), acting() as act:
            invitations.move(act, invitation_id, to=to)


def test_nothing_is_sent_to_who_has_not_agreed(
    store: Store, acting: Acting, occasion_id: str
) -> None:
    with acting() as act:
        invitation_id = invitations.choose(act, occasion_id, ZOE)
    with pytest.raises(RefusedError, match="has not agreed to hear"), acting() as act:
        invitations.move(act, invitation_id, to="sent")
    with store.reading() as session:
        assert contacts.last_contacts(session, "montreval") == ()
        assert invitations.under_way(session, "montreval")[0].state == "chosen"


def test_a_choice_can_be_dropped_until_it_is_sent(
    store: Store, acting: Acting, occasion_id: str
) -> None:
    with acting() as act:
        dropped = invitations.choose(act, occasion_id, ZOE)
        invitations.drop(act, dropped)
        sent = invitations.choose(act, occasion_id, LOU)
        invitations.move(act, sent, to="sent")
    with pytest.raises(RefusedError, match="is sent; drop only a chosen one"), acting() as act:
        invitations.drop(act, sent)
    with store.reading() as session:
        assert [i.invitation_id for i in invitations.under_way(session, "montreval")] == [sent]


def test_a_closed_occasion_leaves_the_brief_and_takes_no_guest(
    store: Store, acting: Acting, occasion_id: str
) -> None:
    with acting() as act:
        invitations.choose(act, occasion_id, LOU)
    with store.reading() as session:
        (occasion,) = occasions.under_way(session, "montreval")
        assert (occasion.opening_id, occasion.trade, occasion.on) == (
            "B2026-77",
            "wine_shop",
            date(2026, 12, 5),
        )
    with acting(LATER) as act:
        occasions.close(act, occasion_id)
    with store.reading() as session:
        assert occasions.under_way(session, "montreval") == ()
        assert invitations.under_way(session, "montreval") == ()
    with pytest.raises(RefusedError, match="this occasion is closed"), acting() as act:
        invitations.choose(act, occasion_id, ZOE)


@pytest.mark.parametrize(
    ("plan", "error", "sentence"),
    [
        (Plan(kind="opening", title="Cave"), MalformedError, "opening_id: goes with kind opening"),
        (Plan(kind="project", title="Quais", opening_id="B2"), MalformedError, "opening_id: goes"),
        (Plan(kind="project", title=""), MalformedError, "title: must have 1 to 200"),
        (Plan(kind="project", title="Q", theme="faith"), MalformedError, "theme: is not known"),
        (
            Plan(kind="project", title="Q", trade="Bar à vin"),
            MalformedError,
            "trade: is not a code",
        ),
    ],
)
def test_an_occasion_must_make_sense(
    acting: Acting, occasion_id: str, plan: Plan, error: type[DecisionError], sentence: str
) -> None:
    assert occasion_id
    with pytest.raises(error, match=sentence), acting() as act:
        occasions.open_occasion(act, plan)


def test_what_another_city_holds_is_unknown(acting: Acting, occasion_id: str) -> None:
    with acting() as act:
        invitation_id = invitations.choose(act, occasion_id, LOU)
    with pytest.raises(UnknownError, match="no such occasion"), acting(city_id="chalon") as act:
        invitations.choose(act, occasion_id, LOU)
    with pytest.raises(UnknownError, match="no such invitation"), acting(city_id="chalon") as act:
        invitations.move(act, invitation_id, to="sent")


def test_no_field_asks_for_a_post_in_return() -> None:
    asking = ("post", "publish", "tag", "content", "favour", "counterpart")
    for name in ("occasions", "invitations"):
        columns = Base.metadata.tables[name].columns.keys()
        assert not [column for column in columns if any(word in column for word in asking)]
