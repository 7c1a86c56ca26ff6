"""What a page of a site says to programs: where its feed is, and whether it may be read."""

from __future__ import annotations

__all__ = ["LONGEST_HEAD", "TDM_PATH", "Signs", "reserves", "signs_of_headers", "signs_of_page"]

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from collectors.html import Tag, tags
from collectors.opener import Reply
from collectors.robots import bears_on

AGENT = "portevoix"
TDM_PATH = "/.well-known/tdmrep.json"
NO_INDEX = frozenset(("noindex", "none"))
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
COMMENTS = re.compile(r"comment", re.IGNORECASE)
# "googlebot: noindex" speaks to another program; "unavailable_after: …" is no name of one.
ADDRESSED = re.compile(r"\s*([\w-]+)\s*:\s*(.*)", re.DOTALL)
RULES_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
LONGEST_HEAD = 262_144
END_OF_HEAD = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a reply says to programs; `feeds`: the feeds that a page names, posts' first."""

    is_noindex: bool = False
    is_reserved: bool = False
    feeds: tuple[str, ...] = ()


def signs_of_headers(reply: Reply) -> Signs:
    """What the headers alone say: all that a feed can."""
    return Signs(
        is_noindex=not NO_INDEX.isdisjoint(_header_rules(reply.headers)),
        is_reserved=reply.headers.get("tdm-reservation", "").strip() == "1",
    )


def signs_of_page(reply: Reply) -> Signs:
    """What the headers of a page say, and its head."""
    told = signs_of_headers(reply)
    text = reply.body[:LONGEST_HEAD].decode("utf-8", "replace")
    end = END_OF_HEAD.search(text)
    head = tuple(tags(text[: end.start()] if end else text))
    metas = [(_word(tag, "name"), _word(tag, "content")) for tag in head if tag.name == "meta"]
    rules = {
        r.strip() for n, content in metas if n in ("robots", AGENT) for r in content.split(",")
    }
    return Signs(
        is_noindex=told.is_noindex or not NO_INDEX.isdisjoint(rules),
        is_reserved=told.is_reserved or ("tdm-reservation", "1") in metas,
        feeds=tuple(dict.fromkeys(_feeds(head, reply.url))),
    )


def reserves(told: str, path: str) -> bool:
    """Whether the text of a tdmrep.json reserves a path; its first rule that fits decides.

    >>> reserves('[{"location": "/", "tdm-reservation": 1}]', "/feed/")
    True
    >>> reserves('[{"location": "/feed", "tdm-reservation": 0}, {"location": "/"}]', "/feed/")
    False
    """
    try:
        rules = json.loads(told)
    except (ValueError, RecursionError):
        return False
    for rule in rules if isinstance(rules, list) else ():
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and bears_on(location, path):
            return str(rule.get("tdm-reservation")) == "1"
    return False


def _header_rules(headers: Mapping[str, str]) -> frozenset[str]:
    """The rules of X-Robots-Tag that bear on this program; several headers arrive as one line."""
    rules: set[str] = set()
    is_ours = True
    for part in headers.get("X-Robots-Tag", "").lower().split(","):
        named = ADDRESSED.fullmatch(part)
        if named and named[1] not in RULES_WITH_VALUE:
            is_ours = named[1] == AGENT
        if is_ours:
            rules.add((named[2] if named else part).strip())
    return frozenset(rules)


def _feeds(head: Iterable[Tag], base: str) -> Iterator[str]:
    links = [tag for tag in head if tag.name == "link" and _is_feed(tag)]
    for tag in sorted(links, key=_is_of_comments):
        with suppress(ValueError):
            yield urljoin(base, tag.attributes["href"])


def _is_feed(tag: Tag) -> bool:
    is_alternate = "alternate" in _word(tag, "rel").split()
    is_told = bool(tag.attributes.get("href"))
    return is_told and is_alternate and _word(tag, "type") in FEED_TYPES


def _is_of_comments(tag: Tag) -> bool:
    told = tag.attributes
    return COMMENTS.search(f"{told.get('title', '')} {told['href']}") is not None


def _word(tag: Tag, name: str) -> str:
    return tag.attributes.get(name, "").lower()
