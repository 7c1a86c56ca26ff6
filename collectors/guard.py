"""Where a stranger's address may lead: to public machines only, and not for ever.

A name is resolved here, each of its addresses is looked at, and the connection goes to the very
address that was looked at: a name that resolves otherwise a moment later gains nothing.
"""

from __future__ import annotations

__all__ = ["Deadline", "GuardedBackend", "Resolve", "is_public", "is_public_name"]

import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from collectors.errors import RefusedError

PRIVATE = "leads to an address that is not public"
# Names that lead to this machine or its network, whatever resolves them.
INNER_ENDINGS = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa")
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)")
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[..., Iterable[tuple[Any, ...]]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(text: str) -> bool:
    """Whether an IP address is of the public Internet, and so is the one that it may wrap.

    >>> [is_public(a) for a in ("93.184.215.14", "10.0.0.7", "169.254.169.254", "::1")]
    [True, False, False, False]
    >>> [is_public(a) for a in ("::ffff:127.0.0.1", "64:ff9b::a00:7", "2002:7f00:1::")]
    [False, False, False]
    """
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    inner = _wrapped(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_public_name(host: str) -> bool:
    """Whether a host's name may lead to the public Internet: no literal private address.

    >>> [is_public_name(h) for h in ("gazette.example", "localhost", "127.1", "printer", "[::1]")]
    [True, False, False, False, False]
    """
    bare = host.lower().strip("[]").rstrip(".")
    try:
        return is_public(bare)
    except ValueError:
        *parents, last = bare.split(".")
    # "127.1", "0x7f000001": old writings of an IPv4 address, which resolvers still take.
    return bool(parents) and last not in INNER_ENDINGS and NUMBER.fullmatch(last) is None


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to, where its form says so."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class Deadline:
    """When a question must have its whole answer, however slowly it drips."""

    def __init__(self) -> None:
        self._ends_at = float("inf")

    def begin(self, seconds: float) -> None:
        """Give the next question so long."""
        self._ends_at = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """The time for one step; `httpcore.ReadTimeout` when there is none left."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole answer took too long")
        return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """httpcore's way to the network, which looks at where it leads and at the time.

    `permits`: which addresses may be reached; None when a proxy resolves and this backend leads
    to that proxy.
    """

    def __init__(
        self,
        deadline: Deadline,
        *,
        permits: Callable[[str], bool] | None = is_public,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self._deadline = deadline
        self._permits = permits
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers."""
        trouble: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
            else:
                return GuardedStream(stream, self._deadline)
        raise trouble or httpcore.ConnectError("the name has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host; all must be permitted, so that none is reached by luck."""
        if self._permits is None:
            return [host]
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("the name does not resolve") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not all(map(self._permits, addresses)):
            raise RefusedError(PRIVATE)
        return addresses


class GuardedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came, at most so many bytes."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, under TLS."""
        left = self._deadline.left(timeout)
        return GuardedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
