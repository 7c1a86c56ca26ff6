"""The house's opener, for addresses that strangers supply: a blog's feed, whatever it leads to.

Only http and https; only public machines (`collectors.guard`), looked at again at each redirect;
no more redirects, seconds or bytes than stated, packed or not. Where the environment names a
proxy, the proxy resolves names: private literals and inner names are then refused by their
writing, and the rest is the proxy's to forbid.

Errors say what an address does, without naming it; the source says which address it was.
"""

from __future__ import annotations

__all__ = ["ERRORS", "Bounds", "Marks", "Opener", "Reply", "come_back"]

import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from collectors.errors import CollectError, PayloadError, RefusedError, WaitError
from collectors.guard import PRIVATE, Deadline, GuardedBackend, is_public, is_public_name
from collectors.waiting import wait_from_headers

REDIRECTS = (301, 302, 303, 307, 308)
TOO_MANY_REQUESTS = 429
SERVER_TROUBLE = 500
MIB = 1024 * 1024
PACKED = ("gzip", "x-gzip", "deflate")
# zlib reads the form (gzip or zlib) from the first bytes.
ANY_PACKING = 32 + zlib.MAX_WBITS

# Every error family of httpcore that a request can raise; the nearest class wins.
ERRORS: dict[type[Exception], tuple[type[CollectError], str]] = {
    httpcore.NetworkError: (WaitError, "does not answer"),
    httpcore.TimeoutException: (WaitError, "takes too long to answer"),
    httpcore.ProtocolError: (WaitError, "breaks off its answer"),
    httpcore.ProxyError: (WaitError, "cannot be reached through the proxy"),
    httpcore.LocalProtocolError: (RefusedError, "is no address that can be asked"),
    httpcore.UnsupportedProtocol: (RefusedError, "is neither http nor https"),
}
# A machine that does not answer in time will not in the next second either: tonight it is left.
NO_HURRY = float("inf")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one question may take, redirects included."""

    connect_seconds: float = 5
    read_seconds: float = 15
    whole_seconds: float = 60
    redirects: int = 5
    body_bytes: int = 5 * MIB


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server gave with its last answer, to learn whether it is still true."""

    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The conditions of a request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of any status but 429 and 5xx. `url` is where the redirects ended.

    `is_cut`: the body went on, and only its beginning was asked for.
    """

    status: int
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False

    @property
    def marks(self) -> Marks:
        """What to send with the next question."""
        return Marks(_line(self.headers.get("ETag")), _line(self.headers.get("Last-Modified")))


class Opener:
    """Asks addresses that nobody has looked at; raises only `CollectError`."""

    def __init__(
        self,
        contact: str,
        *,
        bounds: Bounds | None = None,
        permits: Callable[[str], bool] = is_public,
    ) -> None:
        self._agent = f"Portevoix (+{contact})" if contact else "Portevoix"
        self._bounds = bounds or Bounds()
        self._permits = permits
        self._deadline = Deadline()
        self._trust: ssl.SSLContext = httpx.create_ssl_context()
        self._proxies = getproxies()
        self._pools: dict[str, httpcore.ConnectionPool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.close()

    def ask(
        self,
        address: str,
        *,
        marks: Marks | None = None,
        method: str = "GET",
        beginning_bytes: int | None = None,
    ) -> Reply:
        """The answer of an address. `beginning_bytes`: read no more of the body than so many.

        `WaitError` for 429, 5xx, silence and cuts; `RefusedError` for an address that is not to
        be asked or sends too much; `PayloadError` for a body that cannot be unpacked.
        """
        self._deadline.begin(self._bounds.whole_seconds)
        url = _sound(address)
        for _ in range(self._bounds.redirects + 1):
            reply = self._once(url, method, marks or Marks(), beginning_bytes)
            onward = reply.headers.get("Location")
            if reply.status not in REDIRECTS or not onward:
                return reply
            url = _sound(onward, url)
        raise RefusedError(f"redirects more than {self._bounds.redirects} times")

    def _once(self, url: httpx.URL, method: str, marks: Marks, beginning: int | None) -> Reply:
        bounds = self._bounds
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **marks.headers}
        timeout = {"connect": bounds.connect_seconds, "pool": bounds.connect_seconds}
        timeout |= {"read": bounds.read_seconds, "write": bounds.read_seconds}
        most = beginning or bounds.body_bytes
        try:
            with self._pool(url).stream(
                method, str(url), headers=list(headers.items()), extensions={"timeout": timeout}
            ) as response:
                head = httpx.Headers(response.headers)
                _refuse_trouble(response.status, head)
                body = b"" if method == "HEAD" else _bounded(response.iter_stream(), head, most)
        except tuple(ERRORS) as error:
            raise _ours(error) from None
        is_cut = len(body) > most
        if is_cut and beginning is None:
            raise RefusedError(f"sends more than {most // MIB or 1} MiB")
        return Reply(response.status, str(url), head, body[:most], is_cut)

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        """Connections to the proxy that the environment names for this address, else direct."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if proxy and proxy_bypass(url.host):
            proxy = ""
        if proxy and not is_public_name(url.host):
            raise RefusedError(PRIVATE)
        if proxy not in self._pools:
            self._pools[proxy] = self._proxied(proxy) if proxy else self._direct()
        return self._pools[proxy]

    def _direct(self) -> httpcore.ConnectionPool:
        backend = GuardedBackend(self._deadline, permits=self._permits)
        return httpcore.ConnectionPool(ssl_context=self._trust, network_backend=backend)

    def _proxied(self, proxy: str) -> httpcore.ConnectionPool:
        address = httpx.URL(proxy if "://" in proxy else f"http://{proxy}")
        if address.scheme not in ("http", "https"):
            raise RefusedError("cannot be asked: the proxy in the environment is not http")
        login = (address.username, address.password) if address.username else None
        return httpcore.HTTPProxy(
            str(address.copy_with(username=None, password=None)),
            proxy_auth=login,
            ssl_context=self._trust,
            network_backend=GuardedBackend(self._deadline, permits=None),
        )


