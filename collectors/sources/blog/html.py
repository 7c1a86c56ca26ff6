"""HTML of strangers, read in linear time: its tags, its attributes, its text and links.

Parsers that build a tree take minutes for 50 KB of nested `<p>`, and a blog may send that. What is
lost here is what no post needs: a `>` inside an attribute, the layout of tables.
"""

from __future__ import annotations

__all__ = ["Found", "Tag", "read_text", "tags"]

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

# Between "<" and ">" stands neither: so no character is looked at twice.
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^<>]*)>|<[!?][^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""([a-z][a-z:_-]{0,40})\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'<>=]+))""",
    re.IGNORECASE,
)
LONGEST_TAG = 4000
PARAGRAPHS = frozenset(
    ("p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table",
     "tr", "figure", "figcaption", "section", "article", "pre", "hr")
)  # fmt: skip
SILENT = frozenset(("script", "style", "template", "noscript"))
BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Tag:
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
class Found:
    """The text of HTML as a person reads it, and the web addresses that it links to."""

    text: str
    links: tuple[str, ...]


def tags(html: str) -> Iterator[Tag]:
    """Each tag that stands outside of comments, scripts and styles, in order."""
    at = 0
    folded = html.lower()
    for match in TAG.finditer(html):
        if match.start() < at:
            continue
        name = (match[2] or "").lower()
        yield Tag(name, match[1] == "/", match[3] or "", match.start(), match.end())
        at = match.end()
        if name in SILENT and not match[1]:
            closing = folded.find(f"</{name}", at)
            at = closing if closing >= 0 else len(html)


def read_text(html: str) -> Found:
    """The text: a blank line between paragraphs, a line break for `br`; and the links.

    >>> read_text("<p>Marché<br>samedi,\\n midi</p><p>&agrave; <b>10 h</b><!-- a > b --></p>").text
    'Marché\\nsamedi, midi\\n\\nà 10 h'
    >>> read_text('1 < 2 <a href="https://c.example/?a&amp;b">c</a><script>x()</script>').links
    ('https://c.example/?a&b',)
    """
    html = _without_comments(html)
    parts: list[str] = []
    links: list[str] = []
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
            links.append(tag.attributes.get("href", ""))
    if not is_silent:
        parts.append(_words(html[at:]))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    text = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    web = (link for link in links if link.startswith(("http://", "https://")))
    return Found(text, tuple(dict.fromkeys(web)))


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
