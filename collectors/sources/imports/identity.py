"""How each platform names accounts and posts: an import and a collection must give one key."""

from __future__ import annotations

__all__ = ["author_id_of", "platform_of", "post_id_of", "post_url_of", "profile_url_of"]

import re
from typing import get_args
from urllib.parse import urlsplit

from collectors.errors import PayloadError
from collectors.sources.imports.plan import Platform

HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
AUTHORS = {
    "x": (r"[a-z0-9_]{1,20}", "an X user name"),
    "instagram": (r"[a-z0-9._]{1,30}", "an Instagram user name"),
    "mastodon": (rf"[\w.-]*\w@{HOST}", "user@instance"),
    "bluesky": (rf"{HOST}", "a Bluesky handle, such as name.bsky.social"),
    "blog": (rf"{HOST}", "the address of a site"),
}
ANY_AUTHOR = (r"[^\s@/]{1,200}", "an account's name")
POSTS = {
    "x": (r"\d{1,25}", "a number; a spreadsheet may have rounded it"),
    "instagram": (r"[\w-]{5,40}", "a short code, as in instagram.com/p/CODE"),
    "mastodon": (r"https?://\S+", "the post's uri"),
}
ANY_POST = (r"\S{1,500}", "an id without spaces")
SHORT_CODE = re.compile(r"/(?:p|reel|tv)/([\w-]+)")
ALIASES = {"twitter": "x", "x.com": "x", "twitter.com": "x", "rss": "blog"}
# X numbers its accounts too, and exports carry the number beside the name.
NUMBER = re.compile(r"\d{6,}")
POST_PAGES = {
    "x": "https://x.com/{author}/status/{post}",
    "instagram": "https://www.instagram.com/p/{post}/",
    "youtube": "https://www.youtube.com/watch?v={post}",
    "facebook": "https://www.facebook.com/{post}",
}
PROFILES = {
    "x": "https://x.com/{author}",
    "instagram": "https://www.instagram.com/{author}/",
    "youtube": "https://www.youtube.com/@{author}",
    "facebook": "https://www.facebook.com/{author}",
    "bluesky": "https://bsky.app/profile/{author}",
    "blog": "https://{author}/",
}


def platform_of(text: str) -> str:
    """The platform that a cell names; `PayloadError` for one that Portevoix does not know."""
    name = text.strip().lower()
    name = ALIASES.get(name, name)
    if name not in get_args(Platform):
        raise PayloadError("platform: is not one that Portevoix knows")
    return name


def author_id_of(platform: str, text: str) -> str:
    """The account's key: lower case, no @; of a blog, the host of its site without www.

    >>> author_id_of("x", "@Lou_71"), author_id_of("blog", "https://www.lou.example/a")
    ('lou_71', 'lou.example')
    """
    name = text.strip().removeprefix("@").lower()
    if platform == "blog" and "/" in name:
        name = urlsplit(name).hostname or ""
    if platform == "blog":
        name = name.removeprefix("www.")
    form, shape = AUTHORS.get(platform, ANY_AUTHOR)
    if platform == "x" and NUMBER.fullmatch(name):
        raise PayloadError("author_id: is a number; map the column of user names")
    if not re.fullmatch(form, name):
        raise PayloadError(f"author_id: is not {shape}")
    return name


def post_id_of(platform: str, text: str) -> str:
    """The post's key: X's number, Instagram's short code (of its address too), else as it is."""
    written = text.strip()
    if platform == "instagram" and (found := SHORT_CODE.search(written)):
        written = found[1]
    form, shape = POSTS.get(platform, ANY_POST)
    if not re.fullmatch(form, written, re.ASCII):
        raise PayloadError(f"post_id: is not {shape}")
    return written


def post_url_of(platform: str, post_id: str, author_id: str | None) -> str:
    """The post's page, where it follows from the ids; `PayloadError` where it does not."""
    if post_id.startswith(("http://", "https://")):
        return post_id
    if platform not in POST_PAGES:
        raise PayloadError("url: cannot be told from the ids; map it")
    return POST_PAGES[platform].format(author=author_id or "i", post=post_id)


def profile_url_of(platform: str, author_id: str) -> str:
    """The account's page."""
    if platform == "mastodon":
        user, _, domain = author_id.partition("@")
        return f"https://{domain}/@{user}"
    return PROFILES[platform].format(author=author_id)
