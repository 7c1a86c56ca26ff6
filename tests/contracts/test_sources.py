"""What every source must respect, written once and run on the whole registry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.landing import landed_files, outcome_file
from collectors.records import KINDS
from collectors.registry import SOURCES, open_source
from collectors.run import collect
from demo.serve import Proxy, running
from tests.collectors.nights import landed, write_briefs
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, hourly, opening, world

# One configured source of each platform of the registry, in the demo city's file.
SOURCE_IDS = {"mastodon": "mastodon-saone", "bodacc": "bodacc"}
every_source = pytest.mark.parametrize("source_id", list(SOURCE_IDS.values()))


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch, folder: CityFolder) -> Iterator[Proxy]:
    """A small world that has something for every source."""
    days = [opening(n, NIGHT_1.date() - timedelta(days=n)) for n in range(1, 120, 9)]
    given = world([author("ana")], hourly(90, "ana@saone.example"), days)
    write_briefs(folder)
    with running(given) as proxy:
        proxy.set_clock(NIGHT_1)
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        yield proxy


def test_every_source_of_the_registry_is_tried_here() -> None:
    assert set(SOURCE_IDS) == set(SOURCES)


@pytest.mark.parametrize("platform", SOURCES)
def test_a_source_declares_key_cursor_and_second_run(platform: str) -> None:
    declaration = SOURCES[platform].declaration
    assert declaration.platform == platform
    assert all((declaration.key, declaration.cursor, declaration.second_run))
    assert SOURCES[platform].__doc__


@every_source
def test_it_lands_valid_records_of_the_night(
    proxy: Proxy, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    outcome = collect(folder, source_id, NIGHT_1, settings=settings)
    rows = landed(folder, source_id)
    assert (outcome.state, outcome.sentence) == ("done", "")
    assert rows
    for row in rows:
        record = KINDS[row["kind"]].model_validate(row)
        assert record.observed_at == NIGHT_1  # type: ignore[attr-defined]  # every kind has it
    counted = outcome.counts.model_dump()
    assert sum(counted[name] for name in ("posts", "authors", "edges", "openings")) == len(rows)


@every_source
def test_the_same_night_again_asks_nothing_and_changes_nothing(
    proxy: Proxy, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    first = collect(folder, source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, source_id)}
    proxy.forget_requests()
    assert collect(folder, source_id, NIGHT_1, settings=settings) == first
    assert proxy.requests() == {}
    assert before == {path: path.read_bytes() for path in landed_files(folder, source_id)}


@every_source
def test_a_night_read_anew_lands_the_same_bytes(
    proxy: Proxy, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    collect(folder, source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, source_id)}
    folder.state_file(source_id).unlink()
    outcome_file(folder, source_id, NIGHT_1).unlink()
    collect(folder, source_id, NIGHT_1, settings=settings)
    assert before == {path: path.read_bytes() for path in landed_files(folder, source_id)}


@every_source
def test_a_second_night_adds_no_key(
    proxy: Proxy, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    collect(folder, source_id, NIGHT_1, settings=settings)
    first = {_key(row) for row in landed(folder, source_id)}
    proxy.set_clock(NIGHT_2)
    assert collect(folder, source_id, NIGHT_2, settings=settings).state == "done"
    assert {_key(row) for row in landed(folder, source_id)} == first


def _key(row: dict[str, object]) -> str:
    names = ("kind", "post_id", "author_id", "opening_id", "gone_id", "to_author_id")
    return json.dumps([row.get(name) for name in names])


@every_source
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "limited", "retry_after_seconds": 900},
        {"kind": "expired"},
        {"kind": "html"},
        {"kind": "cut"},
        {"kind": "status", "status": 404},
        {"kind": "status", "status": 500},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}",
)
def test_trouble_is_one_sentence_and_passes(
    proxy: Proxy,
    folder: CityFolder,
    settings: Settings,
    source_id: str,
    fault: dict[str, object],
) -> None:
    proxy.set_faults([{**fault, "path": "/api/", "times": None}])
    outcome = collect(folder, source_id, NIGHT_1, settings=settings)
    assert outcome.state in ("waiting", "failed")
    assert outcome.sentence.startswith(f"{source_id}: ")
    assert "\n" not in outcome.sentence
    assert not check(folder, source_id, settings=settings, as_of=NIGHT_1).is_working
    proxy.set_faults([])
    assert collect(folder, source_id, NIGHT_1, settings=settings).state == "done"


@every_source
def test_it_names_its_operator_and_obeys_the_proxy(
    proxy: Proxy, folder: CityFolder, settings: Settings, source_id: str
) -> None:
    with open_source(folder.city(), source_id, settings) as source:
        assert source.probe(NIGHT_1).count_sample > 0
    assert len(proxy.requests()) == 1
