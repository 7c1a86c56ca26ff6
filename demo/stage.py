"""All that the proxy knows, without sockets: the world's sites, its clock, faults, a count."""

from __future__ import annotations

__all__ = ["DEMO_TOKEN", "Stage"]

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from threading import Event, Lock

from demo.exchange import Answer, Request, Site, json_answer
from demo.faults import Fault, Faults, strike
from demo.limits import Limits
from demo.sites import sites_of
from demo.world import World

# What a person may type into the demo as a credential; any other is refused, so that a real
# secret sent here by mistake is noticed at once.
DEMO_TOKEN = "demo-token"  # noqa: S105 - public by design


class Stage:
    """Answers for every host of a world, as of its clock; thread-safe.

    The clock stands still until `set_clock`, which also opens new quota windows.
    """

    def __init__(self, world: World, *, now: datetime | None = None, limits: Limits) -> None:
        self.world = world.file
        self._lock = Lock()
        self._now = now or (world.file.nights or (world.file.ends_at,))[-1]
        self._counts: Counter[tuple[str, str]] = Counter()
        self._sites, self._quotas = sites_of(world, limits)
        self.faults = Faults()
        self.closing = Event()

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that are answered for."""
        return tuple(self._sites)

    @property
    def now(self) -> datetime:
        """The moment at which the world is seen."""
        with self._lock:
            return self._now

    def set_clock(self, now: datetime) -> None:
        """Move the world to another moment."""
        if now.tzinfo is None:
            raise ValueError("the clock must carry its time zone")
        with self._lock:
            self._now = now
        for quota in self._quotas:
            quota.renew()

    def set_faults(self, faults: Iterable[Fault]) -> None:
        """Lift the faults in force and put these in their place."""
        self.faults.clear()
        self.faults.add(faults)

    def requests(self) -> dict[str, dict[str, int]]:
        """Requests so far: host → path (without its query) → count; refused hosts too."""
        with self._lock:
            counts = dict(self._counts)
        hosts: dict[str, dict[str, int]] = {}
        for (host, path), count in sorted(counts.items()):
            hosts.setdefault(host, {})[path] = count
        return hosts

    def forget_requests(self) -> None:
        """Count from zero again."""
        with self._lock:
            self._counts.clear()

    def knows(self, host: str, path: str = "CONNECT") -> bool:
        """Whether the host is of this world; a refused one is counted under `path`."""
        known = host in self._sites
        if not known:
            with self._lock:
                self._counts[host, path] += 1
        return known

    def answer(self, request: Request) -> Answer:
        """Answer one request to a host that `knows` accepts."""
        with self._lock:
            self._counts[request.host, request.path] += 1
        fault = self.faults.pick(request)
        if fault is None:
            return self._sound(request)
        return strike(fault, request, lambda: self._sound(request))

    def _sound(self, request: Request) -> Answer:
        site = self._sites[request.host]
        if not _is_credential_fit(request, site):
            return json_answer({"error": "The access token is invalid"}, status=401)
        answer = site.answer(request)
        return replace(answer, body=b"") if request.method == "HEAD" else answer


def _is_credential_fit(request: Request, site: Site) -> bool:
    given = [request.parameter(name) for name in ("access_token", "apikey")]
    given.append(request.header("authorization").removeprefix("Bearer "))
    given.append(request.header("x-insee-api-key-integration"))
    given += re.findall(r"(?:^|; ?)sessionid=\"?([^;\"]*)", request.header("cookie"))
    accepted = {DEMO_TOKEN, site.token, None, ""}
    return accepted.issuperset(given)
