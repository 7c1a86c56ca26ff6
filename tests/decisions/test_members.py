"""People who said yes: what they declare, link, choose, and how they leave."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from cities.brief import Account
from decisions import contacts, corrections, invitations, members, occasions
from decisions.errors import MalformedError, RefusedError, UnknownError
from decisions.members import Agreement
from decisions.models import Consent, LinkedAccount
from decisions.occasions import Plan
from decisions.store import Store
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting

YES = Agreement("2026-09", NOW)


def test_a_member_is_read_as_the_brief_states_them(store: Store, acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, YES, display_name="Lou")
        members.link(act, member_id, Account(platform="mastodon", author_id="@Lou@Saone.example"))
        members.link(act, member_id, ZOE)
        members.declare_residency(act, member_id, is_resident=True)
        members.choose_themes(act, member_id, ["wine", "music", "wine"])
    with store.reading() as session:
        (member,) = members.all_members(session, "montreval")
    assert member.accounts == (LOU, ZOE)
    assert member.themes == ("music", "wine")
    assert member.is_resident is True
    assert member.joined_at == NOW


def test_an_account_has_one_member(acting: Acting) -> None:
    with acting() as act:
        first, second = members.add(act, YES), members.add(act, YES)
        members.link(act, first, LOU)
        members.link(act, first, LOU)
    with pytest.raises(RefusedError, match=f"linked to member {first}; unlink"), acting() as act:
        members.link(act, second, LOU)
    with acting() as act:
        members.unlink(act, first, LOU)
        members.link(act, second, LOU)


def test_leaving_takes_all_that_came_of_the_consent(store: Store, acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, YES, display_name="Lou")
        members.link(act, member_id, LOU)
        corrections.correct(act, LOU, subject="residency", value="resident", reason="known")
        occasion_id = occasions.open_occasion(act, Plan(kind="project", title="Les quais"))
        invitation_id = invitations.choose(act, occasion_id, LOU)
        invitations.move(act, invitation_id, to="sent")
    with acting(LATER) as act:
        members.leave(act, member_id)
    with store.reading() as session:
        assert members.all_members(session, "montreval") == ()
        for table in (Consent, LinkedAccount):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert invitations.under_way(session, "montreval") == ()
        assert contacts.last_contacts(session, "montreval") == ()
        assert len(corrections.all_corrections(session, "montreval")) == 1


@pytest.mark.parametrize(
    ("account", "sentence"),
    [
        (Account(platform="minitel", author_id="lou@saone.example"), "platform: is not one"),
        (Account(platform="mastodon", author_id="lou"), "write it as user@instance.example"),
        (Account(platform="mastodon", author_id="lou@saone"), "write it as user@instance.example"),
        (Account(platform="mastodon", author_id="l ou@saone.example"), "author_id: is not the"),
    ],
)
def test_an_account_must_have_its_platforms_form(
    acting: Acting, account: Account, sentence: str
) -> None:
    with pytest.raises(MalformedError, match=sentence) as caught, acting() as act:
        members.link(act, members.add(act, YES), account)
    assert "lou" not in str(caught.value)


@pytest.mark.parametrize(
    ("agreement", "name", "sentence"),
    [
        (Agreement("2026-09", LATER), "Lou", "given_at: lies after"),
        (Agreement("2026-09", datetime(2026, 11, 1)), "Lou", "given_at: carries no time zone"),  # noqa: DTZ001 - what is refused
        (Agreement("Version 9", NOW), "Lou", "text_version: is not a code"),
        (YES, " ", "display_name: must have 1 to 200"),
        (YES, "Lou\0", "display_name: holds a character"),
        (YES, "Lou\ud800", "display_name: holds a character"),
    ],
)
def test_a_consent_and_a_name_must_have_their_form(
    acting: Acting, agreement: Agreement, name: str, sentence: str
) -> None:
    with pytest.raises(MalformedError, match=sentence), acting() as act:
        members.add(act, agreement, display_name=name)


def test_a_city_sees_only_its_members(acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, YES)
        members.link(act, member_id, LOU)
    with pytest.raises(UnknownError, match="no such member"), acting(city_id="chalon") as act:
        members.leave(act, member_id)
    with acting(city_id="chalon") as act:
        members.link(act, members.add(act, YES), LOU)


def test_an_unknown_theme_and_a_link_that_is_not_there_are_refused(acting: Acting) -> None:
    with acting() as act:
        member_id = members.add(act, YES)
    with pytest.raises(MalformedError, match="themes: is not known; write one of"), acting() as act:
        members.choose_themes(act, member_id, ["religion"])
    with pytest.raises(UnknownError, match="has not linked this account"), acting() as act:
        members.unlink(act, member_id, LOU)
