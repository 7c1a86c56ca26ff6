"""Erased is erased: no byte of the store or of the briefs names the author."""

from __future__ import annotations

import pytest

from cities.blocking import block_hash
from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import contacts, corrections, invitations, members, objections, occasions, relays
from decisions.brief import canonical, write_brief
from decisions.erasure import forget, forget_in_briefs, holds, holds_in_briefs
from decisions.members import Agreement
from decisions.occasions import Plan
from decisions.store import Store, open_store, sqlite_file
from tests.constants import NIGHT_1, NIGHT_2
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting, entries

# The same name everywhere, in order of platform: each is somebody else.
OF_PLATFORMS = [
    Account(platform="blog", author_id="marie.example"),
    Account(platform="instagram", author_id="marie"),
    Account(platform="mastodon", author_id="marie@marie.example"),
    Account(platform="x", author_id="marie"),
]


@pytest.fixture
def known(acting: Acting, folder: CityFolder, settings: Settings) -> None:
    """An author whom every kind of decision names, and a brief of that."""
    with acting() as act:
        member_id = members.add(act, Agreement("v1", NOW), display_name="Loulou la Saône")
        members.link(act, member_id, LOU)
        for theme in ("wine", "sport"):
            corrections.correct(act, LOU, subject="theme", value=theme, reason="misread")
        contacts.record_contact(act, ZOE)
        plan = Plan(
            kind="business",
            title="Balade avec @Lou@saone.example, @lou et @louise",
            handle="@lou@saone.example",
            address="chez @lou",
        )
        occasion_id = occasions.open_occasion(act, plan)
        invitations.choose(act, occasion_id, ZOE)
        invitations.move(act, invitations.choose(act, occasion_id, LOU), to="sent")
        post_id = "https://saone.example/users/lou/statuses/1"
        relays.ask(act, occasion_id, LOU, post_id=post_id)
    write_brief(folder, NIGHT_1, settings=settings)


def _erase(settings: Settings, folder: CityFolder) -> str:
    mark = forget(settings, folder, LOU, actor="La déléguée", at=LATER)
    forget_in_briefs(folder, LOU, settings=settings)
    return mark


def test_the_bytes_are_gone_and_the_hash_stays(
    known: None, folder: CityFolder, settings: Settings
) -> None:
    needles = ("lou@saone.example", "Loulou la Saône")
    for column in ("linked_accounts.author_id", "relays.author_id", "occasions.handle"):
        assert f"{column} (montreval)" in holds(settings, LOU)
    assert holds_in_briefs(folder, LOU) == [folder.brief_file(NIGHT_1)]
    mark = _erase(settings, folder)
    assert holds(settings, LOU) == []
    assert holds_in_briefs(folder, LOU) == []
    everything = b"".join(p.read_bytes() for p in folder.root.parent.rglob("*") if p.is_file())
    assert all(needle.lower().encode() not in everything.lower() for needle in needles)
    assert mark.encode() in everything


def test_what_a_killed_writer_left_is_erased_too(
    known: None, folder: CityFolder, settings: Settings
) -> None:
    path = folder.brief_file(NIGHT_1)
    (folder.briefs / f".{path.name}").hardlink_to(path)
    (folder.briefs / ".20261116T013000Z.json").write_text("lou@saone.exa")
    _erase(settings, folder)
    assert list(folder.briefs.iterdir()) == [path]
    assert folder.brief(NIGHT_1).members == ()


def test_what_names_others_stays(known: None, folder: CityFolder, settings: Settings) -> None:
    mark = _erase(settings, folder)
    write_brief(folder, NIGHT_2, settings=settings)
    old, new = folder.brief(NIGHT_1), folder.brief(NIGHT_2)
    for brief in (old, new):
        assert brief.blocked == (mark,)
        assert (brief.members, brief.corrections) == ((), ())
        assert [contact.account for contact in brief.contacts] == [ZOE]
        assert [invitation.account for invitation in brief.invitations] == [ZOE]
        assert brief.relays == ()
        assert brief.occasions[0].title == "Balade avec @…, @… et @louise"
        assert (brief.occasions[0].handle, brief.occasions[0].address) == ("@…", "chez @…")
    assert canonical(old) == folder.brief_file(NIGHT_1).read_bytes()
    assert mark == block_hash(settings.block_key(), "mastodon", LOU.author_id)


