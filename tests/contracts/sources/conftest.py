"""The demo city with one source, against its platform: what each contract over sources needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from pydantic import SecretStr

from cities.folder import CityFolder
from cities.settings import Settings
from demo.serve import Proxy, running
from tests.collectors.nights import write_briefs
from tests.contracts.trials.every import TRIALS
from tests.contracts.trials.trial import Trial
from tests.demo.small_world import NIGHT_1

COUNT = 90


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `trial` runs for each source; with mark `served`, for those asked."""
    if "trial" in metafunc.fixturenames:
        is_served = metafunc.definition.get_closest_marker("served") is not None
        trials = [trial for trial in TRIALS if trial.is_served or not is_served]
        metafunc.parametrize("trial", trials, ids=[trial.source_id for trial in trials])


@pytest.fixture
def folder(folder: CityFolder, trial: Trial) -> CityFolder:
    """The demo city, with this one source."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["sources"] = [dict(trial.source)]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
    write_briefs(folder)
    if trial.prepare is not None:
        trial.prepare(folder, COUNT)
    return folder


@pytest.fixture
def settings(settings: Settings, trial: Trial) -> Settings:
    """The operator's settings, with the secrets of this source."""
    secrets = {name: SecretStr(value) for name, value in trial.secrets.items()}
    return settings.model_copy(update=secrets)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch, trial: Trial) -> Iterator[Proxy]:
    """A small world that has something for this source."""
    with running(trial.world(COUNT)) as proxy:
        proxy.set_clock(NIGHT_1)
        for name, value in proxy.environment.items():
            monkeypatch.setenv(name, value)
        yield proxy