def come_back(headers: Mapping[str, str]) -> WaitError:
    """What a server means that asks for time."""
    asked = wait_from_headers(headers)
    seconds = NO_HURRY if asked.seconds is None else asked.seconds
    return WaitError("asks to come back later", retry_at=asked.until, wait_seconds=seconds)


def _sound(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """An address that may be asked; `RefusedError` says why not."""
    try:
        url = base.join(address) if base else httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise RefusedError("is no address that can be asked") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise RefusedError("is neither http nor https")
    if url.userinfo:
        raise RefusedError("holds a name or a password; write the address without it")
    return url.copy_with(fragment=None)


def _refuse_trouble(status: int, headers: Mapping[str, str]) -> None:
    if status == TOO_MANY_REQUESTS or (status >= SERVER_TROUBLE and "Retry-After" in headers):
        raise come_back(headers)
    if status >= SERVER_TROUBLE:
        raise WaitError("is in trouble")


def _bounded(chunks: Iterable[bytes], headers: Mapping[str, str], most: int) -> bytes:
    """The unpacked body, up to one byte more than `most`; what follows is never read."""
    packing = headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", *PACKED):
        raise PayloadError("packs its answer in a way that was not asked for")
    body = bytearray()
    for piece in _unpacked(chunks, most) if packing in PACKED else chunks:
        body += piece[: most + 1 - len(body)]
        if len(body) > most:
            break
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Unpack piece by piece, never more at once than may be kept: a bomb stays small."""
    unpacking = zlib.decompressobj(ANY_PACKING)
    for chunk in chunks:
        left = chunk
        while left and not unpacking.eof:
            try:
                yield unpacking.decompress(left, most + 1)
            except zlib.error:
                raise PayloadError("packs its answer in a way that cannot be unpacked") from None
            left = unpacking.unconsumed_tail


def _ours(error: Exception) -> CollectError:
    kind, words = next(ERRORS[parent] for parent in type(error).__mro__ if parent in ERRORS)
    if isinstance(error, httpcore.TimeoutException):
        return WaitError(words, wait_seconds=NO_HURRY)
    return kind(words)


def _line(value: Any) -> str:
    """A header to send back, when it is short and plain."""
    text = str(value or "").strip()
    return text if len(text) <= 300 and text.isascii() and text.isprintable() else ""
