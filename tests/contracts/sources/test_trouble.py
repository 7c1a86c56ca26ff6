"""Whatever a platform does, a source ends in a stated outcome, with one sentence, and recovers."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.run import collect
from demo.serve import Proxy
from tests.collectors.nights import landed
from tests.contracts.sources.conftest import COUNT
from tests.contracts.trials.questions import questions
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1

pytestmark = pytest.mark.served

# Fault → the state in which the night ends, where a trial does not say otherwise.
TROUBLES: dict[str, tuple[dict[str, Any], str]] = {
    "401": ({"kind": "expired"}, "failed"),
    "403": ({"kind": "status", "status": 403}, "failed"),
    "404": ({"kind": "status", "status": 404}, "failed"),
    "429 Retry-After": ({"kind": "limited", "retry_after_seconds": 900}, "waiting"),
    "429": ({"kind": "status", "status": 429}, "waiting"),
    "500": ({"kind": "status", "status": 500}, "waiting"),
    "503 Retry-After": ({"kind": "status", "status": 503, "retry_after_seconds": 900}, "waiting"),
    "cut": ({"kind": "cut"}, "waiting"),
    "html": ({"kind": "html"}, "failed"),
    "garbage": ({"kind": "garbage"}, "failed"),
    "truncated": ({"kind": "truncated"}, "failed"),
}
SECRET = "demo-token"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_one_sentence_and_passes(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial, trouble: str
) -> None:
    fault, usual = TROUBLES[trouble]
    proxy.set_faults([{**fault, "host": trial.host, "path": trial.path, "times": None}])
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert outcome.state == trial.outcomes.get(trouble, usual), outcome.sentence
    if outcome.state != "done":
        assert outcome.sentence.startswith(f"{trial.source_id}: ")
        assert "\n" not in outcome.sentence
        assert not check(folder, trial.source_id, settings=settings, as_of=NIGHT_1).is_working
    proxy.set_faults([])
    if outcome.state != "done":
        assert collect(folder, trial.source_id, NIGHT_1, settings=settings).state == "done"
        assert len(_keys(folder, trial)) >= COUNT


def test_trouble_in_the_middle_keeps_what_was_read_and_goes_on(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    fault = {"kind": "limited", "retry_after_seconds": 900, "skip": 2, "times": None}
    proxy.set_faults([{**fault, "host": trial.host, "path": trial.path}])
    first = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert (first.state, first.retry_at is not None) == ("waiting", True)
    proxy.set_faults([])
    assert collect(folder, trial.source_id, NIGHT_1, settings=settings).state == "done"
    assert len(_keys(folder, trial)) >= COUNT


def test_a_slow_platform_is_waited_for(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    proxy.set_faults([{"kind": "slow", "seconds": 1.5, "host": trial.host, "path": trial.path}])
    assert collect(folder, trial.source_id, NIGHT_1, settings=settings).state == "done"


def test_one_odd_record_is_told_and_stops_nothing(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    if not trial.altered:
        pytest.skip(f"{trial.source_id}: odd records are tried with its own tests")
    whole = {"host": trial.host, "path": trial.path, "times": None}
    proxy.set_faults([{"kind": "set", "field": trial.altered, "value": {}, "position": 1, **whole}])
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert outcome.state == "done"
    assert 0 < outcome.counts.odd < COUNT
    assert outcome.odd[0].position
    assert outcome.odd[0].cause
    assert outcome.counts.posts + outcome.counts.openings > 0


def test_a_changed_schema_is_told_and_lands_nothing_false(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    if not trial.altered:
        pytest.skip(f"{trial.source_id}: a changed schema is tried with its own tests")
    whole = {"host": trial.host, "path": trial.path, "times": None}
    proxy.set_faults([{"kind": "remove", "field": trial.altered, **whole}])
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert outcome.counts.odd or outcome.state == "failed"
    assert outcome.counts.posts + outcome.counts.openings == 0


def test_no_secret_stands_in_logs_sentences_or_files(
    proxy: Proxy,
    folder: CityFolder,
    settings: Settings,
    trial: Trial,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    collect(folder, trial.source_id, NIGHT_1, settings=settings)
    proxy.set_faults([{"kind": "expired", "host": trial.host, "path": trial.path, "times": None}])
    for path in folder.root.rglob("*.outcome.json"):
        path.unlink()
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=settings)
    assert SECRET not in caplog.text + outcome.sentence
    assert SECRET not in repr(settings)
    files = [path for path in folder.root.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_without_its_credential_it_says_which_to_set(
    proxy: Proxy, folder: CityFolder, settings: Settings, trial: Trial
) -> None:
    if not trial.has_credential:
        pytest.skip(f"{trial.source_id}: needs no credential")
    bare = settings.model_copy(update=dict.fromkeys(trial.secrets))
    outcome = collect(folder, trial.source_id, NIGHT_1, settings=bare)
    assert outcome.state == "failed"
    assert all(f"PORTEVOIX_{name.upper()}" in outcome.sentence for name in trial.secrets)
    assert questions(proxy, trial) == 0


def _keys(folder: CityFolder, trial: Trial) -> set[str]:
    rows = landed(folder, trial.source_id)
    return {str(row[name]) for row in rows for name in ("post_id", "opening_id") if row.get(name)}
