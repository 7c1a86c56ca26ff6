"""Instagram in the demo: Meta's Graph API by requests, the site by instaloader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
from instaloader import Hashtag, Instaloader
from instaloader.exceptions import (
    AbortDownloadException,
    ConnectionException,
    LoginRequiredException,
    QueryReturnedNotFoundException,
)

from demo.limits import GENEROUS, PlatformLimits
from demo.serve import Proxy, running
from demo.world import World
from tests.demo import clients
from tests.demo.instagram_world import (
    ACCOUNT,
    GRAPH,
    HALLE,
    HIDING,
    code,
    gram,
    insta,
    picture,
    pictures,
)
from tests.demo.small_world import NIGHT_1, NIGHT_2

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOKEN = "demo-token"


class Graph:
    """requests on the Graph API, with the demo's token."""

    def __init__(self, proxy: Proxy) -> None:
        self.session = clients.session(proxy)
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"

    def reply(self, path: str, **asked: Any) -> requests.Response:
        """The reply to one question."""
        return self.session.get(f"https://{GRAPH}/v25.0/{path}", params=asked, timeout=10)

    def get(self, path: str, **asked: Any) -> Any:
        """The body of a reply."""
        return self.reply(path, **asked).json()

    def number(self, tag: str) -> str:
        """The number of a hashtag."""
        return str(self.get("ig_hashtag_search", user_id=ACCOUNT, q=tag)["data"][0]["id"])

    def error(self, path: str, **asked: Any) -> tuple[int, int]:
        """Status and code of a refusal."""
        reply = self.reply(path, **asked)
        return reply.status_code, reply.json()["error"]["code"]


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """Sixty posts, twenty minutes apart."""
    with running(gram(pictures(60, timedelta(minutes=20))), now=NIGHT_1) as proxy:
        yield proxy


def loader(proxy: Proxy, monkeypatch: pytest.MonkeyPatch, *, session: str = "") -> Instaloader:
    """Instaloader on that proxy, logged in when a session is given."""
    for name, value in proxy.environment.items():
        monkeypatch.setenv(name, value)
    made = Instaloader(sleep=False, quiet=True, max_connection_attempts=1)
    if session:
        cookies = {"sessionid": session, "csrftoken": "0"}
        made.context.load_session("demo", cookies)  # type: ignore[no-untyped-call]  # the library's
    return made


def test_recent_media_pages_share_one_cursor_and_tell_no_author(proxy: Proxy) -> None:
    graph = Graph(proxy)
    path = f"{graph.number('MONTRÉVAL')}/recent_media"
    asked = {"user_id": ACCOUNT, "fields": "id,caption,permalink,timestamp,like_count"}
    pages, after = [], None
    while after is None or pages[-1]["data"]:
        pages.append(graph.get(path, **asked, after=after))
        after = pages[-1].get("paging", {}).get("cursors", {}).get("after", after)
    assert [len(page["data"]) for page in pages] == [25, 25, 10, 0]
    assert len({page["paging"]["cursors"]["after"] for page in pages[:3]}) == 1
    assert ["next" in page["paging"] for page in pages[:3]] == [True, True, False]
    media = [item for page in pages for item in page["data"]]
    assert len({item["id"] for item in media}) == 60
    assert set(media[0]) <= {"id", "caption", "permalink", "timestamp", "like_count"}
    assert graph.error(path, user_id=ACCOUNT, fields="id,username") == (403, 10)
    assert graph.error(path, user_id="1", fields="id") == (403, 10)


def test_recent_media_ends_after_a_day() -> None:
    posts = [picture(1, "ana", NIGHT_1 - 25 * HOUR), picture(2, "ana", NIGHT_1 - 23 * HOUR)]
    with running(gram(posts), now=NIGHT_1) as proxy:
        graph = Graph(proxy)
        path = f"{graph.number('montréval')}/recent_media"
        page = graph.get(path, user_id=ACCOUNT, fields="permalink", limit=50)
    assert [item["permalink"].split("/")[4] for item in page["data"]] == [code(2)]


def test_a_thirty_first_hashtag_waits_seven_days() -> None:
    posts = [picture(n, "ana", NIGHT_1 - HOUR, hashtags=[f"t{n}"]) for n in range(31)]
    with running(gram(posts), now=NIGHT_1) as proxy:
        graph = Graph(proxy)
        for n in range(30):
            graph.number(f"t{n}")
        refused = {"user_id": ACCOUNT, "q": "t30"}
        assert graph.error("ig_hashtag_search", **refused) == (400, 18)
        assert graph.number("t3")
        assert len(graph.get(f"{ACCOUNT}/recently_searched_hashtags")["data"]) == 30
        proxy.set_clock(NIGHT_1 + 7 * DAY)
        assert graph.number("t30")
        assert graph.error("ig_hashtag_search", user_id=ACCOUNT, q="personne") == (400, 24)


def test_tags_have_authors_and_one_post_is_read_until_it_is_gone() -> None:
    tagged = [
        picture(1, "ana", NIGHT_1 - 3 * HOUR, is_tagging_city=True, gone_at=NIGHT_1 + HOUR),
        picture(2, HIDING, NIGHT_1 - 2 * HOUR, is_tagging_city=True, media_count=3, views=4),
        picture(3, "ana", NIGHT_1 - HOUR),
    ]
    fields = "permalink,username,like_count,media_type,children{id}"
    with running(gram(tagged, [insta("ana"), insta(HIDING)]), now=NIGHT_1) as proxy:
        graph = Graph(proxy)
        first = graph.get(f"{ACCOUNT}/tags", fields=fields, limit=1)
        after = first["paging"]["cursors"]["after"]
        last = graph.get(f"{ACCOUNT}/tags", fields=fields, limit=1, after=after)
        newest, oldest = first["data"][0], last["data"][0]
        assert "next" not in last["paging"]
        assert (newest["username"], oldest["username"]) == (HIDING, "ana")
        assert ("like_count" in newest, "like_count" in oldest) == (False, True)
        assert (newest["media_type"], len(newest["children"]["data"])) == ("CAROUSEL_ALBUM", 3)
        assert graph.get(oldest["id"], fields="username")["username"] == "ana"
        proxy.set_clock(NIGHT_2)
        reply = graph.reply(oldest["id"], fields="username")
    error = reply.json()["error"]
    assert (error["code"], error["error_subcode"]) == (100, 33)


