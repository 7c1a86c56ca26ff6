"""A proxy over a small world, and the real clients sent to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from mastodon import Mastodon

from demo.serve import Proxy, running
from tests.demo import clients
from tests.demo.small_world import NIGHT_1, SAONE, author, hourly, world


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """One author, 100 posts an hour apart, seen at the first night."""
    with running(world([author("lea")], hourly(100, "lea@saone.example")), now=NIGHT_1) as proxy:
        yield proxy


@pytest.fixture
def saone(proxy: Proxy) -> Mastodon:
    """Mastodon.py on that proxy's first instance."""
    return clients.mastodon(proxy, SAONE)


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    """httpx through that proxy."""
    with clients.client(proxy) as client:
        yield client
