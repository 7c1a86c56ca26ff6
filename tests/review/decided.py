"""What people of the demo city have decided, for the pages' tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cities.brief import Account
from cities.settings import Settings
from decisions import invitations, members, occasions, occasions_aside, preferences, relays
from decisions.members import Agreement
from decisions.models import Occasion
from decisions.occasions import Plan
from decisions.store import open_store
from tests.review.snapshots import OCCASION, account_of

AT = datetime(2026, 11, 10, 9, tzinfo=UTC)


def account(person: str) -> Account:
    """The Mastodon account of an invented person."""
    platform, author_id = account_of(person)
    return Account(platform=platform, author_id=author_id)


def decide(settings: Settings) -> None:
    """An occasion with guests and posts; an opening confirmed, one set aside; two preferences."""
    with open_store(settings) as store, store.act("montreval", actor="odile", at=AT) as act:
        # Under a known id: the night's posts to relay name it.
        fields = {"city_id": "montreval", "occasion_id": OCCASION, "opened_at": AT}
        act.session.add(
            Occasion(
                **fields,
                kind="business",
                title="Chez Odile",
                trade="restaurant",
                address="3 quai des Tanneurs",
                handle="@chez_odile@halle.example",
                held_on=date(2026, 11, 12),
            )
        )
        act.session.flush()
        for person in ("p01", "p02", "p03"):
            members.link(act, members.add(act, Agreement("v1", AT)), account(person))
        invitation_id = invitations.choose(act, OCCASION, account("p01"))
        invitations.move(act, invitation_id, to="sent")
        invitations.choose(act, OCCASION, account("p02"))
        granted = relays.ask(act, OCCASION, account("p02"), post_id="p02-1")
        relays.move(act, granted, to="granted")
        relays.ask(act, OCCASION, account("p03"), post_id="no-longer-there")
        occasions.open_occasion(
            act, Plan(kind="opening", title="Aux Cardons", opening_id="A20260003")
        )
        occasions_aside.set_aside(act, "A20260002", reason="head_office")
        preferences.prefer(act, account("p04"), account("p06"))
        preferences.prefer(act, account("p07"), account("p05"), theme="wine")
