"""What every source must respect, written once and run on the whole registry."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter

from cities.folder import CityFolder
from cities.settings import Settings
from cities.sources import Source
from collectors.landing import landed_files, outcome_file
from collectors.paging import Source as ReadableSource
from collectors.recent import Recent
from collectors.records import KINDS
from collectors.registry import SOURCES, open_source
from collectors.run import collect
from demo.serve import Proxy, running
from tests.collectors.nights import landed
from tests.contracts.trials.every import TRIALS
from tests.contracts.trials.questions import questions
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1, NIGHT_2


def test_every_source_of_the_registry_has_a_trial() -> None:
    adapter: TypeAdapter[object] = TypeAdapter(Source)
    assert {type(adapter.validate_python(trial.source)) for trial in TRIALS} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.__name__)
def test_a_source_declares_key_cursor_and_second_run(source: type[ReadableSource]) -> None:
    declaration = source.declaration
    assert all((declaration.platform, declaration.key, declaration.cursor))
    assert declaration.second_run
    assert source.__doc__


def test_it_lands_valid_records_of_the_night(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    rows = landed(folder, trial.source_id)
    assert (outcome.state, outcome.sentence) == ("done", "")
    assert rows
    for row in rows:
        record = KINDS[row["kind"]].model_validate(row)
        assert record.observed_at == NIGHT_1  # type: ignore[attr-defined]  # every kind has it
    counted = outcome.counts.model_dump()
    assert sum(counted[name] for name in ("posts", "authors", "edges", "openings")) == len(rows)


def test_the_same_night_again_asks_nothing_and_changes_nothing(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    first = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}
    proxy.forget_requests()
    assert collect(folder, trial.source_id, NIGHT_1, settings=settings) == first
    assert proxy.requests() == {}
    assert before == {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}


def test_a_night_read_anew_lands_the_same_bytes(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}
    folder.state_file(trial.source_id).unlink()
    outcome_file(folder, trial.source_id, NIGHT_1).unlink()
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert before == {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}


def test_a_second_night_adds_no_key(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    first = {_key(row) for row in landed(folder, trial.source_id)}
    proxy.set_clock(NIGHT_2)
    assert collect(folder, trial.source_id, NIGHT_2, settings=settings).state == "done"
    assert {_key(row) for row in landed(folder, trial.source_id)} == first


def _key(row: dict[str, object]) -> str:
    names = ("kind", "post_id", "author_id", "opening_id", "gone_id", "to_author_id")
    return json.dumps([row.get(name) for name in names])


@pytest.mark.served
def test_its_first_page_comes_before_its_last_question(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    with open_source(folder.city(), trial.source_id, settings) as source:
        pages = source.pages({}, Recent({}), NIGHT_1)
        while not next(pages).records:
            pass
        first = questions(proxy, trial)
        for _ in pages:
            pass
    assert first < questions(proxy, trial)


def test_who_wants_out_is_dropped_and_counted(
    monkeypatch: pytest.MonkeyPatch, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    if trial.opted_out is None:
        pytest.skip(f"{trial.source_id}: its platform has no mark by which people opt out")
    with running(trial.opted_out) as proxy:
        proxy.set_clock(NIGHT_1)
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert landed(folder, trial.source_id) == []
    assert outcome.counts.opted_out or outcome.state == "failed"


@pytest.mark.served
def test_it_names_its_operator_and_obeys_the_proxy(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    with open_source(folder.city(), trial.source_id, settings) as source:
        assert source.probe(NIGHT_1).count_sample > 0
    assert proxy.requests()
