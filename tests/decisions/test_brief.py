"""The brief: same decisions, same bytes; written once; what people said changes the next one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from cities.brief import read_brief
from cities.folder import CityFolder
from cities.settings import Settings
from decisions import contacts, corrections, invitations, members, objections, occasions
from decisions.brief import brief_of, canonical, write_brief
from decisions.errors import MalformedError
from decisions.members import Agreement
from decisions.occasions import Plan
from decisions.store import Store
from tests.constants import NIGHT_1, NIGHT_2
from tests.decisions.conftest import LATER, LOU, NOW, ZOE, Acting


@pytest.fixture
def decided(acting: Acting) -> None:
    """One decision of each kind."""
    with acting() as act:
        member_id = members.add(act, Agreement("v1", NOW), display_name="Lou")
        members.link(act, member_id, LOU)
        corrections.correct(act, ZOE, subject="residency", value="not_resident", reason="known")
        occasion_id = occasions.open_occasion(act, Plan(kind="project", title="L’été à Montréval"))
        invitations.move(act, invitations.choose(act, occasion_id, LOU), to="sent")
    with acting(LATER) as act:
        contacts.record_contact(act, LOU)
        objections.block(act, ZOE.model_copy(update={"author_id": "other@saone.example"}))


def test_a_brief_holds_every_kind_of_decision_and_no_name(
    decided: None, folder: CityFolder, settings: Settings
) -> None:
    path = write_brief(folder, NIGHT_1, settings=settings)
    brief = read_brief(path)
    assert (brief.city_id, brief.as_of) == ("montreval", NIGHT_1)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [member.accounts for member in brief.members] == [(LOU,)]
    assert [word.value for word in brief.corrections] == ["not_resident"]
    assert [(c.account, c.contacted_at) for c in brief.contacts] == [(LOU, LATER)]
    assert [occasion.title for occasion in brief.occasions] == ["L’été à Montréval"]
    assert [invitation.state for invitation in brief.invitations] == ["sent"]
    assert len(brief.blocked) == 1
    assert canonical(brief) == path.read_bytes()


def test_the_same_decisions_give_the_same_bytes(
    decided: None, store: Store, folder: CityFolder, settings: Settings
) -> None:
    first = write_brief(folder, NIGHT_1, settings=settings).read_bytes()
    folder.brief_file(NIGHT_1).unlink()
    in_paris = NIGHT_1.astimezone(timezone(timedelta(hours=1)))
    assert write_brief(folder, in_paris, settings=settings).read_bytes() == first
    with store.reading() as session:
        assert canonical(brief_of(session, "montreval", NIGHT_1)) == first


def test_a_brief_is_written_once(acting: Acting, folder: CityFolder, settings: Settings) -> None:
    path = write_brief(folder, NIGHT_1, settings=settings)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    with acting() as act:
        contacts.record_contact(act, LOU)
    assert write_brief(folder, NIGHT_1, settings=settings) == path
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before
    assert len(read_brief(write_brief(folder, NIGHT_2, settings=settings)).contacts) == 1
    assert sorted(file.name for file in folder.briefs.iterdir()) == [
        "20261117T013000Z.json",
        "20261118T013000Z.json",
    ]


def test_two_that_write_at_once_write_one(
    decided: None, folder: CityFolder, settings: Settings
) -> None:
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(write_brief, folder, NIGHT_1, settings=settings) for _ in range(8)]
        paths = {future.result() for future in futures}
    assert paths == {folder.brief_file(NIGHT_1)}
    assert [file.name for file in folder.briefs.iterdir()] == ["20261117T013000Z.json"]


def test_what_a_killed_writer_left_does_no_harm(
    decided: None, folder: CityFolder, settings: Settings
) -> None:
    draft = folder.briefs / f".{folder.brief_file(NIGHT_1).name}"
    draft.write_text('{"version": 1, "city')
    path = write_brief(folder, NIGHT_1, settings=settings)
    assert read_brief(path).city_id == "montreval"
    assert not draft.exists()


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    with store.reading() as session, pytest.raises(MalformedError, match="as_of: carries no time"):
        brief_of(session, "montreval", datetime(2026, 11, 17))  # noqa: DTZ001 - what is refused
