"""Landing files: durable, replaced, read, deleted; erasure in them and in states."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import pytest

from cities.brief import Account
from cities.errors import PortevoixError
from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import (
    Counts,
    Lander,
    Outcome,
    delete_before,
    forget,
    holds,
    landed_files,
    outcome_file,
    outcomes,
    read_outcome,
    write_outcome,
)
from collectors.run import collect
from tests.collectors.conftest import Serve
from tests.collectors.nights import (
    BODACC,
    SAONE,
    a_post,
    an_author,
    an_edge,
    landed,
    write_briefs,
)
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, post, world

ANA, EVE = "ana@saone.example", "eve@saone.example"
EVE_ACCOUNT = Account(platform="mastodon", author_id=EVE)


def test_a_file_holds_one_record_a_line_and_is_private(folder: CityFolder) -> None:
    path = Lander(folder, SAONE, NIGHT_1).land(3, [a_post(), an_author()])
    assert path.name == "20261117T013000Z-00003.ndjson.gz"
    assert path.stat().st_mode & 0o077 == 0
    assert [row["kind"] for row in landed(folder, SAONE)] == ["post", "author"]


def test_a_page_landed_again_replaces_its_file_to_the_byte(folder: CityFolder) -> None:
    lander = Lander(folder, SAONE, NIGHT_1)
    first = lander.land(0, [a_post()]).read_bytes()
    assert lander.land(0, [a_post()]).read_bytes() == first
    assert len(landed_files(folder, SAONE)) == 1


def test_files_whose_cursor_never_moved_are_discarded(folder: CityFolder) -> None:
    lander = Lander(folder, SAONE, NIGHT_1)
    for seq in range(3):
        lander.land(seq, [a_post()])
    (folder.landing(SAONE) / ".x.ndjson.gz.draft").write_bytes(b"half")
    Lander(folder, SAONE, NIGHT_2).land(0, [a_post()])
    lander.discard_from(1)
    names = sorted(path.name for path in folder.landing(SAONE).iterdir())
    assert names == ["20261117T013000Z-00000.ndjson.gz", "20261118T013000Z-00000.ndjson.gz"]


def test_outcomes_of_a_night_by_source(folder: CityFolder) -> None:
    for source_id in (SAONE, BODACC):
        write_outcome(folder, Outcome(source_id=source_id, as_of=NIGHT_1, state="done"))
    write_outcome(
        folder, Outcome(source_id=SAONE, as_of=NIGHT_2, state="failed", counts=Counts(odd=2))
    )
    assert [outcome.source_id for outcome in outcomes(folder, NIGHT_1)] == [BODACC, SAONE]
    assert read_outcome(outcome_file(folder, SAONE, NIGHT_2)).counts.odd == 2


@pytest.mark.parametrize("content", [None, "{", '{"state": "gone"}'])
def test_a_missing_or_broken_outcome_is_a_sentence(folder: CityFolder, content: str | None) -> None:
    path = outcome_file(folder, SAONE, NIGHT_1)
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(PortevoixError, match=r"mastodon-saone: .*20261117T013000Z"):
        read_outcome(path)


def test_nights_before_a_moment_are_deleted(folder: CityFolder) -> None:
    for night in (NIGHT_1, NIGHT_2):
        Lander(folder, SAONE, night).land(0, [a_post()])
        write_outcome(folder, Outcome(source_id=SAONE, as_of=night, state="done"))
    assert delete_before(folder, NIGHT_1) == 0
    assert delete_before(folder, NIGHT_1 + timedelta(hours=1)) == 2
    assert [path.name[:8] for path in landed_files(folder, SAONE)] == ["20261118"]


def test_forget_removes_an_author_and_redacts_the_author_in_others_words(
    folder: CityFolder,
) -> None:
    Lander(folder, SAONE, NIGHT_1).land(
        0,
        [
            a_post(ANA, "Merci @eve ! Et @evelyne.", links=["https://saone.example/@eve/4"]),
            a_post(EVE, post_id="https://saone.example/users/eve/statuses/4"),
            an_author(ANA, bio="Avec @EVE@saone.example"),
            an_author(EVE),
            an_edge(ANA, EVE),
            an_edge(ANA, "bob@halle.example"),
        ],
    )
    assert holds(folder, EVE_ACCOUNT) == landed_files(folder, SAONE)
    assert forget(folder, EVE_ACCOUNT) == 1
    assert holds(folder, EVE_ACCOUNT) == []
    rows = landed(folder, SAONE)
    assert [row["kind"] for row in rows] == ["post", "author", "edge"]
    assert (rows[0]["text"], rows[0]["links"]) == ("Merci @… ! Et @evelyne.", [])
    assert forget(folder, EVE_ACCOUNT) == 0


def test_forget_reads_what_a_truncated_file_still_holds(folder: CityFolder) -> None:
    path = Lander(folder, SAONE, NIGHT_1).land(0, [a_post(), *[an_author(EVE)] * 500])
    path.write_bytes(path.read_bytes()[:-20])
    assert forget(folder, EVE_ACCOUNT) == 1
    lines = gzip.decompress(path.read_bytes()).splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["post"]


def test_a_night_forgets_an_author_in_its_state_too(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    posts = [post(1, EVE, NIGHT_1), post(2, ANA, NIGHT_1)]
    serve(world([author("ana"), author("eve")], posts)).set_clock(NIGHT_1)
    write_briefs(folder)
    collect(folder, SAONE, NIGHT_1, settings=settings)
    assert folder.state_file(SAONE) in holds(folder, EVE_ACCOUNT)
    forget(folder, EVE_ACCOUNT)
    assert holds(folder, EVE_ACCOUNT) == []
    kept = [path for path in folder.root.rglob("*") if path.is_file() and path.suffix != ".gz"]
    assert not any(b"eve" in path.read_bytes() for path in kept if path.suffix == ".json")
    assert "ana" in folder.state_file(SAONE).read_text(encoding="utf-8")
