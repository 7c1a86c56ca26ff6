"""robots.txt, by RFC 9309."""

from __future__ import annotations

import time

import pytest

from collectors.robots import permits

ROBOTS = """\ufeffUser-agent: Googlebot
User-agent: Portevoix/2.0
Disallow: /prive # not for us
Allow: /prive/presse$
Disallow: /*.php
Disallow: /fran%C3%A7ais/
Disallow:

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "is_permitted"),
    [("/", True), ("/feed/", True), ("/prive", False), ("/prive/a", False),
     ("/prive/presse", True), ("/prive/presse/a", False), ("/a/index.php?x=1", False),
     ("/français/a", False), ("/fran%c3%a7ais/a", False), ("/robots.txt", True)],
)  # fmt: skip
def test_robots_txt_by_its_rfc(path: str, is_permitted: bool) -> None:
    assert permits(ROBOTS, path) is is_permitted


def test_robots_txt_is_read_in_linear_time() -> None:
    began = time.monotonic()
    permits("User-agent: *\nDisallow: /" + "*a" * 100_000 + "$", "/" + "a" * 5000)
    permits("Disallow: /\n" * 40_000, "/")
    assert time.monotonic() - began < 5


def test_without_a_group_for_us_or_anyone_all_is_permitted() -> None:
    assert permits("User-agent: Googlebot\nDisallow: /", "/feed/")
    assert permits("", "/feed/")
    assert not permits("user-agent:PORTEVOIX\ndisallow:/", "/feed/")
