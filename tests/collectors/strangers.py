"""A server that answers for every host, as whatever stands at a stranger's address might."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

Serving = Callable[[BaseHTTPRequestHandler], None]
Stranger = Callable[[Serving], None]


@contextmanager
def server(answer: Serving) -> Iterator[str]:
    """A server on loopback that answers as told; as a proxy, for any host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer."""
            try:
                answer(self)
            except OSError:
                self.close_connection = True

        do_HEAD = do_GET  # noqa: N815 - http.server finds a method by its verb

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stranger]:
    """Let a server answer for every host, as the proxy that the environment names."""
    with ExitStack() as stack:

        def start(answer: Serving) -> None:
            address = stack.enter_context(server(answer))
            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
                monkeypatch.setenv(name, address)
            for name in ("no_proxy", "NO_PROXY"):
                monkeypatch.setenv(name, "")

        yield start


def reply(handler: BaseHTTPRequestHandler, body: bytes = b"", **headers: str) -> None:
    """Send 200 and a body; `status` among the headers gives another status."""
    handler.send_response(int(headers.pop("status", "200")))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
