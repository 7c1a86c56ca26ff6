"""The proxy itself: what it refuses, its own address, many clients at once, how it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import requests

from cities.settings import child_environment
from demo.limits import GENEROUS
from demo.proxy import ProxyServer
from demo.serve import Proxy, running
from demo.stage import Stage
from demo.world import write_world
from tests.demo.clients import client as client_of
from tests.demo.clients import mastodon, session
from tests.demo.small_world import (
    BODACC,
    HALLE,
    NIGHT_1,
    NIGHT_2,
    SAONE,
    author,
    hourly,
    opening,
    world,
)

TAG = "/api/v1/timelines/tag/montreval"
CHILD = f"""
import httpx, sys
from mastodon import Mastodon
page = Mastodon(api_base_url="https://{SAONE}").timeline_hashtag("montreval", limit=40)
found = httpx.get("https://{BODACC}/api/explore/v2.1/catalog/datasets/annonces-commerciales/records")
sys.stdout.write(f"{{len(page)}} {{found.json()['total_count']}}")
"""
SERVER = """
import sys
from pathlib import Path
from demo.limits import GENEROUS
from demo.proxy import ProxyServer
from demo.serve import Proxy, serve

def ready(proxy: Proxy) -> None:
    sys.stdout.write(proxy.address + "\\n")
    sys.stdout.flush()

serve(Path(sys.argv[1]), ready=ready, limits="platform")
"""


def test_variables_alone_send_the_real_clients_to_the_proxy() -> None:
    data = world([author("lea")], hourly(50, "lea@saone.example"), [opening(1, NIGHT_1.date())])
    with running(data, now=NIGHT_2) as proxy:
        result = subprocess.run(
            [sys.executable, "-W", "error", "-c", CHILD],
            env=child_environment(proxy.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (result.stdout, result.returncode) == ("40 1", 0), result.stderr
        assert proxy.requests()[SAONE][TAG] == 1


def test_a_foreign_host_is_refused_with_a_sentence(proxy: Proxy, client: httpx.Client) -> None:
    with pytest.raises(requests.exceptions.ProxyError, match="502 Not a host of this world"):
        session(proxy).get("https://mastodon.social/api/v1/instance")
    with pytest.raises(httpx.ProxyError, match="Not a host of this world"):
        client.get("https://127.0.0.1/")
    plain = client.get("http://example.org/robots.txt")
    assert plain.status_code == 502
    assert "not a host of this world" in plain.json()["error"]
    assert proxy.requests()["mastodon.social"] == {"CONNECT": 1}


def test_a_foreign_host_inside_a_tunnel_is_not_reached(proxy: Proxy, client: httpx.Client) -> None:
    response = client.get(f"https://{SAONE}{TAG}", headers={"Host": "mastodon.social"})
    assert response.status_code == 200
    assert set(proxy.requests()) == {SAONE}


def test_plain_http_is_answered_for_the_worlds_hosts(client: httpx.Client) -> None:
    assert len(client.get(f"http://{HALLE}{TAG}").json()) == 20


def test_a_credential_that_is_not_the_demos_is_refused(client: httpx.Client) -> None:
    address = f"https://{SAONE}{TAG}"
    assert client.get(address, headers={"Authorization": "Bearer secret"}).status_code == 401
    assert client.get(address, params={"access_token": "secret"}).status_code == 401
    assert client.get(address, headers={"Authorization": "Bearer demo-token"}).status_code == 200


def test_the_clients_trust_nobody_else(proxy: Proxy) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(
            f"https://{SAONE}{TAG}",
            proxies={"https": proxy.address},
            verify="/etc/ssl/certs/ca-certificates.crt",
            timeout=5,
        )


def test_it_listens_on_loopback_only() -> None:
    server = ProxyServer(Stage(world([], []), limits=GENEROUS))
    with server.socket as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_its_own_address_moves_the_clock_and_sets_faults(
    proxy: Proxy, client: httpx.Client
) -> None:
    with httpx.Client(base_url=proxy.address, trust_env=False) as control:
        assert control.get("/_demo/clock").json() == {"now": NIGHT_1.isoformat()}
        control.put("/_demo/clock", json={"now": NIGHT_2.isoformat()}).raise_for_status()
        assert client.get(f"https://{SAONE}{TAG}").headers["Date"].startswith("Wed, 18 Nov 2026")
        fault = {"host": SAONE, "kind": "status", "status": 500, "times": None}
        control.post("/_demo/faults", json=[fault]).raise_for_status()
        assert client.get(f"https://{SAONE}{TAG}").status_code == 500
        control.delete("/_demo/faults").raise_for_status()
        assert client.get(f"https://{SAONE}{TAG}").status_code == 200
        assert control.get("/_demo/requests").json() == {SAONE: {TAG: 3}}
        control.delete("/_demo/requests").raise_for_status()
        assert proxy.requests() == {}
        for wrong in ({"now": "2026-11-18T01:30:00"}, {"when": "now"}):
            assert control.put("/_demo/clock", json=wrong).status_code == 400
        assert control.post("/_demo/faults", json=[{"kind": "gremlin"}]).status_code == 400
        assert control.post("/_demo/faults", content=b"{").status_code == 400
        assert control.get("/").status_code == 404


def test_many_clients_at_once_read_the_same_pages(proxy: Proxy) -> None:
    def read(host: str) -> list[str]:
        page = mastodon(proxy, host).timeline_hashtag("montreval", limit=40)
        return [status.uri for status in page]

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(read, [SAONE, HALLE] * 12))
    assert all(page == pages[0] for page in pages)
    assert len(pages[0]) == 40


def test_one_connection_serves_many_requests(client: httpx.Client) -> None:
    answers = [client.get(f"https://{SAONE}{TAG}") for _ in range(5)]
    streams = {id(answer.extensions["network_stream"]) for answer in answers}
    assert len(streams) == 1


def test_it_starts_soon_and_stops_with_connections_open(tmp_path: Path) -> None:
    posts = hourly(8000, "lea@saone.example")
    write_world(tmp_path / "world", world([author("lea")], posts))
    before = time.monotonic()
    with running(tmp_path / "world") as proxy, client_of(proxy) as client:
        assert client.get(f"https://{SAONE}{TAG}").status_code == 200
        proxy.set_faults([{"kind": "slow", "seconds": 60}])
        with pytest.raises(httpx.ReadTimeout):
            client.get(f"https://{SAONE}{TAG}", timeout=0.05)
    assert time.monotonic() - before < 5  # 0.5 s alone, on a busy machine more


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_cleanly_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    write_world(tmp_path, world([author("lea")], hourly(3, "lea@saone.example")))
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SERVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        clock = httpx.get(f"{address}/_demo/clock", trust_env=False)
        assert clock.json() == {"now": NIGHT_2.isoformat()}
        server.send_signal(number)
        _, errors = server.communicate(timeout=10)
        assert (server.returncode, errors) == (0, "")