def test_erasing_again_changes_nothing(known: None, folder: CityFolder, settings: Settings) -> None:
    _erase(settings, folder)
    before = folder.brief_file(NIGHT_1).read_bytes()
    assert forget(settings, folder, LOU, actor="La déléguée", at=LATER)
    assert forget_in_briefs(folder, LOU, settings=settings) == 0
    assert folder.brief_file(NIGHT_1).read_bytes() == before
    with open_store(settings) as store, store.reading() as session:
        kinds = [entry.kind for entry in entries(session)]
    assert kinds.count("author_erased") == 1


def test_who_objected_before_can_still_be_erased(
    known: None, acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting() as act:
        objections.block(act, LOU)
    _erase(settings, folder)
    assert holds(settings, LOU) == []


def test_another_city_is_told_and_left_alone(
    known: None, acting: Acting, folder: CityFolder, settings: Settings
) -> None:
    with acting(city_id="chalon") as act:
        contacts.record_contact(act, LOU)
    _erase(settings, folder)
    assert holds(settings, LOU) == ["contacts.author_id (chalon)"]


def test_a_namesake_elsewhere_is_somebody_else(
    acting: Acting, folder: CityFolder, settings: Settings, store: Store
) -> None:
    other = Account(platform="mastodon", author_id="lou@saone.example.org")
    with acting() as act:
        contacts.record_contact(act, other)
        plan = Plan(kind="project", title="Avec @lou@halle.example et milou@saone.example")
        occasions.open_occasion(act, plan)
    _erase(settings, folder)
    with store.reading() as session:
        assert [contact.account for contact in contacts.last_contacts(session, "montreval")] == [
            other
        ]
        (occasion,) = occasions.under_way(session, "montreval")
    assert occasion.title == plan.title


def test_a_longer_name_is_not_taken_for_the_erased_one(
    known: None, folder: CityFolder, settings: Settings
) -> None:
    # the title of an occasion names @louise, who is somebody else
    assert [entry for entry in holds(settings, LOU) if "occasions.title" in entry]
    _erase(settings, folder)
    assert [entry for entry in holds(settings, LOU) if "occasions" in entry] == []


def test_freed_bytes_of_the_file_are_found(known: None, settings: Settings) -> None:
    path = sqlite_file(settings)
    assert path is not None
    path.with_name(f"{path.name}-old").write_bytes(b"\0bea@halle.examplemastodon")
    bea = Account(platform="mastodon", author_id="bea@halle.example")
    assert holds(settings, bea) == [f"{path.name}-old"]


@pytest.mark.parametrize("account", OF_PLATFORMS, ids=lambda account: account.platform)
def test_an_account_of_each_platform_is_erased_exactly(
    acting: Acting, folder: CityFolder, settings: Settings, store: Store, account: Account
) -> None:
    others = [one for one in OF_PLATFORMS if one != account]
    with acting() as act:
        for one in OF_PLATFORMS:
            corrections.correct(act, one, subject="theme", value="wine", reason="misread")
            contacts.record_contact(act, one)
        members.link(act, members.add(act, Agreement("v1", NOW)), account)
        title = "Marie et Les Carnets reçoivent @mariette"
        occasions.open_occasion(act, Plan(kind="project", title=title))
    write_brief(folder, NIGHT_1, settings=settings)
    assert [member.accounts for member in folder.brief(NIGHT_1).members] == [(account,)]
    assert {where.partition(" ")[0] for where in holds(settings, account)} == {
        "linked_accounts.author_id",
        "corrections.author_id",
        "contacts.author_id",
    }
    forget(settings, folder, account, actor="La déléguée", at=LATER)
    forget_in_briefs(folder, account, settings=settings)
    assert (holds(settings, account), holds_in_briefs(folder, account)) == ([], [])
    brief = folder.brief(NIGHT_1)
    assert [correction.account for correction in brief.corrections] == others
    assert (brief.members, brief.occasions[0].title) == ((), title)
    with store.reading() as session:
        left = {
            contact.account.platform for contact in contacts.last_contacts(session, "montreval")
        }
    assert left == {one.platform for one in others}


def test_an_actor_who_is_erased_leaves_the_log_too(
    store: Store, folder: CityFolder, settings: Settings
) -> None:
    with store.act("montreval", actor="lou@saone.example", at=NOW) as act:
        contacts.record_contact(act, ZOE)
    _erase(settings, folder)
    assert holds(settings, LOU) == []
    with store.reading() as session:
        actors = {entry.actor for entry in entries(session)}
    assert actors == {"@…", "La déléguée"}


def test_the_log_never_names_an_author(known: None, store: Store) -> None:
    with store.reading() as session:
        told = [f"{entry.kind} {entry.subject_id}" for entry in entries(session)]
    assert told
    assert not [line for line in told if "lou" in line.lower() or "zoe" in line.lower()]