def test_the_quota_is_told_in_percent_and_refused_at_its_end() -> None:
    few = PlatformLimits(requests=4, window_seconds=3600, page_default=25, page_max=50)
    limits = GENEROUS.model_copy(update={"instagram_official": few})
    with running(gram(pictures(3, HOUR), limits=limits), now=NIGHT_1) as proxy:
        graph = Graph(proxy)
        used = [graph.reply(f"{ACCOUNT}/tags").headers["X-App-Usage"] for _ in range(4)]
        assert ['"call_count": 25' in used[0], '"call_count": 100' in used[3]] == [True, True]
        assert graph.error(f"{ACCOUNT}/tags") == (403, 4)


def test_the_graph_needs_a_token_and_takes_the_demos_alone(proxy: Proxy) -> None:
    graph = Graph(proxy)
    graph.session.headers["Authorization"] = "Bearer a-real-secret"
    assert graph.reply(f"{ACCOUNT}/tags").status_code == 401
    del graph.session.headers["Authorization"]
    assert graph.error(f"{ACCOUNT}/tags") == (400, 104)


def test_instaloader_reads_a_hashtag_over_its_pages(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = loader(proxy, monkeypatch)
    found = list(Hashtag.from_name(made.context, "Montréval").get_posts())
    assert [post.shortcode for post in found] == [code(n) for n in range(59, -1, -1)]
    assert {post.owner_username for post in found} == {"ana", "bob", "cleo"}
    assert found[0].date_utc == NIGHT_1.replace(tzinfo=None)
    assert found[0].caption == "Image 59 #Montréval"
    with pytest.raises(QueryReturnedNotFoundException):
        Hashtag.from_name(made.context, "personne")


def test_place_pages_are_for_the_session(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    made = loader(proxy, monkeypatch, session=TOKEN)
    found = [post.shortcode for post in made.get_location_posts(HALLE)]
    assert found == [code(n) for n in range(55, -1, -5)]
    anonymous = loader(proxy, monkeypatch)
    with pytest.raises(LoginRequiredException):
        anonymous.context.get_json(f"explore/locations/{HALLE}/", {"__a": 1})
    stranger = loader(proxy, monkeypatch, session="a-real-secret")
    with pytest.raises(ConnectionException, match="401"):
        Hashtag.from_name(stranger.context, "montréval")


def test_hidden_likes_are_minus_one(monkeypatch: pytest.MonkeyPatch) -> None:
    posts = [picture(1, HIDING, NIGHT_1 - DAY, likes=9), picture(2, "ana", NIGHT_1 - DAY, likes=9)]
    with running(gram(posts, [insta("ana"), insta(HIDING)]), now=NIGHT_1) as proxy:
        context = loader(proxy, monkeypatch).context
        likes = {p.shortcode: p.likes for p in Hashtag.from_name(context, "montréval").get_posts()}
    assert likes == {code(1): -1, code(2): 8}


def test_one_post_is_read_until_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    told = picture(1, "ana", NIGHT_1 - DAY, gone_at=NIGHT_1 + HOUR)
    with running(gram([told]), now=NIGHT_1) as proxy:
        context = loader(proxy, monkeypatch, session=TOKEN).context
        path = f"api/v1/media/{told.number}/info/"
        assert context.get_iphone_json(path, {})["items"][0]["code"] == code(1)
        proxy.set_clock(NIGHT_2)
        with pytest.raises(Exception, match="Media not found"):
            context.get_iphone_json(path, {})


def test_a_quota_of_the_site_says_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(_with_one_page(), now=NIGHT_1) as proxy:
        context = loader(proxy, monkeypatch).context
        Hashtag.from_name(context, "montréval")
        with pytest.raises(ConnectionException, match="429"):
            Hashtag.from_name(context, "montréval")


def test_a_scripted_challenge_aborts_instaloader(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"message": "challenge_required", "status": "fail"}
    proxy.set_faults([{"kind": "status", "status": 400, "value": said}])
    with pytest.raises(AbortDownloadException):
        Hashtag.from_name(loader(proxy, monkeypatch).context, "montréval")


def test_accounts_that_are_private_or_gone_show_nothing() -> None:
    people = [insta("ana", is_locked=True), insta("bob", gone_at=NIGHT_1), insta("cleo")]
    posts = [picture(n, name, NIGHT_1 - HOUR) for n, name in enumerate(("ana", "bob", "cleo"))]
    with running(gram(posts, people), now=NIGHT_1) as proxy:
        graph = Graph(proxy)
        path = f"{graph.number('montréval')}/recent_media"
        page = graph.get(path, user_id=ACCOUNT, fields="permalink")
    assert [item["permalink"].split("/")[4] for item in page["data"]] == [code(2)]


def _with_one_page() -> World:
    few = PlatformLimits(requests=1, window_seconds=660, page_default=24, page_max=24)
    limits = GENEROUS.model_copy(update={"instagram_web": few})
    return gram(pictures(3, HOUR), limits=limits)
