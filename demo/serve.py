"""Run the proxy: until a signal (`serve`), or as long as a block lasts (`running`)."""

from __future__ import annotations

__all__ = ["Proxy", "demo_environment", "running", "serve"]

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any, Literal

from demo.city import city_file
from demo.faults import Fault
from demo.limits import GENEROUS, PLATFORM, Limits
from demo.proxy import ProxyServer
from demo.stage import DEMO_TOKEN, Stage
from demo.world import World, read_world

LimitsChoice = Literal["world", "generous", "platform"] | Limits
# What the operator of the demo would set; the proxy refuses any other.
CREDENTIALS = {
    "PORTEVOIX_X_TOKEN": DEMO_TOKEN,
    "PORTEVOIX_INSTAGRAM_TOKEN": DEMO_TOKEN,
    "PORTEVOIX_INSTAGRAM_SESSION": f"demo:{DEMO_TOKEN}",
    "PORTEVOIX_SIRENE_KEY": DEMO_TOKEN,
}
LOOPBACK_HOSTS = "127.0.0.1,localhost,::1"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that runs: `http://127.0.0.1:PORT`, and the certificate that clients must trust."""

    address: str
    ca_file: Path
    stage: Stage

    @property
    def environment(self) -> dict[str, str]:
        """The variables that send a process here."""
        return demo_environment(self.address, self.ca_file)

    @property
    def city_file(self) -> str:
        """The text of the city file that reads all that this world plays."""
        return city_file(self.stage.world)

    def set_clock(self, now: datetime) -> None:
        """Show the world as of another moment."""
        self.stage.set_clock(now)

    def set_faults(self, faults: Iterable[Fault | dict[str, Any]]) -> None:
        """Put these faults in force, and no other."""
        self.stage.set_faults(Fault.model_validate(fault) for fault in faults)

    def requests(self) -> dict[str, dict[str, int]]:
        """Requests so far: host → path → count."""
        return self.stage.requests()

    def forget_requests(self) -> None:
        """Count requests from zero again."""
        self.stage.forget_requests()


def demo_environment(address: str, ca_file: Path) -> dict[str, str]:
    """The variables that send any client of a process to the proxy at `address`.

    With them the credentials that the demo accepts.
    `SSL_CERT_DIR` is emptied, which OpenSSL takes as unset: no other authority is trusted.
    """
    certificate = str(ca_file.absolute())
    proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), address)
    trust = dict.fromkeys(
        ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "HTTPLIB2_CA_CERTS", "CURL_CA_BUNDLE"), certificate
    )
    direct = dict.fromkeys(("NO_PROXY", "no_proxy"), LOOPBACK_HOSTS)
    return {**proxies, **trust, **direct, **CREDENTIALS, "SSL_CERT_DIR": ""}


@contextmanager
def running(
    world: Path | World,
    *,
    port: int = 0,
    now: datetime | None = None,
    limits: LimitsChoice = "world",
    ca_file: Path | None = None,
) -> Iterator[Proxy]:
    """A proxy for a world folder (or a `World`) while the block lasts.

    `port` 0 takes a free one; `now` is the world's last night when None; `ca_file` is where the
    certificate goes, a temporary file when None. Raises `WorldError`, or `OSError` when the port
    is taken.
    """
    data = world if isinstance(world, World) else read_world(world)
    server = ProxyServer(Stage(data, now=now, limits=_chosen(limits, data)), port=port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    with TemporaryDirectory(prefix="portevoix-demo-") as folder:
        certificate = ca_file or Path(folder) / "ca.pem"
        server.authority.write_certificate(certificate)
        thread.start()
        try:
            yield Proxy(server.address, certificate, server.stage)
        finally:
            server.stop()
            thread.join()


def serve(
    world: Path | World,
    *,
    port: int = 0,
    now: datetime | None = None,
    limits: LimitsChoice = "world",
    ca_file: Path | None = None,
    ready: Callable[[Proxy], None] | None = None,
) -> None:
    """Serve a world until SIGTERM or SIGINT; for the main thread of a process.

    `ready` is called once, when the proxy answers.
    """
    stopped = Event()
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stopped.set()) for number in signals]
    try:
        with running(world, port=port, now=now, limits=limits, ca_file=ca_file) as proxy:
            if ready is not None:
                ready(proxy)
            stopped.wait()
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def _chosen(limits: LimitsChoice, world: World) -> Limits:
    if isinstance(limits, Limits):
        return limits
    return {"world": world.limits, "generous": GENEROUS, "platform": PLATFORM}[limits]
