"""robots.txt (RFC 9309): whether a server lets itself be read by programs such as this one."""

from __future__ import annotations

__all__ = ["LONGEST", "ROBOTS_PATH", "bears_on", "permits"]

import re
from collections.abc import Iterator
from urllib.parse import unquote

ROBOTS_PATH = "/robots.txt"
AGENT = "portevoix"
ANYONE = "*"
# RFC 9309 lets a reader stop after 500 KiB.
LONGEST = 500 * 1024
PRODUCT = re.compile(r"[a-z_-]+|\*")
SLASH_INSIDE = re.compile("%2f", re.IGNORECASE)

# Whether a rule allows, and the paths that it bears on.
Rule = tuple[bool, str]


def permits(robots: str, path: str) -> bool:
    """Whether the text of a robots.txt lets Portevoix read a path (with its query, if any).

    The longest rule that bears on the path decides, an allowing one before one that forbids.

    >>> permits("User-agent: *\\nDisallow: /media/", "/api/v1/timelines/tag/montreval")
    True
    >>> permits("User-agent: Portevoix\\nDisallow: /", "/api/v1/timelines/tag/montreval")
    False
    >>> permits("User-agent: *\\nDisallow: /*?paged=\\nAllow: /feed/$", "/feed/?paged=2")
    False
    """
    if path == ROBOTS_PATH:
        return True
    wanted = _plain(path)
    fitting = [
        (len(pattern), is_allowing)
        for is_allowing, pattern in _rules(robots[:LONGEST])
        if bears_on(pattern, wanted)
    ]
    return max(fitting, default=(0, True))[1]


def _rules(robots: str) -> list[Rule]:
    """The rules for Portevoix; those for anyone where it is not named."""
    ours: list[Rule] = []
    anyones: list[Rule] = []
    is_named = False
    agents: set[str] = set()
    is_open = True
    for name, value in _lines(robots):
        if name == "user-agent":
            agents = (agents if is_open else set()) | {_product(value)}
            is_open = True
            is_named = is_named or AGENT in agents
            continue
        if name not in ("allow", "disallow"):
            continue
        is_open = False
        if value and AGENT in agents:
            ours.append((name == "allow", _plain(value)))
        if value and ANYONE in agents:
            anyones.append((name == "allow", _plain(value)))
    return ours if is_named else anyones


def _lines(robots: str) -> Iterator[tuple[str, str]]:
    for line in robots.removeprefix("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _product(value: str) -> str:
    """The product of a user-agent line: `Portevoix/1.0` names Portevoix."""
    match = PRODUCT.match(value.lower())
    return match.group() if match else ""


def _plain(path: str) -> str:
    """A path in one writing, whatever of it was percent-encoded; %2F stays no slash."""
    return unquote(SLASH_INSIDE.sub("%252F", path))


def bears_on(pattern: str, path: str) -> bool:
    """Whether a pattern (`*` anything, `$` the end) fits; without regex, which could be slow."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not is_whole or path == first
    at = len(first)
    last = rest.pop()
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if is_whole:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
