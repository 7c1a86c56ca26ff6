"""An author who says no: gone at once, and barred from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cities.blocking import block_hash
from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import contacts, corrections, invitations, members, objections, occasions
from decisions.act import Act
from decisions.brief import write_brief
from decisions.errors import RefusedError
from decisions.members import Agreement
from decisions.occasions import Plan
from decisions.store import Store
from tests.constants import NIGHT_1, NIGHT_2
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting, entries


def test_an_objection_is_seen_at_once_and_in_the_next_brief(
    store: Store, acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        contacts.record_contact(act, LOU)
        contacts.record_contact(act, ZOE)
    write_brief(folder, NIGHT_1, settings=settings)
    with acting(LATER) as act:
        mark = objections.block(act, Account(platform="mastodon", author_id="LOU@saone.example"))
        assert objections.block(act, LOU) == mark
    with store.reading() as session:
        assert objections.blocked_hashes(session, "montreval") == {mark}
        assert objections.count_blocked(session, "montreval") == 1
        assert objections.blocked_hashes(session, "chalon") == frozenset()
        kinds = [entry.kind for entry in entries(session)]
    write_brief(folder, NIGHT_2, settings=settings)
    assert folder.brief(NIGHT_1).blocked == ()
    assert folder.brief(NIGHT_2).blocked == (mark,)
    assert [contact.account for contact in folder.brief(NIGHT_2).contacts] == [ZOE]
    assert mark == block_hash(settings.block_key(), "mastodon", LOU.author_id)
    assert kinds.count("author_objected") == 1


def test_a_member_who_objects_leaves_whole(store: Store, acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, Agreement("v1", NOW), display_name="Lou")
        members.link(act, member_id, LOU)
        members.link(act, member_id, ZOE)
    with acting(LATER) as act:
        objections.block(act, LOU)
    with store.reading() as session:
        assert members.all_members(session, "montreval") == ()


def _choose(act: Act) -> None:
    occasion_id = occasions.open_occasion(act, Plan(kind="project", title="Les quais"))
    invitations.choose(act, occasion_id, LOU)


@pytest.mark.parametrize(
    "name_again",
    [
        lambda act: members.link(act, members.add(act, Agreement("v1", NOW)), LOU),
        lambda act: corrections.correct(act, LOU, subject="theme", value="wine", reason="known"),
        lambda act: contacts.record_contact(act, LOU),
        _choose,
    ],
    ids=["link", "correct", "contact", "choose"],
)
def test_no_act_names_a_blocked_author_again(
    acting: Acting, name_again: Callable[[Act], object]
) -> None:
    with acting() as act:
        objections.block(act, LOU)
    with pytest.raises(RefusedError, match="this author objected"), acting(LATER) as act:
        name_again(act)
