"""The examples in the docstrings of the room hold."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
from pathlib import Path

import pytest

import scoring

MODULES = sorted(module.name for module in pkgutil.iter_modules(scoring.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert os.path.exists("cities")
    module = importlib.import_module(f"scoring.{name}")
    assert doctest.testmod(module).failed == 0
