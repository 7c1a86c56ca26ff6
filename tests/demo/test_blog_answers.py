"""The sites of a world, as feedparser and httpx see them through the proxy."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta

import feedparser
import httpx
import pytest

from demo.serve import Proxy, running
from tests.demo.small_blogs import CARNET, ECHO, GAZETTE, blogs, entry, hourly, site
from tests.demo.small_world import NIGHT_1

HOUR = timedelta(hours=1)
FORMS = {
    "wordpress": "rss20",
    "rss2": "rss20",
    "rss1": "rss10",
    "rss091": "rss091n",
    "atom": "atom10",
}
OTHERS = [f"{form}.example" for form in FORMS]


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    """Three sites with marks of their own, and one of each form."""
    sites = [
        site(entries_a_page=10),
        site(CARNET, robots="User-agent: *\nDisallow: /prive/\n", is_discoverable=False),
        site(ECHO, is_noindex=True),
        *(site(host, form=form) for host, form in zip(OTHERS, FORMS, strict=True)),
    ]
    posts = [*hourly(25), *(p for host in OTHERS for p in hourly(3, host))]
    posts.append(entry(99, NIGHT_1 + HOUR))
    with running(blogs(sites, posts)) as proxy:
        proxy.set_clock(NIGHT_1)
        yield proxy


@pytest.fixture
def client(proxy: Proxy) -> Iterator[httpx.Client]:
    """A client that trusts the proxy's certificate."""
    trust = ssl.create_default_context(cafile=str(proxy.ca_file))
    with httpx.Client(proxy=proxy.address, verify=trust) as client:
        yield client


def pages(client: httpx.Client, address: str) -> list[int]:
    """Entries on each page of a feed."""
    sizes = []
    for number in range(1, 20):
        answer = client.get(address, params={"paged": number})
        if answer.status_code != 200:
            break
        sizes.append(len(feedparser.parse(answer.content).entries))
    return sizes


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_what_feedparser_takes_it_for(client: httpx.Client, form: str) -> None:
    answer = client.get(f"https://{form}.example/feed/")
    feed = feedparser.parse(answer.content)
    assert (feed.version, feed.bozo, len(feed.entries)) == (FORMS[form], False, 3)
    assert feed.entries[0].title == "Article 2"
    assert feed.entries[0].link == f"https://{form}.example/2026/article-2/"
    assert ("published_parsed" in feed.entries[0] or "updated_parsed" in feed.entries[0]) is (
        form != "rss091"
    )


def test_pages_of_wordpress_end_with_404(client: httpx.Client) -> None:
    assert pages(client, f"https://{GAZETTE}/feed/") == [10, 10, 5]
    assert pages(client, f"https://{GAZETTE}/feed/atom/") == [10, 10, 5]
    # Other software does not know the parameter.
    assert set(pages(client, "https://rss2.example/feed/")) == {3}


def test_search_feed_and_rest_list(client: httpx.Client) -> None:
    found = client.get(f"https://{GAZETTE}/", params={"s": "numéro 7", "feed": "rss2"})
    assert [e.title for e in feedparser.parse(found.content).entries] == ["Article 17", "Article 7"]
    rest = client.get(f"https://{GAZETTE}/wp-json/wp/v2/posts", params={"per_page": 20, "page": 2})
    assert (rest.headers["X-WP-Total"], rest.headers["X-WP-TotalPages"]) == ("25", "2")
    assert len(rest.json()) == 5
    beyond = client.get(f"https://{GAZETTE}/wp-json/wp/v2/posts", params={"page": 9})
    assert beyond.json()["code"] == "rest_post_invalid_page_number"


def test_etag_and_last_modified(client: httpx.Client) -> None:
    first = client.get(f"https://{GAZETTE}/feed/")
    marks = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"https://{GAZETTE}/feed/", headers=marks).status_code == 304
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(f"https://{GAZETTE}/feed/", headers=since).status_code == 304
    stale = {"If-None-Match": '"other"'}
    assert client.get(f"https://{GAZETTE}/feed/", headers=stale).status_code == 200


def test_front_page_robots_and_marks(client: httpx.Client) -> None:
    front = client.get(f"https://{GAZETTE}/").text
    assert (
        f'type="application/rss+xml" title="Gazette du Val &raquo; Flux" href="https://{GAZETTE}/feed/"'
        in front
    )
    assert f"https://{CARNET}/feed/" not in client.get(f"https://{CARNET}/").text
    assert client.get(f"https://{CARNET}/robots.txt").text.endswith("/prive/\n")
    assert client.get(f"https://{GAZETTE}/robots.txt").status_code == 404
    echo = client.get(f"https://{ECHO}/")
    assert "noindex" in echo.headers["X-Robots-Tag"]
    assert "noindex" in client.get(f"https://{ECHO}/feed/").headers["X-Robots-Tag"]
    assert "<meta name='robots' content='noindex, nofollow' />" in echo.text


def test_one_address_for_each_page(client: httpx.Client) -> None:
    for address in (f"http://{GAZETTE}/feed/?paged=2", f"https://www.{GAZETTE}/feed/?paged=2"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            f"https://{GAZETTE}/feed/?paged=2",
        )
    assert client.get(f"https://{GAZETTE}/2026/article-3/").status_code == 200
    assert client.head(f"https://{GAZETTE}/2026/article-3/").status_code == 200
    assert client.head(f"https://{GAZETTE}/2026/article-99/").status_code == 404
