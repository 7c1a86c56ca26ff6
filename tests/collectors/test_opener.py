"""The opener: strangers' addresses cannot lead inward, run on, or fill the memory."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest

from collectors.errors import CollectError, PayloadError, RefusedError, WaitError
from collectors.guard import Deadline, GuardedBackend, is_public, is_public_name
from collectors.opener import ERRORS, Bounds, Marks, Opener
from tests.collectors.strangers import Serving, Stranger, reply

MIB = 1024 * 1024
PLACE = "http://stranger.example"
BOMB = gzip.compress(b"\0" * 100 * MIB, 9)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy in the environment."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
     "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:a00:1::",
     "2001:db8::1"],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_known() -> None:
    assert all(map(is_public, ("1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")))


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "a.localhost", "printer", "nas.local", "db.internal", "127.1",
     "2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.0.0.1", "[::1]", "[fe80::1]"],
)  # fmt: skip
def test_behind_a_proxy_inner_names_are_refused_by_their_writing(
    stranger: Stranger, host: str
) -> None:
    asked: list[str] = []
    stranger(lambda handler: asked.append(handler.path))
    assert not is_public_name(host)
    with Opener("") as opener, pytest.raises(RefusedError):
        opener.ask(f"http://{host}/feed")
    assert asked == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]/"])
def test_without_a_proxy_the_resolved_address_is_looked_at(alone: None, address: str) -> None:
    with Opener("") as opener, pytest.raises(RefusedError, match="not public"):
        opener.ask(address)


def test_a_name_of_one_public_and_one_private_address_is_refused() -> None:
    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(0, 0, 0, "", (ip, port)) for ip in ("93.184.215.14", "10.0.0.1")]

    backend = GuardedBackend(Deadline(), resolve=resolve)
    with pytest.raises(RefusedError):
        backend.connect_tcp("rebinding.example", 80)


def test_it_connects_to_the_address_that_was_looked_at(alone: None) -> None:
    """A second resolution could lead elsewhere: there is none."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", ("127.0.0.1", port))]

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        backend = GuardedBackend(Deadline(), permits=lambda _: True, resolve=resolve)
        stream = backend.connect_tcp("rebinding.example", port, timeout=2)
        assert stream.get_extra_info("server_addr")[:2] == ("127.0.0.1", port)
        stream.close()
    assert asked == ["rebinding.example"]


def test_a_name_that_does_not_resolve_is_no_answer(alone: None) -> None:
    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror

    with pytest.raises(httpcore.ConnectError):
        GuardedBackend(Deadline(), resolve=resolve).connect_tcp("nowhere.example", 80)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:9/", "http://localhost/", "file:///etc/passwd", "ftp://a.example/",
     "gopher://a.example/", "http://169.254.169.254/latest/", "http://user:pass@a.example/",
     "//[::1]/", "http://[bad/", "javascript:alert(1)"],
)  # fmt: skip
def test_each_redirect_is_looked_at(stranger: Stranger, target: str) -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(handler, status="302", Location=target)

    stranger(answer)
    with Opener("") as opener, pytest.raises(RefusedError):
        opener.ask(f"{PLACE}/feed")
    assert asked == [f"{PLACE}/feed"]


@pytest.mark.parametrize(("count", "is_reached"), [(5, True), (6, False)])
def test_five_redirects_and_no_more(stranger: Stranger, count: int, is_reached: bool) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        number = int(handler.path.rpartition("/")[2])
        if number:
            reply(handler, status="301", Location=f"/{number - 1}")
        else:
            reply(handler, b"here")

    stranger(answer)
    with Opener("") as opener:
        if is_reached:
            found = opener.ask(f"{PLACE}/{count}")
            assert (found.body, found.url) == (b"here", f"{PLACE}/0")
        else:
            with pytest.raises(RefusedError, match="redirects more than 5 times"):
                opener.ask(f"{PLACE}/{count}")


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b"x" * MIB)


def _bomb(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, BOMB, Content_Encoding="gzip")


def _bomb_in_a_bomb(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, BOMB, Content_Encoding="gzip, gzip")


