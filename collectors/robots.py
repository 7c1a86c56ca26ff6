"""robots.txt: whether a server lets itself be read by programs such as this one."""

from __future__ import annotations

__all__ = ["ROBOTS_PATH", "permits"]

from urllib.robotparser import RobotFileParser

ROBOTS_PATH = "/robots.txt"
AGENT = "Portevoix"
# RFC 9309 lets a reader stop after 500 KiB.
LONGEST = 500 * 1024


def permits(robots: str, path: str) -> bool:
    """Whether the text of a robots.txt lets Portevoix read a path.

    >>> permits("User-agent: *\\nDisallow: /media/", "/api/v1/timelines/tag/montreval")
    True
    >>> permits("User-agent: Portevoix\\nDisallow: /", "/api/v1/timelines/tag/montreval")
    False
    """
    rules = RobotFileParser()
    rules.parse(robots[:LONGEST].splitlines())
    return rules.can_fetch(AGENT, path)
