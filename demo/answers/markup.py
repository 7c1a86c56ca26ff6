"""Plain text as Mastodon renders it: paragraphs, line breaks, links, hashtags, mentions."""

from __future__ import annotations

__all__ = ["bio_html", "post_html", "value_html"]

import html
import re
from collections.abc import Mapping

from demo.answers.view import normalised_tag
from demo.world import WorldAuthor, WorldPost

TOKEN = re.compile(
    r"(?P<link>https?://[^\s<>\"]+[\w/])"
    r"|(?P<mention>(?<![\w/])@[\w.-]*\w(?:@[\w.-]*\w)?)"
    r"|(?P<tag>(?<![\w/&])#[\w·]+)"
)
SHOWN_OF_A_LINK = 30


def post_html(post: WorldPost, text: str, host: str, mentioned: Mapping[str, WorldAuthor]) -> str:
    """The content of a post, made by its home `host`: other instances show it as they got it.

    A mention, hashtag or link of the post that its text does not write is added to it, since a
    real post has them nowhere else. `mentioned`: the post's mentions by author id.
    """
    people = {f"@{author.username}".lower(): author for author in mentioned.values()}
    people |= {f"@{name}": author for name, author in mentioned.items()}
    tags = {normalised_tag(tag) for tag in post.hashtags}
    written = text.lower()
    absent = [
        f"@{a.username}" for a in mentioned.values() if f"@{a.username}".lower() not in written
    ]
    text = " ".join([*absent, text])
    in_text = {normalised_tag(m["tag"]) for m in TOKEN.finditer(text) if m["tag"]}
    missing = [f"#{tag}" for tag in post.hashtags if normalised_tag(tag) not in in_text]
    missing += [link for link in post.links if link not in text]
    if missing:
        text = f"{text}\n\n{' '.join(missing)}"
    return _paragraphs(text, host, people, tags)


def bio_html(bio: str, host: str) -> str:
    """The note of an account: every hashtag is a link, no mention is."""
    tags = {normalised_tag(match["tag"]) for match in TOKEN.finditer(bio) if match["tag"]}
    return _paragraphs(bio, host, {}, tags) if bio else ""


def value_html(value: str, host: str) -> str:
    """The value of a line of a profile's table."""
    return _linked(value, host, {}, set())


def _paragraphs(text: str, host: str, people: Mapping[str, WorldAuthor], tags: set[str]) -> str:
    blocks = [block for block in re.split(r"\n{2,}", text.replace("\r\n", "\n")) if block.strip()]
    return "".join(
        "<p>"
        + "<br />".join(_linked(line, host, people, tags) for line in block.split("\n"))
        + "</p>"
        for block in blocks
    )


def _linked(line: str, host: str, people: Mapping[str, WorldAuthor], tags: set[str]) -> str:
    parts: list[str] = []
    end = 0
    for match in TOKEN.finditer(line):
        parts += [_escape(line[end : match.start()]), _anchor(match, host, people, tags)]
        end = match.end()
    return "".join([*parts, _escape(line[end:])])


def _anchor(
    match: re.Match[str], host: str, people: Mapping[str, WorldAuthor], tags: set[str]
) -> str:
    written = match.group()
    if match["link"]:
        return _link(written)
    if match["tag"] and normalised_tag(written) in tags:
        name = _escape(written[1:])
        address = f"https://{host}/tags/{normalised_tag(written)}"
        return f'<a href="{address}" class="mention hashtag" rel="tag">#<span>{name}</span></a>'
    author = people.get(written.lower())
    if author is None:
        return _escape(written)
    address = f"https://{author.host}/@{author.username}"
    return (
        f'<span class="h-card" translate="no"><a href="{address}" class="u-url mention">'
        f"@<span>{_escape(author.username)}</span></a></span>"
    )


def _link(address: str) -> str:
    scheme, _, rest = address.partition("://")
    shown, hidden = rest[:SHOWN_OF_A_LINK], rest[SHOWN_OF_A_LINK:]
    kind = ' class="ellipsis"' if hidden else ""
    return (
        f'<a href="{_escape(address)}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{scheme}://</span><span{kind}>{_escape(shown)}</span>'
        f'<span class="invisible">{_escape(hidden)}</span></a>'
    )


def _escape(text: str) -> str:
    """Escaped as the platform does, apostrophes in decimal."""
    return html.escape(text).replace("&#x27;", "&#39;")