@pytest.mark.parametrize("answer", [_endless, _bomb, _bomb_in_a_bomb])
def test_too_much_is_cut_off_and_never_held(stranger: Stranger, answer: Serving) -> None:
    stranger(answer)
    with Opener("") as opener:
        tracemalloc.start()
        with pytest.raises((RefusedError, PayloadError)):
            opener.ask(f"{PLACE}/feed")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    # The server of this test, in the same process, holds a piece of a MiB.
    assert peak < 25 * MIB


def test_a_beginning_is_enough_where_it_was_asked_for(
    stranger: Stranger,
) -> None:
    stranger(_endless)
    with Opener("") as opener:
        found = opener.ask(f"{PLACE}/robots.txt", beginning_bytes=1000)
    assert (len(found.body), found.is_cut) == (1000, True)


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_packed_answers_are_unpacked(stranger: Stranger, packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zlib.compress
    stranger(lambda handler: reply(handler, pack(b"le quai" * 9), Content_Encoding=packing))
    with Opener("") as opener:
        assert opener.ask(PLACE).body == b"le quai" * 9


@pytest.mark.parametrize("headers", [{"Content_Encoding": "br"}, {"Content_Encoding": "gzip"}])
def test_what_cannot_be_unpacked_is_told(stranger: Stranger, headers: dict[str, str]) -> None:
    stranger(lambda handler: reply(handler, b"not packed", **headers))
    with Opener("") as opener, pytest.raises(PayloadError):
        opener.ask(PLACE)


def test_a_dripping_answer_ends_by_the_deadline(stranger: Stranger) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            handler.wfile.write(b"X-Slow: 1\r\n")
            time.sleep(0.1)

    stranger(drip)
    began = time.monotonic()
    bounds = Bounds(read_seconds=5, whole_seconds=0.7)
    with Opener("", bounds=bounds) as opener, pytest.raises(WaitError, match="too long"):
        opener.ask(PLACE)
    assert time.monotonic() - began < 3


def test_a_silent_server_is_left(stranger: Stranger) -> None:
    stranger(lambda handler: time.sleep(1.5))
    bounds = Bounds(read_seconds=0.3)
    with Opener("", bounds=bounds) as opener, pytest.raises(WaitError) as caught:
        opener.ask(PLACE)
    # Asked again in the same night, two hundred such sites would take an hour.
    assert caught.value.wait_seconds == float("inf")


def test_it_says_who_asks_and_what_it_knows(stranger: Stranger) -> None:
    seen: dict[str, str] = {}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.update(handler.headers.items())
        reply(handler, status="304")

    stranger(answer)
    marks = Marks('"abc"', "Tue, 17 Nov 2026 00:00:00 GMT")
    with Opener("dpo@montreval.example") as opener:
        assert opener.ask(PLACE, marks=marks).status == 304
    assert seen["User-Agent"] == "Portevoix (+dpo@montreval.example)"
    assert (seen["If-None-Match"], seen["If-Modified-Since"]) == (marks.etag, marks.modified)


@pytest.mark.parametrize(("status", "after"), [(429, "30"), (503, "30"), (429, ""), (500, "")])
def test_who_asks_for_time_gets_it(stranger: Stranger, status: int, after: str) -> None:
    headers = {"status": str(status), **({"Retry_After": after} if after else {})}
    stranger(lambda handler: reply(handler, b"", **headers))
    with Opener("") as opener, pytest.raises(WaitError) as caught:
        opener.ask(PLACE)
    assert caught.value.wait_seconds == (30 if after else float("inf") if status == 429 else None)


def test_marks_of_a_hostile_server_do_not_travel(stranger: Stranger) -> None:
    stranger(lambda handler: reply(handler, ETag="x" * 5000))
    with Opener("") as opener:
        assert opener.ask(PLACE).marks == Marks()


def test_every_error_of_the_client_is_ours() -> None:
    names = [getattr(httpcore, name) for name in httpcore.__all__]
    errors = [n for n in names if isinstance(n, type) and issubclass(n, Exception)]
    # The pool catches this one itself.
    errors.remove(httpcore.ConnectionNotAvailable)
    assert [e for e in errors if not any(parent in ERRORS for parent in e.__mro__)] == []
    assert all(issubclass(kind, CollectError) for kind, _ in ERRORS.values())
