"""After an occasion: a guest's post is proposed by a night, decided by a person, and erased."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cities.brief import Account
from cities.names import fold
from decisions.invitations import choose, move
from decisions.members import Agreement, add, link
from decisions.objections import block
from decisions.occasions import Plan, open_occasion
from decisions.relays import all_relays, ask
from decisions.store import open_store
from demo.serve import Proxy
from outreach.rights import erase
from review.snapshot import Snapshots
from tests.constants import NIGHT_2
from tests.laws.nights import Stage, run_night
from tests.laws.test_peoples_word import DECIDED_AT, acting
from tests.laws.test_peoples_word import ask as rows_of

SPOKEN = """
    select posts.platform, posts.author_id, posts.post_id, posts.text, posts.published_at
    from personal_posts as posts
    inner join persons using (platform, author_id)
    inner join rankings on rankings.person_id = persons.person_id and rankings.theme = ''
    inner join post_relevance using (platform, post_id)
    where
        posts.platform = 'mastodon' and relevance >= 0.9
        and posts.published_at < ? and length(posts.text) > 40
    order by posts.published_at desc, posts.post_id limit 1
"""


@pytest.fixture
def stage(first_night: Stage, proxy: Proxy, tmp_path: Path) -> Stage:
    """Night 1 is over; the proxy stands at night 2."""
    proxy.set_clock(NIGHT_2)
    return first_night.copy(tmp_path / "data")


def shown(stage: Stage) -> list[str]:
    """The posts that the newest night's pages propose to relay."""
    rows = Snapshots().newest(stage.folder).rows("relays", blocked=[])
    return [row["post_id"] for row in rows]


def test_a_guests_post_is_proposed_and_never_decided_by_a_night(stage: Stage) -> None:
    (platform, author_id, post_id, text, published_at), *_ = rows_of(
        stage, SPOKEN, NIGHT_2 - timedelta(days=2)
    )
    guest = Account(platform=platform, author_id=author_id)
    title = " ".join(fold(text).split()[:4])
    day = (published_at - timedelta(days=1)).date()
    with acting(stage) as act:
        link(act, add(act, Agreement("2026-05", DECIDED_AT)), guest)
        plan = Plan(kind="business", title=title, trade="restaurant", held_on=day)
        occasion_id = open_occasion(act, plan)
        move(act, choose(act, occasion_id, guest), to="sent")
    before = stage.home.decisions_file.read_bytes()
    run_night(stage, NIGHT_2)
    assert post_id in shown(stage)
    assert stage.home.decisions_file.read_bytes() == before

    with acting(stage) as act:
        ask(act, occasion_id, guest, post_id=post_id)
    run_night(stage, NIGHT_2 + timedelta(days=1))
    assert rows_of(stage, "select state from brief_relays") == [("asked",)]

    with acting(stage) as act:
        block(act, guest)
    erase(stage.folder, guest, settings=stage.settings, actor="dpo", at=DECIDED_AT)
    assert post_id not in shown(stage)
    for table in ("relay_proposals", "brief_relays", "brief_invitations"):
        assert not rows_of(stage, f"select 1 from {table} where author_id = ?", author_id)
    with open_store(stage.settings) as store, store.reading() as session:
        assert all_relays(session, "montreval") == ()
