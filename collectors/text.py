"""From what platforms send to plain text: HTML, NUL bytes, lone surrogates."""

from __future__ import annotations

__all__ = ["clean", "outside_links", "plain_text"]

import re
from typing import Any

from bs4 import BeautifulSoup, Tag

NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n{3,}")
# Classes by which fediverse servers mark links that lead to a person or a tag.
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


def plain_text(html: str) -> str:
    """The text of an HTML fragment: a blank line between paragraphs, a line break for `br`.

    >>> plain_text("<p>Marché<br>samedi</p><p>&agrave; <b>10 h</b></p>")
    'Marché\\nsamedi\\n\\nà 10 h'
    """
    soup = _soup(html)
    for tag in soup.find_all(["script", "style"]):
        tag.decompose()
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    for tag in soup.find_all(["p", "li", "blockquote"]):
        tag.append("\n\n" if tag.name != "li" else "\n")
    lines = [line.rstrip() for line in soup.get_text().split("\n")]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def outside_links(html: str) -> tuple[str, ...]:
    """The addresses that a fragment links to, without those of people and hashtags.

    >>> outside_links('<a class="mention" href="https://a.example/@b">@b</a> '
    ...               '<a href="https://c.example/d">c</a>')
    ('https://c.example/d',)
    """
    found = [str(tag["href"]) for tag in _soup(html).find_all("a", href=True) if _is_outside(tag)]
    return tuple(dict.fromkeys(link for link in found if link.startswith(("http://", "https://"))))


def _is_outside(tag: Tag) -> bool:
    return INSIDE.isdisjoint(tag.get_attribute_list("class"))


def _soup(html: str) -> BeautifulSoup:
    # Wrapped, since a bare address would make Beautiful Soup warn that it is no markup.
    return BeautifulSoup(f"<div>{html}</div>", "html.parser")
