"""Who may read: this machine alone, with the headers that keep what is read here."""

from __future__ import annotations

import httpx
import pytest

from cities.folder import CityFolder, Home
from cities.settings import Settings
from review.errors import NotLoopbackError, PortTakenError
from review.serve import review_server, serve
from tests.review.snapshots import AS_OF, night


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "mairie.example", ""])
def test_the_server_refuses_an_address_other_than_loopback(
    home: Home, settings: Settings, host: str
) -> None:
    open_wide = settings.model_copy(update={"host": host})
    with pytest.raises(NotLoopbackError, match=r"write 127\.0\.0\.1"):
        serve(home, open_wide, ready=lambda _address: None)


def test_a_taken_port_is_one_sentence(home: Home, settings: Settings, client: httpx.Client) -> None:
    taken = settings.model_copy(update={"port": client.base_url.port})
    with pytest.raises(PortTakenError, match="choose another"):
        review_server(home, taken, ready=lambda _address: None)


@pytest.mark.parametrize("path", ["/fr/", "/fr/montreval/habitants", "/static/portevoix.css", "/x"])
def test_each_answer_carries_the_security_headers(reader: httpx.Client, path: str) -> None:
    headers = reader.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers


def test_pages_are_not_stored(reader: httpx.Client) -> None:
    assert reader.get("/fr/montreval/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.4:8078", "[::2]"]
)
def test_another_name_for_this_machine_is_refused(reader: httpx.Client, host: str) -> None:
    answer = reader.get("/fr/montreval/habitants", headers={"host": host})
    assert (answer.status_code, answer.text) == (403, "loopback only\n")


def test_the_application_documents_itself_to_nobody(reader: httpx.Client) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert reader.get(path, follow_redirects=True).status_code == 404


def test_a_broken_city_file_is_one_page_with_its_sentence(
    client: httpx.Client, town: CityFolder
) -> None:
    town.city_file.write_text("city_id: montreval\nnames: 3\n", encoding="utf-8")
    answer = client.get("/fr/montreval/")
    assert answer.status_code == 503
    assert "city.yaml" in answer.text
    assert client.get("/fr/").status_code == 200


def test_without_a_night_the_page_says_what_to_run(client: httpx.Client, town: CityFolder) -> None:
    next(town.snapshots.glob("*.duckdb")).unlink()
    answer = client.get("/en/montreval/")
    assert answer.status_code == 503
    assert "portevoix nightly montreval" in answer.text


def test_a_defect_of_ours_is_a_human_page_with_headers(
    client: httpx.Client, town: CityFolder
) -> None:
    broken = night()
    broken.tables["run"] = []
    broken.write(town.snapshot_file(AS_OF))
    answer = client.get("/en/montreval/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "default-src" in answer.headers["content-security-policy"]
