"""From what platforms send to plain text: HTML, NUL bytes, lone surrogates."""

from __future__ import annotations

__all__ = ["Fragment", "clean", "read_html"]

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup, Tag

NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n{3,}")
# Classes by which fediverse servers mark links that lead to a person or a tag.
BLOCKS = ("p", "li", "blockquote")
INSIDE = {"mention", "hashtag", "u-url"}


def clean(value: Any) -> Any:
    """A JSON value without NUL, its lone surrogates replaced: neither can be stored as UTF-8.

    >>> clean({"a": ["b\\x00c", "\\ud83d!"]})
    {'a': ['bc', '�!']}
    """
    if isinstance(value, str):
        return NOT_STORABLE.sub(_replacement, value)
    if isinstance(value, dict):
        return {clean(name): clean(item) for name, item in value.items()}
    if isinstance(value, list):
        return [clean(item) for item in value]
    return value


def _replacement(match: re.Match[str]) -> str:
    return "" if match.group() == "\x00" else "\ufffd"


@dataclass(frozen=True, slots=True)
class Fragment:
    """An HTML fragment as a person reads it, and the addresses that it links to.

    `links` leave out those of people and hashtags.
    """

    text: str
    links: tuple[str, ...]


# An author's bio comes with each of their posts: parsing it once saves half of a night's work.
@lru_cache(maxsize=1024)
def read_html(html: str) -> Fragment:
    """Read a fragment: a blank line between paragraphs, a line break for `br`.

    >>> read_html("<p>Marché<br>samedi</p><p>&agrave; <b>10 h</b></p>").text
    'Marché\\nsamedi\\n\\nà 10 h'
    >>> read_html('<a class="mention" href="https://a.example/@b">@b</a> '
    ...           '<a href="https://c.example/d">c</a>').links
    ('https://c.example/d',)
    """
    if "<" not in html and "&" not in html:
        return Fragment(html.strip(), ())
    # Wrapped, since a bare address would make Beautiful Soup warn that it is no markup.
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for tag in soup.find_all(["script", "style", "br", *BLOCKS]):
        _lay_out(tag)
    lines = [line.rstrip() for line in soup.get_text().split("\n")]
    text = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return Fragment(text, _links(soup))


def _lay_out(tag: Tag) -> None:
    """Say in text what a tag says by layout."""
    if tag.name in BLOCKS:
        tag.append("\n\n")
    elif tag.name == "br":
        tag.replace_with("\n")
    else:
        tag.decompose()


def _links(soup: BeautifulSoup) -> tuple[str, ...]:
    tags = soup.find_all("a", href=True)
    found = (str(tag["href"]) for tag in tags if INSIDE.isdisjoint(_classes(tag)))
    return tuple(dict.fromkeys(link for link in found if link.startswith(("http://", "https://"))))


def _classes(tag: Tag) -> Iterable[str]:
    return tag.get_attribute_list("class")
