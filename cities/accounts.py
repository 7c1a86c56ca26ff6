"""From an account as people write it to its key: one definition for all platforms.

A key is (platform, author_id), in lower case: X and Instagram the user name, Mastodon
`user@domain`, a blog the host of its site without `www.`
"""

from __future__ import annotations

__all__ = ["SHAPES", "account_of", "author_id_of"]

import re

from cities.brief import Account
from cities.handles import HOST, PLATFORMS, SITES

# Platform → the form of its author ids, and how to tell a person. A dot may not end a name.
FORMS = {
    "mastodon": (rf"[\w.-]*\w@{HOST}", "user@instance.example"),
    "x": (r"[a-z0-9_]{1,20}", "@name, or the address of the profile"),
    "instagram": (r"[a-z0-9._]{0,29}[a-z0-9_]", "@name, or the address of the profile"),
    "blog": (HOST, "the address of the site"),
    "bluesky": (HOST, "@name.bsky.social, or the address of the profile"),
    "facebook": (r"[^\s@/]{1,200}", "@name, or the address of the profile"),
    "youtube": (r"[^\s@/]{1,200}", "@name, or the address of the channel"),
}
SHAPES = {platform: shape for platform, (_, shape) in FORMS.items()}
ADDRESS = re.compile(
    rf"(?P<scheme>https?://)?(?P<host>{HOST})(?::\d+)?(?P<path>/\S*)?", re.IGNORECASE
)
FRONT = re.compile(r"^(?:www|m|mobile)\.")
SERVER_PATH = re.compile(rf"/(?:@|users/)(?P<user>[\w.-]*\w)(?:@(?P<domain>{HOST}))?(?:/|$)")
SITE_PATH = re.compile(r"/(?:stories/|profile/|channel/|c/)?@?(?P<user>[^/?#@]+)")
# What stands below these sites where a profile's name would, and is none.
NO_NAMES = frozenset((
    "explore", "groups", "hashtag", "home", "i", "intent", "p", "pages", "profile.php", "reel",
    "reels", "search", "share", "sharer", "shorts", "tv", "watch",
))  # fmt: skip


def author_id_of(platform: str, written: str) -> str | None:
    """The key of an account of that platform, however it is written; None when it is none.

    >>> author_id_of("x", "https://twitter.com/Lou_71/status/12"), author_id_of("x", "@Lou_71")
    ('lou_71', 'lou_71')
    >>> author_id_of("blog", "https://www.Carnet.example/2026/05/")
    'carnet.example'
    >>> author_id_of("instagram", "https://x.com/lou") is None
    True
    """
    name = written.strip().lower()
    if platform == "blog":
        name = _host_of(name) or ""
    elif "/" in name:
        named = _named_by_address(name)
        name = named[1] if named and named[0] == platform else ""
    name = name.removeprefix("@")
    return name if platform in FORMS and re.fullmatch(FORMS[platform][0], name) else None


def account_of(written: str) -> Account | None:
    """The account of what tells its platform too: `platform:name`, an address, `user@instance`.

    None when it does not, such as for `@name` alone.

    >>> account_of("x:@Lou"), account_of("@lou")
    (Account(platform='x', author_id='lou'), None)
    >>> account_of("https://saone.example/@Lou/12")
    Account(platform='mastodon', author_id='lou@saone.example')
    """
    written = written.strip()
    platform, colon, name = written.partition(":")
    platform = platform.strip().lower()
    if colon and platform in FORMS:
        author_id = author_id_of(platform, name)
        return Account(platform=platform, author_id=author_id) if author_id else None
    if "/" in written or written.lower().startswith("www."):
        named = _named_by_address(written.lower())
        platform, written = named or ("", "")
    elif "@" in written.removeprefix("@"):
        platform = "mastodon"
    author_id = author_id_of(platform, written)
    return Account(platform=platform, author_id=author_id) if author_id else None


def _named_by_address(address: str) -> tuple[str, str] | None:
    """(platform, author_id) of an address in lower case; of an unknown host it is a blog."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    host, path = FRONT.sub("", found["host"], count=1), found["path"] or ""
    if host in SITES:
        below = SITE_PATH.match(path)
        is_name = below is not None and below["user"] not in NO_NAMES
        return (PLATFORMS[SITES[host]], below["user"]) if below and is_name else None
    if on_server := SERVER_PATH.match(path):
        return "mastodon", f"{on_server['user']}@{on_server['domain'] or found['host']}"
    return "blog", found["host"].removeprefix("www.")


def _host_of(address: str) -> str | None:
    """The host of a site's address in lower case; None for a profile of a platform."""
    found = ADDRESS.fullmatch(address)
    if found is None or FRONT.sub("", found["host"], count=1) in SITES:
        return None
    return found["host"].removeprefix("www.")
