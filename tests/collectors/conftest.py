"""Fixtures of the collectors: a world behind the demo's proxy, reached by environment alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from demo.serve import Proxy, running
from demo.world import World
from tests.collectors.strangers import stranger

__all__ = ["Serve", "serve", "stranger"]

Serve = Callable[[World], Proxy]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve a world; this process's clients find it by their environment, as an operator's do."""
    with ExitStack() as stack:

        def start(world: World) -> Proxy:
            proxy = stack.enter_context(running(world))
            for name, value in proxy.environment.items():
                monkeypatch.setenv(name, value)
            return proxy

        yield start
