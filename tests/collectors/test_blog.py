"""Blogs: feeds of every form through the opener and the demo's proxy, night after night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import yaml

from cities.folder import CityFolder
from cities.settings import Settings
from collectors.check import check
from collectors.landing import Outcome
from collectors.run import collect
from demo.serve import Proxy
from tests.collectors.conftest import Serve
from tests.collectors.nights import ids, landed, write_briefs
from tests.collectors.strangers import Stranger, reply
from tests.demo.small_blogs import CARNET, ECHO, GAZETTE, blogs, entry, hourly, site
from tests.demo.small_world import NIGHT_1, NIGHT_2

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Read = Callable[..., Outcome]


@pytest.fixture
def read(folder: CityFolder, settings: Settings) -> Read:
    """Read these addresses on one night."""

    def night(*sites: str, at: object = NIGHT_1, **fields: object) -> Outcome:
        city = yaml.safe_load(folder.city_file.read_text(encoding="utf-8"))
        source = {"source_id": "blogs", "platform": "blog", "sites": list(sites), "use": "rank"}
        city["sources"] = [{**source, **fields}]
        folder.city_file.write_text(yaml.safe_dump(city, allow_unicode=True), encoding="utf-8")
        write_briefs(folder)
        as_of = NIGHT_1 if at is NIGHT_1 else NIGHT_2
        return collect(folder, "blogs", as_of, settings=settings)

    return night


def home(host: str = GAZETTE) -> str:
    """The address of a site as people write it."""
    return f"http://www.{host}/"


def paths(proxy: Proxy, host: str = GAZETTE) -> dict[str, int]:
    """What was asked of a host."""
    return proxy.requests().get(host, {})


@pytest.mark.parametrize("form", ["wordpress", "rss2", "rss1", "atom"])
def test_a_site_is_discovered_and_its_entries_become_posts(
    serve: Serve, folder: CityFolder, read: Read, form: str
) -> None:
    written = entry(
        7, NIGHT_1 - DAY, title="Fête & quais", text="Montréval en fête.\nÀ 10 h.",
        hashtags=["Marché", "vie locale", "Non classé"], links=["https://halles.example/x"],
    )  # fmt: skip
    serve(blogs([site(form=form, feed_path="/flux.xml")], [written])).set_clock(NIGHT_1)
    outcome = read(home())
    assert (outcome.state, outcome.sentence, outcome.counts.odd) == ("done", "", 0)
    (post,) = landed(folder, "blogs", "post")
    assert (
        post["text"] == "Fête & quais\n\nMontréval en fête.\n\nÀ 10 h.\n\nhttps://halles.example/x"
    )
    assert (post["post_id"], post["url"]) == (written.post_id, written.url) or form == "rss1"
    assert (post["author_id"], post["hashtags"]) == (GAZETTE, ["Marché"])
    assert (post["published_at"], post["edited_at"]) == ("2026-11-16T01:30:00Z", None)
    assert post["links"] == ["https://halles.example/x"]
    assert post["replies"] == (3 if form == "wordpress" else None)
    (author,) = landed(folder, "blogs", "author")
    assert (author["author_id"], author["display_name"]) == (GAZETTE, "Gazette du Val")
    assert author["bio"] == "Le quotidien du Val"
    assert "redaction" not in str(landed(folder, "blogs"))


def test_only_what_names_the_city_lands(serve: Serve, folder: CityFolder, read: Read) -> None:
    said = ("À MONTREVAL !", "Chez les Montrévalois", "#visitmontreval", "À Saint-Aubin",
            "Montrévalette", "Le montant révalué")  # fmt: skip
    posts = [entry(n, NIGHT_1 - n * HOUR - HOUR, text=text) for n, text in enumerate(said)]
    # WordPress signs excerpts with the site's name, which here is the city's.
    serve(blogs([site(title="Montréval Infos")], posts)).set_clock(NIGHT_1)
    outcome = read(home())
    assert ids(landed(folder, "blogs", "post")) == ["?p=0", "?p=1", "?p=2"]
    assert (outcome.counts.opted_out, outcome.counts.odd) == (0, 0)
    # The lens changed: the feed is read again, though it is as it was.
    read(home(), at=NIGHT_2, is_about_city=True)
    assert len(set(ids(landed(folder, "blogs", "post")))) == 6


def test_history_by_pages_then_304(serve: Serve, folder: CityFolder, read: Read) -> None:
    proxy = serve(blogs([site()], [entry(n, NIGHT_1 - (n + 1) * DAY) for n in range(150)]))
    proxy.set_clock(NIGHT_1)
    outcome = read(home(), history_days=60)
    assert (outcome.state, outcome.counts.posts) == ("done", 60)
    assert paths(proxy)["/feed/"] == 7
    proxy.forget_requests()
    proxy.set_clock(NIGHT_2)
    outcome = read(home(), at=NIGHT_2, history_days=60)
    assert (outcome.state, outcome.counts.posts, outcome.counts.gone) == ("done", 0, 0)
    # One conditional question, and the pages of last week's posts.
    assert paths(proxy)["/feed/"] == 1
    assert sum(path.startswith("/2026/") for path in paths(proxy)) == 6


def test_new_edited_deleted_and_future_entries(
    serve: Serve, folder: CityFolder, read: Read
) -> None:
    posts = hourly(12)
    posts[3] = entry(
        3, posts[3].published_at, edited_at=NIGHT_1 + HOUR, text_edited="Montréval, corrigé."
    )
    posts[5] = entry(5, posts[5].published_at, gone_at=NIGHT_1 + HOUR)
    posts += [entry(20, NIGHT_1 + 2 * HOUR), entry(21, NIGHT_1 + 40 * DAY)]
    proxy = serve(blogs([site(form="atom")], posts))
    proxy.set_clock(NIGHT_1)
    assert read(home()).counts.posts == 10
    proxy.set_clock(NIGHT_2)
    outcome = read(home(), at=NIGHT_2)
    assert outcome.state == "done"
    second = landed(folder, "blogs", "post", "20261118")
    assert ids(second) == ["?p=20", "?p=3"]
    edited = next(post for post in second if post["edited_at"])
    assert edited["text"].endswith("Montréval, corrigé.")
    assert ids(landed(folder, "blogs", "gone"), "gone_id") == ["?p=5"]


def test_a_feed_without_dates_begins_with_what_comes_next(
    serve: Serve, folder: CityFolder, read: Read
) -> None:
    proxy = serve(blogs([site(form="rss091")], [*hourly(3), entry(9, NIGHT_1 + HOUR)]))
    proxy.set_clock(NIGHT_1)
    first = read(home())
    assert (first.state, first.counts.posts, first.counts.odd) == ("done", 0, 3)
    assert first.odd[0].position == "sites[0], page 1, item 1"
    proxy.set_clock(NIGHT_2)
    second = read(home(), at=NIGHT_2)
    assert (second.counts.posts, second.counts.odd) == (1, 0)
    assert landed(folder, "blogs", "post")[0]["published_at"] == "2026-11-18T01:30:00Z"


REFUSALS: dict[str, dict[str, object]] = {
    "robots.txt": {"robots": "User-agent: *\nDisallow: /\n"},
    "noindex": {"is_noindex": True},
    "not to be read": {"description": "Nos balades. #nobot"},
}


@pytest.mark.parametrize("why", REFUSALS)
def test_a_site_that_says_no_is_left_and_leaves(
    serve: Serve, folder: CityFolder, read: Read, why: str
) -> None:
    serve(blogs([site(), site(CARNET)], [*hourly(3), *hourly(3, CARNET)])).set_clock(NIGHT_1)
    assert read(home(), home(CARNET)).counts.posts == 6
    # What a feed says of itself is read when the feed changed: here, by a new entry.
    posts = [*hourly(3), *hourly(3, CARNET), entry(9, NIGHT_1 + HOUR, CARNET)]
    world = blogs([site(), site(CARNET, **REFUSALS[why])], posts)
    proxy = serve(world)
    proxy.set_clock(NIGHT_2)
    outcome = read(home(), home(CARNET), at=NIGHT_2)
    # Its owner's choice is no failure of the night.
    assert outcome.state == "done"
    assert "1 of 2 sites could not be read: sites[1] " in outcome.sentence
    assert why in outcome.sentence
    assert (outcome.counts.opted_out, outcome.counts.gone) == (1, 1)
    assert landed(folder, "blogs", "gone")[0]["gone_id"] == CARNET


def test_when_all_sites_say_no_the_night_fails_and_asks_them_once(
    serve: Serve, folder: CityFolder, read: Read
) -> None:
    proxy = serve(blogs([site(is_noindex=True)], hourly(3)))
    proxy.set_clock(NIGHT_1)
    outcome = read(home())
    assert (outcome.state, outcome.counts.opted_out) == ("failed", 1)
    proxy.forget_requests()
    assert read(home()) == outcome
    assert paths(proxy) == {}


def test_a_failing_site_stops_no_other_and_the_next_try_reads_it_alone(
    serve: Serve, folder: CityFolder, read: Read
) -> None:
    hosts = (GAZETTE, CARNET, ECHO)
    proxy = serve(blogs(map(site, hosts), [p for h in hosts for p in hourly(12, h)]))
    proxy.set_clock(NIGHT_1)
    proxy.set_faults([
        {"kind": "cut", "host": CARNET, "path": "/feed", "skip": 1, "times": None},
        {"kind": "status", "status": 404, "host": ECHO, "path": "/feed", "times": None},
    ])  # fmt: skip
    outcome = read(*map(home, hosts))
    assert outcome.state == "waiting"
    assert outcome.counts.posts == 12 + 10
    assert "2 of 3 sites could not be read: sites[1] breaks off its answer" in outcome.sentence
    assert ", sites[2] is not there; check its address; " in outcome.sentence
    proxy.set_faults([])
    proxy.forget_requests()
    assert read(*map(home, hosts)).counts.posts == 36
    assert paths(proxy) == {}
    # The page that broke, and the 404 that ends a feed.
    assert paths(proxy, CARNET)["/feed/"] == 2


def test_a_check_tells_which_sites_fail(
    serve: Serve, folder: CityFolder, settings: Settings, read: Read
) -> None:
    serve(blogs([site(), site(CARNET, is_discoverable=False, form="rss2")], hourly(3)))
    read(home(), home(CARNET))
    result = check(folder, "blogs", settings=settings, as_of=NIGHT_1)
    assert (result.is_working, result.count_sample) == (True, 3)
    assert "sites[1] names no feed; write the address of its feed" in result.sentence


def test_reservations_and_feeds_that_plugins_mark(
    stranger: Stranger, folder: CityFolder, read: Read
) -> None:
    feed = (
        b"<rss version='2.0'><channel><title>A</title><item><title>Montr\xc3\xa9val</title>"
        b"<pubDate>Mon, 16 Nov 2026 10:00:00 GMT</pubDate><guid isPermaLink='false'>12</guid>"
        b"<link>https://a.example/12</link><category>#quai</category></item></channel></rss>"
    )
    marks = {"plugin.example": {"X_Robots_Tag": "noindex, follow"},
             "bing.example": {"X_Robots_Tag": "bingbot: noindex"},
             "reserved.example": {"tdm_reservation": "1"},
             "press.example": {}}  # fmt: skip

    def answer(handler: BaseHTTPRequestHandler) -> None:
        host = handler.path.split("/")[2]
        if handler.path.endswith("/feed"):
            reply(handler, feed, **marks[host])
        elif handler.path == "http://press.example/.well-known/tdmrep.json":
            reply(handler, b'[{"location": "/", "tdm-reservation": 1}]')
        else:
            reply(handler, b"<html><head></head></html>", status="200")

    stranger(answer)
    outcome = read(*(f"http://{host}/feed" for host in marks))
    assert "2 of 4 sites could not be read: sites[2] reserves text" in outcome.sentence
    posts = landed(folder, "blogs", "post")
    # "12" may be any site's: the address is the key.
    assert {post["post_id"] for post in posts} == {"https://a.example/12"}
    assert [post["author_id"] for post in posts] == ["plugin.example", "bing.example"]
    assert posts[0]["hashtags"] == ["quai"]


ODD = (
    "<item><title>Montréval, sans adresse</title><pubDate>{date}</pubDate></item>",
    "<item><title>Montréval</title><link>javascript:alert(1)</link>"
    "<pubDate>{date}</pubDate></item>",
    "<item><title>Montréval</title><link>https://a.example/2</link><pubDate>hier</pubDate></item>",
    "<item><title>Montréval</title><link>https://a.example/{long}</link>"
    "<pubDate>{date}</pubDate></item>",
)
SOUND = (
    "<item><title>Montréval</title><link>https://a.example/1</link><pubDate>{date}</pubDate></item>"
)


def test_odd_entries_are_counted_and_stop_nothing(
    stranger: Stranger, folder: CityFolder, read: Read
) -> None:
    rows = "".join((*ODD, SOUND)).format(date="Mon, 16 Nov 2026 10:00:00 GMT", long="a" * 3000)
    feed = f"<rss version='2.0'><channel><title>A</title>{rows}</channel></rss>".encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_feed = handler.path.endswith("/feed")
        reply(handler, feed if is_feed else b"", status="200" if is_feed else "404")

    stranger(answer)
    outcome = read("http://a.example/feed")
    assert (outcome.state, outcome.counts.posts, outcome.counts.odd) == ("done", 1, 4)
    assert outcome.odd[0].position == "sites[0], page 1, item 1"
    assert all("Montréval" not in odd.cause for odd in outcome.odd)


def test_a_site_that_leads_on_for_ever_is_left(
    stranger: Stranger, folder: CityFolder, read: Read
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "/feed" not in handler.path:
            reply(handler, status="404")
            return
        page = handler.path.rpartition("=")[2] if "=" in handler.path else "1"
        item = SOUND.format(date="Mon, 16 Nov 2026 10:00:00 GMT").replace("/1<", f"/{page}<")
        head = "<title>A</title><generator>https://wordpress.org/?v=6</generator>"
        reply(handler, f"<rss version='2.0'><channel>{head}{item}</channel></rss>".encode())

    stranger(answer)
    outcome = read("http://a.example/feed")
    assert (outcome.state, outcome.counts.posts) == ("done", 500)
