"""Who is erased is named in one form; what is looked for is never a sign that all texts hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cities.blocking import block_hash
from cities.brief import Account
from cities.folder import CityFolder
from cities.settings import Settings
from decisions.corrections import correct
from decisions.errors import MalformedError
from decisions.store import open_store
from operate.arguments import account_of
from outreach.rights import OUTSIDE, erase
from warehouse.connection import open_warehouse

AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
LOU = Account(platform="mastodon", author_id="lou_71@saone.example")


@pytest.fixture
def log(folder: CityFolder, settings: Settings) -> Path:
    """A home with a warehouse, a word on Lou, and a log that names two people."""
    with open_warehouse(folder):
        pass
    with (
        open_store(settings) as store,
        store.act("montreval", actor="odile", at=AT) as act,
    ):
        correct(act, LOU, subject="theme", value="wine", reason="misread")
    path = settings.home.airflow / "logs" / "task.log"
    path.parent.mkdir(parents=True)
    path.write_text("lou_71@saone.example, 7 pages, dpo@saone.example @ 2 h\n")
    return path


@pytest.mark.parametrize("typed", ["@lou_71@saone.example", " LOU_71@saone.example"])
def test_an_account_as_people_copy_it_is_erased_and_no_other_word(
    folder: CityFolder, settings: Settings, log: Path, typed: str
) -> None:
    account = Account(platform="mastodon", author_id=typed)
    proof = erase(folder, account, settings=settings, actor="odile", at=AT)
    assert log.read_text() == "@…, 7 pages, dpo@saone.example @ 2 h\n"
    assert proof.block_hash == erase(folder, LOU, settings=settings, actor="o", at=AT).block_hash


@pytest.mark.parametrize("typed", ["@", "@@", "@saone.example", "lou", "@lou@", "_ @a.b"])
def test_what_is_no_account_is_refused_before_anything_is_touched(
    folder: CityFolder, settings: Settings, log: Path, typed: str
) -> None:
    before = log.read_text()
    with pytest.raises(MalformedError, match="user@instance"):
        erase(
            folder,
            Account(platform="mastodon", author_id=typed),
            settings=settings,
            actor="odile",
            at=AT,
        )
    assert log.read_text() == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x:@marie", "Marie, @…, @…, instagram.com/marie, marie.example, marie@marie.example\n"),
        (
            "https://www.instagram.com/Marie/",
            "Marie, @…, x.com/marie, @…, marie.example, marie@marie.example\n",
        ),
        (
            "blog:marie.example",
            "Marie, @marie, x.com/marie, instagram.com/marie, @…, marie@marie.example\n",
        ),
        (
            "@marie@marie.example",
            "Marie, @…, x.com/marie, instagram.com/marie, marie.example, @…\n",
        ),
    ],
)
def test_a_person_of_each_platform_is_erased_as_they_wrote_it(
    folder: CityFolder, settings: Settings, log: Path, typed: str, kept: str
) -> None:
    log.write_text(
        "Marie, @marie, x.com/marie, instagram.com/marie, marie.example, marie@marie.example\n"
    )
    account = account_of(typed)
    with open_store(settings) as store, store.act("montreval", actor="odile", at=AT) as act:
        correct(act, account, subject="theme", value="wine", reason="misread")
        correct(act, LOU, subject="theme", value="wine", reason="misread")
    proof = erase(folder, account, settings=settings, actor="odile", at=AT)
    assert log.read_text() == kept
    assert proof.block_hash == block_hash(settings.block_key(), account.platform, account.author_id)


def test_the_proof_names_what_a_restore_left() -> None:
    assert any("before-restore" in place for place in OUTSIDE)
