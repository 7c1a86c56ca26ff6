"""The proxy's sockets: CONNECT and plain proxying for a world's hosts, on loopback only.

A client that sends its requests here speaks TLS with this process, which holds a certificate for
each host; a host that is not of the world is refused, so nothing ever leaves the machine.
"""

from __future__ import annotations

__all__ = ["ProxyServer"]

import logging
import socket
import ssl
import sys
from contextlib import suppress
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from demo.authority import Authority
from demo.control import control
from demo.exchange import Answer, Request, json_answer
from demo.stage import Stage

logger = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 120
MAX_BODY_BYTES = 64 * 1024 * 1024
PHRASES = {status.value: status.phrase for status in HTTPStatus}


class ProxyServer(ThreadingHTTPServer):
    """Listens on loopback; one thread a connection, each kept alive."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, stage: Stage, *, port: int = 0) -> None:
        self.stage = stage
        self.authority = Authority()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__((LOOPBACK, port), Handler)

    @property
    def address(self) -> str:
        """Where clients send their requests."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note the connection, so that a stop can end it, then give it a thread."""
        self.track(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """End a connection; the socket is closed already when TLS took it over."""
        self.untrack(request)
        super().shutdown_request(request)

    def track(self, connection: socket.socket) -> None:
        """Remember an open connection."""
        with self._lock:
            self._open.add(connection)

    def untrack(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._open.discard(connection)

    def stop(self) -> None:
        """Stop listening, break every open connection, and wait for their threads."""
        self.stage.closing.set()
        self.shutdown()
        with self._lock:
            left = list(self._open)
        for connection in left:
            # Not SSLSocket.shutdown: it takes the TLS object from under the reading thread.
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base's
        """Say nothing of a client that hung up; log what is our mistake."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            logger.error("demo proxy: a request failed", exc_info=error)


class Handler(BaseHTTPRequestHandler):
    """One connection. After CONNECT, the same loop reads the requests inside the tunnel."""

    server: ProxyServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS
    tunnel_host: str | None = None

    def do_CONNECT(self) -> None:
        """Open a tunnel to a host of the world, and answer in its place."""
        host = self.path.rpartition(":")[0].lower()
        if self.tunnel_host or not self.server.stage.knows(host):
            self._refuse(host)
            return
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        plain = self.connection
        self.connection = self.server.authority.context_for(host).wrap_socket(
            plain, server_side=True, do_handshake_on_connect=False
        )
        self.server.track(self.connection)
        self.rfile.close()
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)
        if self.server.stage.closing.is_set():
            raise ConnectionAbortedError
        self.connection.do_handshake()
        self.tunnel_host = host
        self.close_connection = False

    def do_GET(self) -> None:
        """Answer for a host of the world, or on the proxy's own address."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > MAX_BODY_BYTES:
            self.close_connection = True
            self._send(json_answer({"error": "too large"}, status=413))
            return
        body = self.rfile.read(length)
        target = urlsplit(self.path)
        host = self.tunnel_host or (target.hostname or "").lower()
        if not host:
            self._send(control(self.server.stage, self.command, target.path, body))
        elif not self.server.stage.knows(host, target.path):
            self._refuse(host)
        else:
            self._send(self.server.stage.answer(self._request(host)))

    # http.server finds a method by its verb.
    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def _request(self, host: str) -> Request:
        target = urlsplit(self.path)
        return Request(
            method=self.command,
            host=host,
            path=target.path,
            now=self.server.stage.now,
            query=tuple(parse_qsl(target.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            scheme="https" if self.tunnel_host else "http",
        )

    def _refuse(self, host: str) -> None:
        self.close_connection = True
        sentence = f"{host}: not a host of this world; the demo proxy sends nothing outside"
        self._send(json_answer({"error": sentence}, status=502), reason="Not a host of this world")

    def _send(self, answer: Answer, *, reason: str | None = None) -> None:
        if answer.wait_seconds:
            self.server.stage.closing.wait(answer.wait_seconds)
        # Servers state the world's time, so that clients count waits from it.
        lines = [
            f"HTTP/1.1 {answer.status} {reason or PHRASES.get(answer.status, '')}",
            f"Date: {format_datetime(self.server.stage.now, usegmt=True)}",
            f"Content-Type: {answer.content_type}",
            f"Content-Length: {len(answer.body)}",
            f"Connection: {'close' if self.close_connection else 'keep-alive'}",
            *(f"{name}: {value}" for name, value in answer.headers),
        ]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.connection.sendall(head + answer.body[: answer.cut_after])
        if answer.cut_after is not None:
            self.close_connection = True

    def finish(self) -> None:
        """Close what TLS took over."""
        super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            self.server.untrack(self.connection)
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        """Say nothing: the command line speaks."""
