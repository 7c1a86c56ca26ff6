"""From the bytes of a feed to its entries: screened first, then read by feedparser."""

from __future__ import annotations

__all__ = ["MOST_ENTRIES", "Feed", "is_feed", "read_feed"]

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from collectors.errors import PayloadError
from collectors.opener import Reply
from collectors.text import NOT_STORABLE

NOT_A_FEED = "answers with something that is no feed"
CUT = "sends half of its feed"
DECLARES = "declares entities of its own, as an attack would"
OUT_OF_ALL_FORM = "sends a large feed that is not well-formed"
TOO_MUCH = "sends more than a feed holds"

# What stands before the root: declaration, comments, white space. A DOCTYPE is looked at apart.
BEFORE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*", re.IGNORECASE)
ROOT = re.compile(r"<((?:[a-z][\w.-]*:)?(?:rss|feed|rdf))[\s>/]", re.IGNORECASE)
LONGEST_TAIL = 4096
CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.IGNORECASE)
# Codecs of text; others of Python's can be made to take for ever ("punycode").
TEXT_CODECS = re.compile(
    r"utf[_-]?(?:8|16(?:[_-]?[bl]e)?)|us-ascii|iso[_-]8859[_-]\d+|latin-?\d+|(?:windows-|cp)125\d"
    r"|koi8-[ru]|macintosh|gb(?:2312|k|18030)|big5|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# feedparser reads what is not well-formed by a slow way: 5 s for 100,000 tags.
LARGEST_ODD_BYTES = 1024 * 1024
MOST_ODD_TAGS = 20_000
MOST_ENTRIES = 1000
MOST_TAGS = 150_000
START_OF_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as feedparser reads it: what it says of itself, and its entries, in its order."""

    about: Any
    entries: tuple[Any, ...]

    @property
    def is_of_wordpress(self) -> bool:
        """Whether WordPress made it, which serves older entries under `?paged=`."""
        return "wordpress" in str(self.about.get("generator", "")).lower()


def is_feed(reply: Reply) -> bool:
    """Whether a reply begins as a feed does."""
    _, rest = _split(_text(reply))
    return ROOT.match(rest) is not None


def read_feed(reply: Reply) -> Feed:
    """The entries of a feed; `PayloadError` when it is none, half of one, or an attack.

    No entity that the feed declares is ever used, nothing that it names is fetched.
    """
    _, rest = _split(_text(reply))
    root = ROOT.match(rest)
    if root is None:
        raise PayloadError(NOT_A_FEED)
    if f"</{root[1].lower()}" not in rest[-LONGEST_TAIL:].lower():
        raise PayloadError(CUT)
    data = rest.encode()
    count_tags = data.count(b"<")
    if count_tags > MOST_TAGS or len(START_OF_ENTRY.findall(data)) > MOST_ENTRIES:
        raise PayloadError(TOO_MUCH)
    is_large = len(data) > LARGEST_ODD_BYTES or count_tags > MOST_ODD_TAGS
    if is_large and not _is_well_formed(data):
        raise PayloadError(OUT_OF_ALL_FORM)
    # The base address of relative links goes by this header; the text is UTF-8 by now.
    headers = {"content-location": reply.url, "content-type": "application/xml; charset=utf-8"}
    # Our own reader takes text out of HTML; nothing of it is ever shown as HTML.
    found = feedparser.parse(
        BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    return Feed(found.feed, tuple(found.entries))


def _text(reply: Reply) -> str:
    """The body as text, in the encoding that it states, else UTF-8, else Windows-1252."""
    body = reply.body
    for mark, codec in MARKED.items():
        if body.startswith(mark):
            return NOT_STORABLE.sub("", body.decode(codec, "replace"))
    stated = CHARSET.search(reply.headers.get("Content-Type", ""))
    declared = DECLARED.match(body.lstrip()[:300])
    names = (declared[1].decode() if declared else "", stated[1] if stated else "", "utf-8")
    for name in filter(TEXT_CODECS.fullmatch, names):
        try:
            return NOT_STORABLE.sub("", body.decode(name))
        except (UnicodeDecodeError, LookupError):
            continue
    return NOT_STORABLE.sub("", body.decode("windows-1252", "replace"))


def _split(text: str) -> tuple[str, str]:
    """What stands before the root, and the rest; a DOCTYPE with declarations is refused."""
    start = _after(BEFORE, text, 0)
    if doctype := DOCTYPE.match(text, start):
        end = doctype.end()
        if text[end : end + 1] != ">":
            raise PayloadError(DECLARES)
        start = _after(BEFORE, text, end + 1)
    return text[:start], text[start:]


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True
