"""Asking a site: its robots.txt, its front page, its feed, older pages of it."""

from __future__ import annotations

__all__ = ["Entrance", "OptedOutError", "Visitor"]

import time
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from collectors.errors import PayloadError, RefusedError, WaitError
from collectors.opener import Marks, Opener, Reply
from collectors.robots import LONGEST, ROBOTS_PATH, permits
from collectors.sources.blog.feed import NOT_A_FEED, Feed, is_feed, read_feed
from collectors.sources.blog.front import (
    LONGEST_HEAD,
    TDM_PATH,
    Signs,
    reserves,
    signs_of_headers,
    signs_of_page,
)
from collectors.waiting import Patience

OK, NOT_MODIFIED = 200, 304
MISSING = (404, 410)
LOCKED = (401, 402, 403, 451)
ROBOTS = "asks programs not to read it (robots.txt)"
NOINDEX = "says that no program may index it (noindex)"
RESERVED = "reserves text and data mining (tdm-reservation)"
LONGEST_TDM = 64 * 1024
# A site that drips its pages must not take the others' night; the next try goes on.
SITE_SECONDS = 600.0
NO_FEED = "names no feed; write the address of its feed"


class OptedOutError(RefusedError):
    """A site says, by a mark of its own, that it is not to be read."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a site's feed is, and its first page; None when it is as it was (304)."""

    address: str
    feed: Feed | None = None
    marks: Marks = field(default_factory=Marks)


class Visitor:
    """Asks the sites of one run, each robots.txt once; raises only `CollectError`."""

    def __init__(self, opener: Opener, patience: Patience) -> None:
        self._opener = opener
        self._patience = patience
        self._robots: dict[str, str] = {}
        self._ends_at = float("inf")

    def close(self) -> None:
        """Close the connections."""
        self._opener.close()

    def begin(self) -> None:
        """Give the next site its time."""
        self._ends_at = time.monotonic() + SITE_SECONDS

    def enter(self, address: str, *, feed: str = "", marks: Marks | None = None) -> Entrance:
        """The first page of a site's feed; `feed` and `marks` are what the last night found.

        `OptedOutError` when robots.txt, noindex or a reservation keeps programs off.
        """
        self._respect_reservation(address)
        reply = self._ask(address, marks if feed == address else None)
        if reply.status == NOT_MODIFIED or (reply.status == OK and is_feed(reply)):
            self._respect(self._front_of(address), reply)
            return self._entrance(address, reply)
        _refuse(reply)
        if feed == address:
            raise PayloadError(NOT_A_FEED)
        signs = signs_of_page(reply)
        if not signs.feeds and not signs.is_noindex and not signs.is_reserved:
            raise RefusedError(NO_FEED)
        self._respect(signs)
        found = signs.feeds[0]
        reply = self._ask(found, marks if feed == found else None)
        if reply.status != NOT_MODIFIED:
            _refuse(reply)
        self._respect(signs, reply)
        return self._entrance(found, reply)

    def older(self, address: str, page: int) -> Feed | None:
        """A further page of a feed that WordPress makes; None after the last."""
        paged = _paged(address, page)
        if not self.may_read(paged):
            return None
        reply = self._ask(paged)
        if reply.status != OK or not is_feed(reply):
            return None
        return self._read(paged, reply)

    def is_gone(self, address: str) -> bool:
        """Whether the page of an entry is there no more; one question, never repeated."""
        if not self.may_read(address):
            return False
        return self._opener.ask(address, method="HEAD").status in MISSING

    def may_read(self, address: str) -> bool:
        """Whether the robots.txt of an address's host lets it be read."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._patience.call(lambda: self._robots_of(origin))
        path = parts.path or "/"
        return permits(self._robots[origin], f"{path}?{parts.query}" if parts.query else path)

    def _robots_of(self, origin: str) -> str:
        # RFC 9309: a missing robots.txt forbids nothing; one that fails (WaitError) forbids all.
        return self._text_at(f"{origin}{ROBOTS_PATH}", LONGEST)

    def _respect_reservation(self, address: str) -> None:
        """`OptedOutError` when a site's tdmrep.json reserves mining: the press does it so."""
        if not self.may_read(address):
            raise OptedOutError(ROBOTS)
        told = self._patience.call(lambda: self._text_at(urljoin(address, TDM_PATH), LONGEST_TDM))
        if reserves(told, urlsplit(address).path or "/"):
            raise OptedOutError(RESERVED)

    def _text_at(self, address: str, longest: int) -> str:
        """A file by which a host speaks to programs; empty when it has none."""
        reply = self._opener.ask(address, beginning_bytes=longest)
        return reply.body.decode("utf-8", "replace") if reply.status == OK else ""

    def _ask(self, address: str, marks: Marks | None = None) -> Reply:
        """An answer, when robots.txt permits it, wherever it came from in the end."""
        if not self.may_read(address):
            raise OptedOutError(ROBOTS)
        if time.monotonic() > self._ends_at:
            raise WaitError("takes too long to answer", wait_seconds=float("inf"))
        reply = self._patience.call(lambda: self._opener.ask(address, marks=marks))
        if reply.url != address and not self.may_read(reply.url):
            raise OptedOutError(ROBOTS)
        return reply

    def _front_of(self, address: str) -> Signs | None:
        """What the front page of a feed's host says; None when there is none to be read."""
        front = urljoin(address, "/")
        if not self.may_read(front):
            return None
        try:
            reply = self._patience.call(
                lambda: self._opener.ask(front, beginning_bytes=LONGEST_HEAD)
            )
        except (RefusedError, PayloadError):
            return None
        return signs_of_page(reply) if reply.status == OK else None

    def _respect(self, page: Signs | None, feed: Reply | None = None) -> None:
        """`OptedOutError` when the site's page or its feed says no.

        Widespread WordPress plugins mark each feed noindex, so that search engines show the posts
        instead: where the site's page may be indexed, such a feed may be read.
        """
        told = signs_of_headers(feed) if feed else Signs()
        if told.is_reserved or (page is not None and page.is_reserved):
            raise OptedOutError(RESERVED)
        if page.is_noindex if page is not None else told.is_noindex:
            raise OptedOutError(NOINDEX)

    def _entrance(self, address: str, reply: Reply) -> Entrance:
        if reply.status == NOT_MODIFIED:
            return Entrance(address)
        return Entrance(address, self._read(address, reply), reply.marks)

    def _read(self, address: str, reply: Reply) -> Feed:
        """The feed of a reply; asked for again when it is broken, as it may be in passing."""
        replies = [reply]

        def attempt() -> Feed:
            return read_feed(replies.pop() if replies else self._opener.ask(address))

        return self._patience.call(attempt)


def _refuse(reply: Reply) -> None:
    """`RefusedError` for a status that is no success."""
    if reply.status in LOCKED:
        raise RefusedError("refuses to be read by this machine; ask its owner")
    if reply.status in MISSING:
        raise RefusedError("is not there; check its address")
    if reply.status != OK:
        raise RefusedError(f"answers with status {reply.status}; check its address")


def _paged(address: str, page: int) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("paged", str(page))])))
