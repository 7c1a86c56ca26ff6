"""A small forward proxy: it leads one public name to a port of this machine, and nothing else.

The collector refuses private addresses and leaves names to the proxy that its environment names;
so a server on loopback is reached as any operator's proxy would reach it, with no seam in the code.
"""

from __future__ import annotations

__all__ = ["Forward", "forwarding"]

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HOP = ("connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length")


@dataclass(slots=True)
class Forward:
    """A proxy that runs: its address, and what went through it: (method, path, status)."""

    address: str
    asked: list[tuple[str, str, int]]

    def statuses(self, path: str) -> list[int]:
        """The answers to the questions whose path begins so."""
        return [status for _, asked, status in self.asked if asked.startswith(path)]


class Handler(BaseHTTPRequestHandler):
    """Asks the server behind, and passes its answer on."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One question."""
        target = urlsplit(self.path)
        if target.hostname != self.server.host:
            self.send_error(502, "not a host of this test")
            return
        path = f"{target.path or '/'}?{target.query}".rstrip("?")
        headers = {n: v for n, v in self.headers.items() if n.lower() not in HOP}
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        link.request(self.command, path, headers=headers)
        reply = link.getresponse()
        body = reply.read()
        link.close()
        self.server.asked.append((self.command, path, reply.status))
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in (*HOP, "date", "server"):
                self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    # http.server finds a method by its verb.
    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Listens on loopback for questions to `host`, which `port` answers."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.asked: list[tuple[str, str, int]] = []
        super().__init__(("127.0.0.1", 0), Handler)


@contextmanager
def forwarding(host: str, port: int) -> Iterator[Forward]:
    """Lead `host` to `port` of loopback while the block lasts."""
    server = Server(host, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Forward(f"http://127.0.0.1:{server.server_address[1]}", server.asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
