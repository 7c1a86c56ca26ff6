"""The demo's own certificate authority: it vouches for the platforms' hosts, on loopback only.

It is made anew at each start and its key stays in memory, so no file could pass for a platform.
"""

from __future__ import annotations

__all__ = ["Authority"]

import ssl
from pathlib import Path
from threading import Lock

import trustme


class Authority:
    """Issues one certificate a host, at first use; thread-safe."""

    def __init__(self) -> None:
        self._authority = trustme.CA(organization_name="Portevoix demo")
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = Lock()

    def write_certificate(self, path: Path) -> None:
        """Write the certificate that clients must trust (PEM); the file appears whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.draft")
        draft.write_bytes(self._authority.cert_pem.bytes())
        draft.replace(path)

    def context_for(self, host: str) -> ssl.SSLContext:
        """The server side of TLS for `host`."""
        with self._lock:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.minimum_version = ssl.TLSVersion.TLSv1_2
                self._authority.issue_cert(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]
