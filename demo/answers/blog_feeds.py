"""The feeds of a site, each in the form that its software writes: RSS 2.0, 1.0, 0.91, Atom."""

from __future__ import annotations

__all__ = ["FORMS", "Leaf", "feed_of"]

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from demo.services import Website
from demo.world import WorldPost

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1 = "http://purl.org/rss/1.0/"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WORDPRESS = "https://wordpress.org/?v=6.8.3"
SIGNED = "redaction"
EXCERPT_WORDS = 55
DOCTYPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
)
# ElementTree would invent ns0, ns1 …, which no software writes.
PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC, "rdf": RDF, "slash": SLASH}
for prefix, space in PREFIXES.items():
    ET.register_namespace(prefix, space)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a feed: the site, its newest first, `now`, and the feed's own address."""

    site: Website
    posts: Sequence[WorldPost]
    now: datetime
    address: str

    @property
    def home(self) -> str:
        """The address of the site."""
        return f"https://{self.site.host}"

    @property
    def language(self) -> str:
        """The language that the site is set to."""
        return next((post.language for post in self.posts if post.language), "fr")

    @property
    def updated_at(self) -> datetime:
        """When the page last changed."""
        return max((changed_at(post, self.now) for post in self.posts), default=self.now)


def changed_at(post: WorldPost, now: datetime) -> datetime:
    """When a post was published, or last edited."""
    is_edited = post.edited_at is not None and post.edited_at <= now
    return post.edited_at if is_edited and post.edited_at else post.published_at


def feed_of(form: str, leaf: Leaf) -> bytes:
    """A page of a feed, as its bytes."""
    head, root = FORMS[form](leaf)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{text}\n'.encode()


def html_of(post: WorldPost, now: datetime) -> str:
    """The text as paragraphs, with its links."""
    paragraphs = [f"<p>{escape(part)}</p>" for part in post.text_at(now).split("\n") if part]
    links = [f'<p><a href="{escape(link)}">{escape(link)}</a></p>' for link in post.links]
    pictures = [f'<img src="/photo-{n}.jpg" alt="" />' for n in range(post.media_count)]
    return "\n".join((*paragraphs, *links, *pictures))


def _rss2(leaf: Leaf, *, is_wordpress: bool = False) -> tuple[str, ET.Element]:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _say(channel, title=leaf.site.title)
    own = {"href": leaf.address, "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{ATOM}}}link", own)
    _say(channel, link=leaf.home, description=leaf.site.description)
    _say(channel, lastBuildDate=_rfc822(leaf.updated_at), language=leaf.language)
    if is_wordpress:
        _say(channel, generator=WORDPRESS)
    for post in leaf.posts:
        item = ET.SubElement(channel, "item")
        _say(item, title=post.title, link=post.url)
        if is_wordpress:
            _say(item, comments=f"{post.url}#respond")
        ET.SubElement(item, f"{{{DC}}}creator").text = SIGNED
        _say(item, pubDate=_rfc822(post.published_at))
        for tag in post.hashtags:
            _say(item, category=tag)
        ET.SubElement(item, "guid", isPermaLink="false").text = post.post_id
        _say(item, description=_excerpt(post, leaf) if is_wordpress else html_of(post, leaf.now))
        if is_wordpress:
            ET.SubElement(item, f"{{{CONTENT}}}encoded").text = html_of(post, leaf.now)
            replies = post.figures_at(leaf.now).replies
            ET.SubElement(item, f"{{{SLASH}}}comments").text = str(replies)
    return "", root


def _wordpress(leaf: Leaf) -> tuple[str, ET.Element]:
    return _rss2(leaf, is_wordpress=True)


def _rss1(leaf: Leaf) -> tuple[str, ET.Element]:
    root = ET.Element(f"{{{RDF}}}RDF")
    about = f"{{{RDF}}}about"
    channel = ET.SubElement(root, f"{{{RSS1}}}channel", {about: leaf.address})
    for name, text in (
        ("title", leaf.site.title),
        ("link", leaf.home),
        ("description", leaf.site.description),
    ):
        ET.SubElement(channel, f"{{{RSS1}}}{name}").text = text
    items = ET.SubElement(ET.SubElement(channel, f"{{{RSS1}}}items"), f"{{{RDF}}}Seq")
    for post in leaf.posts:
        ET.SubElement(items, f"{{{RDF}}}li", {f"{{{RDF}}}resource": post.url})
        item = ET.SubElement(root, f"{{{RSS1}}}item", {about: post.post_id})
        ET.SubElement(item, f"{{{RSS1}}}title").text = post.title
        ET.SubElement(item, f"{{{RSS1}}}link").text = post.url
        ET.SubElement(item, f"{{{RSS1}}}description").text = html_of(post, leaf.now)
        ET.SubElement(item, f"{{{DC}}}date").text = post.published_at.isoformat()
        for tag in post.hashtags:
            ET.SubElement(item, f"{{{DC}}}subject").text = tag
    return "", root


def _rss091(leaf: Leaf) -> tuple[str, ET.Element]:
    """Netscape's first: no date and no id on an item."""
    root = ET.Element("rss", version="0.91")
    channel = ET.SubElement(root, "channel")
    _say(channel, title=leaf.site.title, link=leaf.home)
    _say(channel, description=leaf.site.description, language=leaf.language)
    for post in leaf.posts:
        item = ET.SubElement(channel, "item")
        _say(item, title=post.title, link=post.url, description=post.text_at(leaf.now))
    return DOCTYPE, root


def _atom(leaf: Leaf) -> tuple[str, ET.Element]:
    root = ET.Element("feed", {"xmlns": ATOM, XML_LANG: leaf.language})
    _say(root, title=leaf.site.title, subtitle=leaf.site.description)
    _say(root, updated=leaf.updated_at.isoformat(), id=leaf.address)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=leaf.home)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=leaf.address)
    if leaf.site.form == "wordpress":
        ET.SubElement(
            root, "generator", uri="https://wordpress.org/", version="6.8.3"
        ).text = "WordPress"
    for post in leaf.posts:
        entry = ET.SubElement(root, "entry")
        _say(ET.SubElement(entry, "author"), name=SIGNED)
        ET.SubElement(entry, "title", type="html").text = escape(post.title)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=post.url)
        _say(entry, id=post.post_id, updated=changed_at(post, leaf.now).isoformat())
        _say(entry, published=post.published_at.isoformat())
        for tag in post.hashtags:
            ET.SubElement(entry, "category", term=tag)
        ET.SubElement(entry, "content", type="html").text = html_of(post, leaf.now)
    return "", root


def _say(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _excerpt(post: WorldPost, leaf: Leaf) -> str:
    """The first words, then the line with which WordPress signs for the site."""
    words = post.text_at(leaf.now).split()
    told = " ".join(words[:EXCERPT_WORDS]) + (" […]" if len(words) > EXCERPT_WORDS else "")
    signature = (
        f'L’article <a href="{escape(post.url)}">{escape(post.title)}</a> est apparu en premier '
        f'sur <a href="{leaf.home}">{escape(leaf.site.title)}</a>.'
    )
    return f"<p>{escape(told)}</p>\n<p>{signature}</p>"


def _rfc822(when: datetime) -> str:
    return format_datetime(when)


FORMS: dict[str, Callable[[Leaf], tuple[str, ET.Element]]] = {
    "wordpress": _wordpress,
    "rss2": _rss2,
    "rss1": _rss1,
    "rss091": _rss091,
    "atom": _atom,
}
