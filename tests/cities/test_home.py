"""The home folder is its owner's alone; what the operator set for Airflow stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cities.folder import Home
from cities.founding import found_city
from cities.settings import (
    Settings,
    airflow_environment,
    child_environment,
    enter_environment,
)

CONNECTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"


@pytest.mark.parametrize(
    "first",
    [
        lambda home: home.make(),
        lambda home: home.folder("montreval").make(),
        lambda home: found_city(home, "13001"),
        lambda home: Settings(data=home.root).block_key(),
    ],
    ids=["home", "folder", "init", "key"],
)
@pytest.mark.parametrize("is_there", [True, False])
def test_the_home_is_its_owner_s_alone(
    tmp_path: Path, first: Callable[[Home], object], is_there: bool
) -> None:
    home = Home(tmp_path / "a" / "data")
    if is_there:
        home.root.mkdir(mode=0o755, parents=True)
    first(home)
    assert home.root.stat().st_mode & 0o777 == 0o700


def test_airflow_settings_of_the_operator_win_everywhere(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home.root.parent)
    monkeypatch.setenv(CONNECTION, "postgresql://elsewhere/airflow")
    monkeypatch.setenv("PORTEVOIX_DATA", "data")
    variables = airflow_environment(Settings())
    for name in variables:
        if name not in (CONNECTION, "PORTEVOIX_DATA"):
            monkeypatch.delenv(name, raising=False)
    child = child_environment(variables, is_operator_first=True)
    assert child[CONNECTION] == "postgresql://elsewhere/airflow"
    assert child["AIRFLOW_HOME"] == str(home.airflow)
    assert child["PORTEVOIX_DATA"] == str(home.root)
    before = dict(os.environ)
    try:
        enter_environment(variables)
        assert dict(os.environ) == child
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_a_demo_s_proxy_replaces_the_operator_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    child = child_environment({"HTTPS_PROXY": "http://127.0.0.1:8077"})
    assert child["HTTPS_PROXY"] == "http://127.0.0.1:8077"
