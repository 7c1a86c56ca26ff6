"""Relays: asked by a person, answered by the author, taken back where it was a mistake."""

from __future__ import annotations

from itertools import pairwise

import pytest

from decisions import contacts, members, objections, occasions, relays
from decisions.brief import brief_of
from decisions.errors import RefusedError, UnknownError
from decisions.members import Agreement
from decisions.occasions import Plan
from decisions.relays import State
from decisions.store import Store
from tests.constants import NIGHT_1
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting, entries

POST = "https://saone.example/users/lou/statuses/7"


@pytest.fixture
def occasion_id(acting: Acting) -> str:
    """An occasion under way, and a member who may be asked."""
    with acting() as act:
        members.link(act, members.add(act, Agreement("v1", NOW)), LOU)
        return occasions.open_occasion(act, Plan(kind="project", title="Fête du quai"))


@pytest.fixture
def relay_id(acting: Acting, occasion_id: str) -> str:
    """A post whose author was asked."""
    with acting() as act:
        return relays.ask(act, occasion_id, LOU, post_id=POST)


def test_asking_twice_asks_once_and_keeps_one_contact(
    store: Store, acting: Acting, occasion_id: str, relay_id: str
) -> None:
    with acting(LATER) as act:
        assert relays.ask(act, occasion_id, LOU, post_id=POST) == relay_id
    with store.reading() as session:
        (relay,) = brief_of(session, "montreval", NIGHT_1).relays
        (contact,) = contacts.last_contacts(session, "montreval")
        kinds = [entry.kind for entry in entries(session)]
    assert (relay.account, relay.post_id, relay.state) == (LOU, POST, "asked")
    assert contact.contacted_at == NOW
    assert kinds.count("relay_asked") == 1


@pytest.mark.parametrize(
    "road",
    [
        ("granted", "relayed", "refused"),
        ("refused", "granted", "asked"),
        ("granted", "asked", "refused", "asked"),
        ("granted", "relayed", "granted"),
    ],
)
def test_an_answer_is_kept_and_mended(
    store: Store, acting: Acting, relay_id: str, road: tuple[State, ...]
) -> None:
    for step in road:
        for _ in range(2):  # said twice is said once
            with acting(LATER) as act:
                relays.move(act, relay_id, to=step)
    with store.reading() as session:
        (relay,) = relays.all_relays(session, "montreval")
        kinds = [entry.kind for entry in entries(session)]
    assert (relay.state, relay.changed_at) == (road[-1], LATER)
    assert [kind for kind in kinds if kind.startswith("relay_")][:-1] == [
        f"relay_{step}" for step in reversed(road)
    ]
    assert all(after in relays.NEXT[before] for before, after in pairwise(("asked", *road)))


def test_silence_is_no_permission(acting: Acting, relay_id: str) -> None:
    with pytest.raises(RefusedError, match="is asked and cannot be relayed"), acting() as act:
        relays.move(act, relay_id, to="relayed")


def test_only_what_is_asked_can_be_dropped(
    store: Store, acting: Acting, occasion_id: str, relay_id: str
) -> None:
    with acting() as act:
        relays.drop(act, relay_id)
        again = relays.ask(act, occasion_id, LOU, post_id=POST)
        relays.move(act, again, to="granted")
    with pytest.raises(RefusedError, match="is granted; drop only"), acting() as act:
        relays.drop(act, again)
    with store.reading() as session:
        assert [relay.relay_id for relay in relays.all_relays(session, "montreval")] == [again]


def test_who_has_not_agreed_or_objected_is_not_asked(acting: Acting, occasion_id: str) -> None:
    with pytest.raises(RefusedError, match="has not agreed to hear"), acting() as act:
        relays.ask(act, occasion_id, ZOE, post_id="z-1")
    with acting() as act:
        objections.block(act, ZOE)
    with pytest.raises(RefusedError, match="this author objected"), acting() as act:
        relays.ask(act, occasion_id, ZOE, post_id="z-1")


@pytest.mark.parametrize("way", ["object", "leave"])
def test_who_objects_or_leaves_takes_their_relays_along(
    store: Store, acting: Acting, relay_id: str, way: str
) -> None:
    assert relay_id
    with acting(LATER) as act:
        if way == "object":
            objections.block(act, LOU)
        else:
            (member,) = members.all_members(act.session, "montreval")
            members.leave(act, member.member_id)
    with store.reading() as session:
        assert relays.all_relays(session, "montreval") == ()


def test_a_closed_occasion_keeps_its_relays_out_of_the_brief(
    store: Store, acting: Acting, occasion_id: str, relay_id: str
) -> None:
    with acting(LATER) as act:
        occasions.close(act, occasion_id)
    with store.reading() as session:
        assert relays.under_way(session, "montreval") == ()
        assert [relay.relay_id for relay in relays.all_relays(session, "montreval")] == [relay_id]


def test_another_citys_relay_is_unknown(acting: Acting, occasion_id: str, relay_id: str) -> None:
    with pytest.raises(UnknownError, match="no such relay"), acting(city_id="chalon") as act:
        relays.move(act, relay_id, to="granted")
    with pytest.raises(UnknownError, match="no such occasion"), acting(city_id="chalon") as act:
        relays.ask(act, occasion_id, LOU, post_id="p-2")
