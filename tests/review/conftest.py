"""A home with one open and one closed city, read through the real server on loopback."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import yaml

from cities.brief import Account
from cities.folder import CityFolder, Home
from cities.settings import Settings
from decisions.objections import block
from decisions.store import open_store
from review.serve import review_server
from tests.review.decided import decide
from tests.review.snapshots import AS_OF, KEY, account_of, night

EXAMPLE = Path(__file__).parents[2] / "cities" / "examples" / "montreval.yaml"
CLOSED = "valmont"


@pytest.fixture
def town(folder: CityFolder) -> CityFolder:
    """Montréval, with a night published."""
    night().write(folder.snapshot_file(AS_OF))
    return folder


@pytest.fixture
def client(home: Home, settings: Settings, town: CityFolder) -> Iterator[httpx.Client]:
    """A client of a server whose home the test may change."""
    with served(home, settings) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of two cities that no test changes: one open, one closed."""
    home = Home(tmp_path_factory.mktemp("review") / "data")
    open_town = home.folder("montreval")
    open_town.make()
    shutil.copy(EXAMPLE, open_town.city_file)
    night().write(open_town.snapshot_file(AS_OF))
    make_closed_town(home)
    settings = Settings(data=home.root, hash_key=KEY)
    decide(settings)
    with served(home, settings) as found:
        yield found


@pytest.fixture(scope="module")
def reader(address: str) -> Iterator[httpx.Client]:
    """A client of those two cities."""
    with httpx.Client(base_url=address) as client:
        yield client


def make_closed_town(home: Home) -> CityFolder:
    """A city that only listens: its privacy block is not filled."""
    data = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    del data["privacy"]
    data["city_id"] = CLOSED
    for source in data["sources"]:
        source.pop("use", None)
    closed = home.folder(CLOSED)
    closed.make()
    closed.city_file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    night(is_open=False).write(closed.snapshot_file(AS_OF))
    return closed


@contextmanager
def served(home: Home, settings: Settings) -> Iterator[str]:
    """The real server in a thread, on a free port; gives its address."""
    ready = threading.Event()
    found: list[str] = []

    def say(address: str) -> None:
        found.append(address)
        ready.set()

    server = review_server(home, settings.model_copy(update={"port": 0}), ready=say)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert ready.wait(20)
        yield found[0]
    finally:
        server.should_exit = True
        thread.join(20)


def object_for(settings: Settings, person: str) -> None:
    """Write an objection of an invented person, as `portevoix object` does."""
    block_account(settings, account_of(person)[1])


def block_account(settings: Settings, author_id: str) -> None:
    """Write an objection of the holder of a Mastodon account."""
    account = Account(platform="mastodon", author_id=author_id)
    at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    with open_store(settings) as store, store.act("montreval", actor="dpo", at=at) as act:
        block(act, account)
