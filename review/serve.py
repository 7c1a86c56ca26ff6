"""Serving the pages, on this machine alone until accounts and roles exist."""

from __future__ import annotations

__all__ = ["review_server", "serve"]

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from cities.folder import Home
from cities.settings import Settings
from review.app import create_app
from review.errors import NotLoopbackError, PortTakenError

Ready = Callable[[str], None]


class _Server(uvicorn.Server):
    """A server that says its address once it listens."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket, ready: Ready) -> None:
        super().__init__(config)
        self._listener = listener
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then call `ready` with the address."""
        await super().startup(sockets)
        if self.started:
            self._ready(_address(self._listener))

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop; the listening socket is closed in every case."""
        with self._listener:
            super().run(sockets or [self._listener])


def serve(home: Home, settings: Settings, *, ready: Ready) -> None:
    """Serve the pages until Ctrl-C; `ready` gets the address (`http://127.0.0.1:8078/`).

    Raises `NotLoopbackError` or `PortTakenError` before anything is served.
    """
    review_server(home, settings, ready=ready).run()


def review_server(home: Home, settings: Settings, *, ready: Ready) -> uvicorn.Server:
    """The server, bound and not yet running; port 0 takes any free port."""
    listener = _bound(_loopback(settings.host), settings.port)
    config = uvicorn.Config(
        create_app(home, settings),
        # Addresses of pages hold people's ids and the names searched for: no access log.
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="on",
    )
    return _Server(config, listener, ready)


def _loopback(host: str) -> str:
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        if ipaddress.ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    raise NotLoopbackError(
        f"PORTEVOIX_HOST: {host} can be reached from other machines and the pages name people; "
        "write 127.0.0.1"
    )


def _bound(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"PORTEVOIX_PORT: port {port} cannot be used ({error.strerror}); choose another"
        ) from None
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
