"""What every source must respect, written once and run on the whole registry."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import yaml
from pydantic import SecretStr, TypeAdapter

from cities.folder import CityFolder
from cities.settings import Settings
from cities.sources import Source
from collectors.check import check
from collectors.landing import landed_files, outcome_file
from collectors.paging import Source as ReadableSource
from collectors.records import KINDS
from collectors.registry import SOURCES, open_source
from collectors.run import collect
from demo.serve import Proxy, running
from tests.collectors.nights import landed, write_briefs
from tests.contracts.trials.every import TRIALS
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1, NIGHT_2

every_trial = pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.source_id)
COUNT = 90


@pytest.fixture
def folder(folder: CityFolder, trial: Trial) -> CityFolder:
    """The demo city, with this one source."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["sources"] = [dict(trial.source)]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    write_briefs(folder)
    return folder


@pytest.fixture
def settings(settings: Settings, trial: Trial) -> Settings:
    """The operator's settings, with the secrets of this source."""
    return settings.model_copy(
        update={name: SecretStr(value) for name, value in trial.secrets.items()}
    )


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch, trial: Trial) -> Iterator[Proxy]:
    """A small world that has something for this source."""
    with running(trial.world(COUNT)) as proxy:
        proxy.set_clock(NIGHT_1)
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        yield proxy


def test_every_source_of_the_registry_has_a_trial() -> None:
    adapter: TypeAdapter[object] = TypeAdapter(Source)
    assert {type(adapter.validate_python(trial.source)) for trial in TRIALS} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.__name__)
def test_a_source_declares_key_cursor_and_second_run(source: type[ReadableSource]) -> None:
    declaration = source.declaration
    assert all((declaration.platform, declaration.key, declaration.cursor))
    assert declaration.second_run
    assert source.__doc__


@every_trial
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


@every_trial
def test_the_same_night_again_asks_nothing_and_changes_nothing(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    first = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}
    proxy.forget_requests()
    assert collect(folder, trial.source_id, NIGHT_1, settings=settings) == first
    assert proxy.requests() == {}
    assert before == {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}


@every_trial
def test_a_night_read_anew_lands_the_same_bytes(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    before = {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}
    folder.state_file(trial.source_id).unlink()
    outcome_file(folder, trial.source_id, NIGHT_1).unlink()
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert before == {path: path.read_bytes() for path in landed_files(folder, trial.source_id)}


@every_trial
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


@every_trial
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
    trial: Trial,
    fault: dict[str, object],
) -> None:
    proxy.set_faults([{**fault, "path": trial.path, "times": None}])
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert outcome.state in ("waiting", "failed")
    assert outcome.sentence.startswith(f"{trial.source_id}: ")
    assert "\n" not in outcome.sentence
    assert not check(folder, trial.source_id, settings=settings, as_of=NIGHT_1).is_working
    proxy.set_faults([])
    assert collect(folder, trial.source_id, NIGHT_1, settings=settings).state == "done"


@every_trial
def test_it_names_its_operator_and_obeys_the_proxy(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    with open_source(folder.city(), trial.source_id, settings) as source:
        assert source.probe(NIGHT_1).count_sample > 0
    assert len(proxy.requests()) == 1
