"""From an entry of a feed to a post, and from a feed to its author: the site."""

from __future__ import annotations

__all__ = [
    "PLATFORM",
    "Site",
    "author_of",
    "dates_of",
    "mark_of",
    "post_id_of",
    "post_of",
    "wants_out",
]

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from cities.names import fold
from collectors.errors import PayloadError
from collectors.html import Fragment, read_html
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.records import Author, Post
from collectors.sources.blog.feed import Feed
from collectors.text import clean

PLATFORM = "blog"
LONGEST_HTML = 400_000
# Half an hour of reading: what follows adds nothing to what a post is about.
LONGEST_TEXT = 20_000
LONGEST_LINE = 500
LONGEST_BIO = 10_000
MOST_LINKS = 50
LANGUAGE = re.compile(r"[a-z]{2,3}")
TAG = re.compile(r"(?=.*[^\W\d_])\w{2,50}")
# What WordPress files under when its author chose nothing.
NO_TAGS = frozenset(("uncategorized", "uncategorised", "nonclasse"))
# WordPress ends its excerpts so, with the name of the site, which often is the city's.
SIGNATURE = re.compile(
    r"(?:L[’']article .{0,400} est apparu en premier sur"
    r"|.{0,400} (?:appeared first|first appeared) on) .{1,200}",
    re.IGNORECASE,
)
MEDIA = ("image/", "video/", "audio/")
PICTURE = re.compile(r"<(?:img|video|audio|iframe)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """One site of the city file: `address` as written there, `author_id` its host."""

    address: str
    author_id: str

    @classmethod
    def at(cls, address: str) -> Site:
        """The site of an address.

        >>> Site.at("https://www.Gazette.example/feed/").author_id
        'gazette.example'
        """
        host = (urlsplit(address).hostname or "").lower()
        return cls(address, host.removeprefix("www."))


def wants_out(feed: Feed, as_of: datetime) -> bool:
    """Whether a feed says of itself that it, or a child who writes it, is not to be read."""
    said = f"{_title(feed.about)}\n{_about(feed)}"
    return asks_not_to_be_found(said) or states_minor_age(_about(feed), as_of)


def author_of(feed: Feed, site: Site, as_of: datetime) -> Author:
    """The site as an author; who signs its entries is not looked at."""
    link = str(feed.about.get("link", ""))
    return Author(
        platform=PLATFORM,
        author_id=site.author_id,
        handle=site.author_id,
        display_name=_title(feed.about)[:LONGEST_LINE] or site.author_id,
        bio=_about(feed)[:LONGEST_BIO],
        url=link if _host_of(link) and link.startswith(("http://", "https://")) else site.address,
        observed_at=as_of,
    )


def dates_of(entry: Any) -> tuple[datetime | None, datetime | None]:
    """When an entry was published, and when it was changed; None where it does not say."""
    # feedparser lends one date for the other, with a warning: ask only for what is there.
    return _moment(entry, "published_parsed"), _moment(entry, "updated_parsed")


def post_id_of(entry: Any) -> str:
    """The entry's own id where it is of this site alone, else its address."""
    native = str(entry.get("id", "")).strip()
    # "12" or "post-12" is of many sites; an address or a URN is of one.
    return native if ":" in native else _link(entry)


def post_of(entry: Any, feed: Feed, site: Site, *, published_at: datetime, as_of: datetime) -> Post:
    """The post that an entry is; `ValidationError` or `PayloadError` when it is odd."""
    link = _link(entry)
    body = read_html(_html(entry))
    _, updated_at = dates_of(entry)
    is_edited = updated_at is not None and published_at < updated_at <= as_of
    return Post(
        platform=PLATFORM,
        post_id=post_id_of(entry),
        author_id=site.author_id,
        url=link,
        published_at=published_at,
        edited_at=updated_at if is_edited else None,
        observed_at=as_of,
        text=_text(entry, body),
        language=_language(entry, feed),
        hashtags=tuple(_hashtags(entry)),
        links=tuple(_links(body, link))[:MOST_LINKS],
        media_count=_media_count(entry),
        replies=_replies(entry),
    )


def mark_of(post: Post) -> str:
    """A mark of what a post says, whatever the night: an unchanged one does not land again."""
    line = post.model_dump_json(exclude={"observed_at"})
    return sha256(line.encode()).hexdigest()[:16]


def _moment(entry: Any, name: str) -> datetime | None:
    if name not in entry or not entry[name]:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(entry[name]), UTC)
    except (ValueError, OverflowError, OSError):
        raise PayloadError(f"{name.partition('_')[0]}: is no moment") from None


def _link(entry: Any) -> str:
    """The address of an entry; its id where that is one and it has no other."""
    for address in (str(entry.get("link", "")).strip(), str(entry.get("id", "")).strip()):
        if _host_of(address) and address.lower().startswith(("http://", "https://")):
            return _line_of(address)
    raise PayloadError("link: the entry has no address")


def _line_of(text: str) -> str:
    """An address without blanks, which some feeds leave inside."""
    return str(clean(text)).replace(" ", "%20")


def _title(part: Any) -> str:
    return " ".join(read_html(str(part.get("title", ""))[:LONGEST_HTML]).text.split())


def _about(feed: Feed) -> str:
    return read_html(str(feed.about.get("subtitle", ""))[:LONGEST_HTML]).text


def _html(entry: Any) -> str:
    """The HTML of an entry: its content, else its summary."""
    contents = (str(part.get("value", "")) for part in entry.get("content", ()))
    html = next((content for content in contents if content.strip()), "")
    return (html or str(entry.get("summary", "")))[:LONGEST_HTML]


def _text(entry: Any, body: Fragment) -> str:
    title = _title(entry)
    said, _, last = body.text[:LONGEST_TEXT].rpartition("\n")
    if not SIGNATURE.fullmatch(last.strip()):
        said = f"{said}\n{last}".strip()
    if said.startswith(title):
        return str(clean(said.strip()))
    return str(clean(f"{title}\n\n{said}".strip()))


def _links(body: Fragment, own: str) -> Iterator[str]:
    """The links that lead to other hosts; those inside a site say nothing of anybody."""
    host = urlsplit(own).hostname
    return (link for link in body.links if len(link) <= LONGEST_LINE and _host_of(link) != host)


def _host_of(link: str) -> str | None:
    try:
        return urlsplit(link).hostname
    except ValueError:
        return None


def _language(entry: Any, feed: Feed) -> str | None:
    """The language of an entry, else of its feed, without its country."""
    parts = (*entry.get("content", ()), entry.get("summary_detail", {}), feed.about)
    tags = (str(part.get("language") or "").partition("-")[0].lower() for part in parts)
    return next((tag for tag in tags if LANGUAGE.fullmatch(tag)), None)


def _hashtags(entry: Any) -> Iterator[str]:
    """Categories that people would write as a hashtag: one word with a letter in it."""
    terms = (str(tag.get("term") or "").strip().removeprefix("#") for tag in entry.get("tags", ()))
    for term in dict.fromkeys(terms):
        if TAG.fullmatch(term) and fold(term) not in NO_TAGS:
            yield term


def _media_count(entry: Any) -> int:
    attached = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    kinds = {str(m.get("href") or m.get("url")): str(m.get("type", "")) for m in attached}
    shown = len(PICTURE.findall(_html(entry)))
    return max(shown, sum(kind.startswith(MEDIA) for kind in kinds.values()))


def _replies(entry: Any) -> int | None:
    count = str(entry.get("slash_comments") or entry.get("thr_total") or "").strip()
    return int(count) if count.isascii() and count.isdigit() and len(count) < 10 else None
