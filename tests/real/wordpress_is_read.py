"""The real collector reads a real WordPress: RSS, Atom, paging, ETag, robots.txt, noindex.

Run by `make test-real`; its name keeps it out of the usual run. Needs Debian's packages
wordpress, wordpress-theme-twentytwentythree, mariadb-server, php-cli and php-mysql.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.landing import Outcome
from collectors.run import collect
from tests.collectors.nights import landed, write_briefs
from tests.real.forward import Forward, forwarding
from tests.real.wordpress import HOST, WordPress, missing_parts, wordpress

logger = logging.getLogger(__name__)

COUNT = 137
PER_PAGE = 10
GONE = 1
SITE = f"http://{HOST}/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WordPress, dict[str, Any]]]:
    """A WordPress with posts of two months, three in four of which name the city."""
    if missing := missing_parts():
        pytest.skip(
            f"WordPress is not installed here ({', '.join(missing)}): apt-get install wordpress "
            "wordpress-theme-twentytwentythree mariadb-server php-cli php-mysql"
        )
    with wordpress(tmp_path_factory.mktemp("real")) as running:
        yield running, running.act("install", str(COUNT))


@pytest.fixture
def forward(
    site: tuple[WordPress, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Forward]:
    """The way there: a proxy in the environment, as an operator would name one."""
    with forwarding(HOST, site[0].port) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        yield proxy


def reading(folder: CityFolder, address: str) -> None:
    """The city file with this one site."""
    city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
    city["sources"] = [
        {"source_id": "blogs", "platform": "blog", "sites": [address], "use": "rank"}
    ]
    folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")


def night(folder: CityFolder, settings: Settings, as_of: datetime) -> Outcome:
    """One night of the source."""
    write_briefs(folder, as_of)
    return collect(folder, "blogs", as_of, settings=settings)


def test_history_then_304_then_edits_and_deletions(
    site: tuple[WordPress, dict[str, Any]],
    forward: Forward,
    folder: CityFolder,
    settings: Settings,
) -> None:
    server, seeded = site
    reading(folder, SITE)
    first = datetime.now(UTC).replace(microsecond=0)
    history_is_read(seeded, forward, folder, settings, first)
    forward.asked.clear()
    outcome = night(folder, settings, first + timedelta(minutes=1))
    assert (outcome.state, outcome.counts.posts, outcome.counts.gone) == ("done", 0, 0)
    assert forward.statuses("/feed/") == [304]
    heads = sum(method == "HEAD" for method, _, _ in forward.asked)
    logger.info(f"second night: 304 on the feed, {len(forward.asked)} requests, {heads} HEAD")
    server.act("edit", "Le marché du 2e samedi")
    server.act("trash", "Le marché du 4e samedi")
    third = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=2)
    outcome = night(folder, settings, third)
    assert (outcome.state, outcome.counts.posts, outcome.counts.gone) == ("done", 1, 1)
    assert landed(folder, "blogs", "post")[-1]["text"].endswith("À Montréval, corrigé.")
    logger.info(f"third night: {outcome.counts.posts} edited, {outcome.counts.gone} gone")


def history_is_read(
    seeded: dict[str, Any],
    forward: Forward,
    folder: CityFolder,
    settings: Settings,
    as_of: datetime,
) -> None:
    """The first night: all pages of the feed, once each, and what they say."""
    began = time.monotonic()
    outcome = night(folder, settings, as_of)
    seconds = time.monotonic() - began
    assert (outcome.state, outcome.sentence, outcome.counts.odd) == ("done", "", 0)
    posts = landed(folder, "blogs", "post")
    assert len({post["post_id"] for post in posts}) == len(posts) == seeded["named"]
    assert all(post["author_id"] == HOST for post in posts)
    newest = max(posts, key=lambda post: str(post["published_at"]))
    assert newest["text"] == (
        "Le marché du 0e samedi\n\nÀ Montréval, les « halles » & le quai.\n\nVoir les halles."
    )
    assert newest["links"] == ["https://halles.example/0"]
    assert newest["hashtags"] == ["marché"]
    assert forward.statuses("/robots.txt") == [200]
    pages = [path for _, path, status in forward.asked if "/feed/" in path and status == 200]
    assert len(pages) == -(-COUNT // PER_PAGE)
    logger.info(
        f"WordPress {seeded['version']}: {COUNT} posts, {len(posts)} of the city, "
        f"{len(pages)} pages of feed, {len(forward.asked)} requests, {seconds:.1f} s"
    )


@pytest.mark.parametrize("address", [f"{SITE}feed/atom/", f"{SITE}?s=Montr%C3%A9val&feed=rss2"])
def test_atom_and_search_feeds_hold_the_same_posts(
    site: tuple[WordPress, dict[str, Any]],
    forward: Forward,
    folder: CityFolder,
    settings: Settings,
    address: str,
) -> None:
    _, seeded = site
    reading(folder, address)
    outcome = night(folder, settings, datetime.now(UTC).replace(microsecond=0))
    assert (outcome.state, outcome.sentence) == ("done", "")
    posts = landed(folder, "blogs", "post")
    # One went with the test before this one.
    assert len({post["post_id"] for post in posts}) == len(posts) == seeded["named"] - GONE
    assert all(post["post_id"].startswith(SITE) for post in posts)
    logger.info(f"{address}: {len(posts)} posts, {len(forward.asked)} requests")


def test_robots_txt_and_noindex_are_obeyed(
    site: tuple[WordPress, dict[str, Any]],
    forward: Forward,
    folder: CityFolder,
    settings: Settings,
) -> None:
    server, _ = site
    reading(folder, SITE)
    robots = server.folder / "robots.txt"
    robots.write_text("User-agent: Portevoix\nDisallow: /\n", encoding="ascii")
    as_of = datetime.now(UTC).replace(microsecond=0)
    outcome = night(folder, settings, as_of)
    assert outcome.state == "failed"
    assert "robots.txt" in outcome.sentence
    assert {path for _, path, _ in forward.asked} == {"/robots.txt"}
    robots.unlink()
    server.act("noindex")
    outcome = night(folder, settings, as_of + timedelta(minutes=1))
    assert outcome.state == "failed"
    assert "noindex" in outcome.sentence
    assert landed(folder, "blogs", "post") == []
    logger.info(f"refused: {outcome.sentence}")
