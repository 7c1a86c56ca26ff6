"""The real clients, sent to a proxy of this process, whatever the machine's environment says."""

from __future__ import annotations

import ssl

import httpx
import requests
from mastodon import Mastodon

from demo.serve import Proxy


def session(proxy: Proxy) -> requests.Session:
    """A session of requests that obeys the proxy and trusts its authority only."""
    session = requests.Session()
    session.trust_env = False
    session.proxies = {"https": proxy.address, "http": proxy.address}
    session.verify = str(proxy.ca_file)
    return session


def mastodon(proxy: Proxy, host: str, *, token: str | None = None) -> Mastodon:
    """Mastodon.py on one instance; a quota used up raises at once."""
    return Mastodon(
        api_base_url=f"https://{host}",
        access_token=token,
        session=session(proxy),
        ratelimit_method="throw",
        request_timeout=10,
    )


def client(proxy: Proxy) -> httpx.Client:
    """An httpx client that obeys the proxy and trusts its authority only."""
    trust = ssl.create_default_context(cafile=str(proxy.ca_file))
    return httpx.Client(proxy=proxy.address, verify=trust, trust_env=False, timeout=10)
