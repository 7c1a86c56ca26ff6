"""HTML of strangers, read in linear time: its tags, its attributes, its text and links.

Parsers that build a tree take minutes for 50 KB of nested `<p>`, and any post may hold that. What
is lost here is what no post needs: the layout of tables and of code.
"""

from __future__ import annotations

__all__ = ["Fragment", "Tag", "read_html", "tags"]

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

# Attributes with their quotes, inside which ">" may stand; else all up to the next ">". A quote
# either opens, closes or is inside of the other kind, so of all "<" that are tried, at most three
# can still be open at any one character: no page makes this slow.
ATTRIBUTES = r"""[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*|[^<>]*"""
TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*)\b({ATTRIBUTES})>|<[!?][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""([a-z][a-z:_-]{0,40})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+))""",
    re.IGNORECASE,
)
LONGEST_TAG = 4000
PARAGRAPHS = frozenset(
    ("p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table",
     "tr", "figure", "figcaption", "section", "article", "pre", "hr")
)  # fmt: skip
SILENT = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "template", "noscript")
}
# Separators of lines and paragraphs (U+2028, U+2029) are the author's, not the layout's.
BLANKS = re.compile(r"[^\S\n\u2028\u2029]+")
BLANK_LINES = re.compile(r"\n{3,}")
# Classes by which fediverse servers mark links that lead to a person or a tag.
INSIDE = frozenset(("mention", "hashtag", "u-url"))
# Bios come again with each post of their author; long texts are nobody's bio.
LONGEST_KEPT = 5000


class Tag(NamedTuple):
    """One tag, its name in lower case, as it stands in `start` … `end` of the HTML."""

    name: str
    is_closing: bool
    raw: str
    start: int
    end: int

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes, names in lower case."""
        found = ATTRIBUTE.findall(self.raw[:LONGEST_TAG])
        return {name.lower(): unescape(a or b or c).strip() for name, a, b, c in reversed(found)}


@dataclass(frozen=True, slots=True)
class Fragment:
    """The text of HTML as a person reads it, and the web addresses that it links to.

    `links` leave out those of people and hashtags, where they are marked as such.
    """

    text: str
    links: tuple[str, ...]


def tags(html: str) -> Iterator[Tag]:
    """Each tag that stands outside of comments, scripts and styles, in order."""
    at = 0
    while match := TAG.search(html, at):
        closing, name, raw = match.groups(default="")
        name = name.lower()
        at = match.end()
        yield Tag(name, closing == "/", raw, match.start(), at)
        if name in SILENT and not closing:
            end = SILENT[name].search(html, at)
            at = end.start() if end else len(html)


def read_html(html: str) -> Fragment:
    """The text: a blank line between paragraphs, a line break for `br`; and the links.

    >>> read_html("<p>Marché<br>samedi,\\n midi</p><p>&agrave; <b>10 h</b><!-- a > b --></p>").text
    'Marché\\nsamedi, midi\\n\\nà 10 h'
    >>> read_html('1 < 2 <a href="https://c.example/?a&amp;b">c</a><script>x()</script>').links
    ('https://c.example/?a&b',)
    >>> read_html('<a class="mention" href="https://a.example/@b">@b</a> '
    ...           '<a href="https://c.example/d">c</a>').links
    ('https://c.example/d',)
    """
    return _kept(html) if len(html) <= LONGEST_KEPT else _read(html)


@lru_cache(maxsize=1024)
def _kept(html: str) -> Fragment:
    return _read(html)


def _read(html: str) -> Fragment:
    if "<" not in html:
        # No markup at all: line breaks are the author's.
        return Fragment(_laid_out(unescape(html)), ())
    html = _without_comments(html)
    parts: list[str] = []
    links: dict[str, None] = {}
    at = 0
    is_silent = False
    for tag in tags(html):
        if not is_silent:
            parts.append(_words(html[at : tag.start]))
        at = tag.end
        is_silent = tag.name in SILENT and not tag.is_closing
        if tag.name in PARAGRAPHS:
            parts.append("\n\n")
        elif tag.name == "br":
            parts.append("\n")
        elif tag.name == "a" and not tag.is_closing:
            links[_link_of(tag)] = None
    if not is_silent:
        parts.append(_words(html[at:]))
    links.pop("", None)
    return Fragment(_laid_out("".join(parts)), tuple(links))


def _laid_out(text: str) -> str:
    lines = [line.strip() for line in BLANKS.sub(" ", text).split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _link_of(tag: Tag) -> str:
    """The web address that a tag leads to; '' for none, a person's or a hashtag's."""
    attributes = tag.attributes
    link = attributes.get("href", "")
    is_inside = not INSIDE.isdisjoint(attributes.get("class", "").split())
    return "" if is_inside or not link.startswith(("http://", "https://")) else link


def _words(data: str) -> str:
    """Text between tags: line breaks of the source are spaces, entities are letters."""
    return unescape(data.replace("\r", " ").replace("\n", " ")).replace("\n", " ")


def _without_comments(html: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start + 4)
        parts.append(html[at:start])
        at = end + 3 if end >= 0 else len(html)
    return "".join((*parts, html[at:]))
