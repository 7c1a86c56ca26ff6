"""How an account is written: one definition, to find it in people's words.

In the fediverse `author_id` is `user@domain`. In texts it stands as `@user@domain`, as `@user`
alone (of the author's own server, or of one whom the markup named), as `user@domain`, or as the
address of a profile or a post: `https://domain/@user/…`, `https://domain/users/user/…`.

On X and Instagram `author_id` is the user name. It stands as `@user`, or as an address:
`https://x.com/user/…`, `https://twitter.com/user/…`, `https://www.instagram.com/user/…`.

A blog's `author_id` is the host of its site. It stands as that host, or as an address on it. The
same host may be a server of the fediverse: `user@host`, `host/@user` are of others.
"""

from __future__ import annotations

__all__ = [
    "HOST",
    "PLATFORMS",
    "REDACTED",
    "SITES",
    "SITE_PLATFORMS",
    "accounts_of",
    "masked",
    "written_forms",
]

import re
from collections.abc import Callable, Iterator

REDACTED = "@…"
HOST = r"[\w-]+(?:\.[\w-]+)+"
USER = r"[\w.-]*\w"
# Sites whose profiles stand right below their name → the one that stands for all of a platform.
SITES = {
    "x.com": "x.com",
    "twitter.com": "x.com",
    "instagram.com": "instagram.com",
    "facebook.com": "facebook.com",
    "youtube.com": "youtube.com",
    "bsky.app": "bsky.app",
}
PLATFORMS = {
    "x.com": "x",
    "instagram.com": "instagram",
    "facebook.com": "facebook",
    "youtube.com": "youtube",
    "bsky.app": "bluesky",
}
BELOW_SITE = ("", "@", "stories/", "profile/", "channel/", "c/")
SITE_PLATFORMS = tuple(PLATFORMS.values())
SITE = "|".join(map(re.escape, SITES))
WRITTEN = re.compile(
    rf"(?:(?i:https?)://|(?<![\w./@-]))(?:(?i:www|mobile|m)\.)?"
    rf"(?P<site>(?i:{SITE}))/(?:stories/|profile/|channel/|c/|@)?(?P<site_user>{USER})"
    rf"|(?:(?i:https?)://|(?<![\w./-]))(?P<server>{HOST})/(?:@|users/)(?P<path_user>{USER})"
    rf"(?:@(?P<path_domain>{HOST}))?"
    rf"|(?<![\w/])@(?P<user>{USER})(?:@(?P<domain>{HOST}))?"
    rf"|(?<![\w./@-])(?P<bare_user>{USER})@(?P<bare_domain>{HOST})"
    rf"|(?:(?i:https?)://|(?<![\w./@-]))(?:(?i:www)\.)?(?P<host>{HOST})(?![\w@-])"
)
# What follows an account in its address, and goes with it.
REST = re.compile(r"(?::\d+)?(?:[/?#][^\s\"<>]*)?")
SHORTEST_HOST = 2
NO_X_NAME = re.compile(r"[^a-z0-9_]")


def masked(text: str, is_hidden: Callable[[str, str | None], bool]) -> str:
    """The text with `@…` in place of each account for which `is_hidden(user, domain)` is true.

    Both are in lower case; the domain is None for `@user` alone, `x.com` or `instagram.com` for
    their addresses; the user is empty for a site itself. In doubt it hides: what stands as
    `@lou@saone.example.Bravo` lost its space, so the shorter host is asked about too.

    >>> masked("Avec @Lou et @lou@b.example", lambda user, domain: domain is None)
    'Avec @… et @lou@b.example'
    >>> masked("Voir https://a.example/@lou/12 !", lambda *who: who == ("lou", "a.example"))
    'Voir @… !'
    >>> masked("Voir https://twitter.com/Lou/status/1 !", lambda *who: who == ("lou", "x.com"))
    'Voir @… !'
    """
    if not any(sign in text for sign in "@/."):
        return text

    kept, at = [], 0
    for match in WRITTEN.finditer(text):
        # An address that stays may lead on to one that does not: `…/share?u=https://…`.
        if match.start() >= at and any(is_hidden(*who) for who in _accounts(match)):
            kept += [text[at : match.start()], REDACTED]
            is_address = match["site"] or match["server"] or match["host"]
            rest = REST.match(text, match.end()) if is_address else None
            at = rest.end() if rest else match.end()
    return "".join((*kept, text[at:]))


def _accounts(match: re.Match[str]) -> Iterator[tuple[str, str | None]]:
    """The accounts that one match may stand for."""
    if match["site"]:
        yield match["site_user"].lower(), SITES[match["site"].lower()]
        return
    if match["host"]:
        host, _, last = match["host"].rpartition(".")
        yield "", match["host"].lower()
        if last[0].isupper():
            yield "", host.lower()
        return
    user = (match["path_user"] or match["user"] or match["bare_user"]).lower()
    domains = [match["server"], match["path_domain"], match["domain"], match["bare_domain"]]
    given = [domain.lower() for domain in domains if domain]
    yield from ((user, None),) if not given else ()
    for domain in given:
        yield user, domain
        shorter = domain.rpartition(".")[0]
        if shorter.count(".") + 1 >= SHORTEST_HOST:
            yield user, shorter


def accounts_of(
    user: str, domain: str | None, *, platform: str, home: str = ""
) -> Iterator[tuple[str, str]]:
    """What `masked` found, as (platform, author_id): those that it may be.

    `platform`, `home`: of the author in whose words it stands; `home` is their server, if any.

    >>> list(accounts_of("lou", "x.com", platform="mastodon"))
    [('x', 'lou')]
    >>> list(accounts_of("lou", None, platform="mastodon", home="a.example"))
    [('mastodon', 'lou'), ('mastodon', 'lou@a.example')]
    """
    if not user:
        yield "blog", domain or ""
    elif domain in PLATFORMS:
        yield PLATFORMS[domain], user
    elif domain:
        yield "mastodon", f"{user}@{domain}"
    else:
        yield platform, user
        if platform == "x":
            # A dot or a hyphen ends a name there.
            yield platform, NO_X_NAME.split(user)[0]
        if home:
            yield platform, f"{user}@{home}"


def written_forms(platform: str, author_id: str) -> tuple[str, ...]:
    """What texts hold, in lower case, wherever they name the account; never a bare name.

    Each is a part of a text, to be looked for fast; `masked` tells whether it is a name there.

    >>> written_forms("mastodon", "lou@a.example")
    ('lou@a.example', 'a.example/@lou', 'a.example/users/lou', '@lou')
    >>> written_forms("blog", "carnet.example")
    ('carnet.example',)
    """
    name = author_id.lower()
    if platform == "blog":
        return (name,)
    user, _, domain = name.partition("@")
    on_server = (name, f"{domain}/@{user}", f"{domain}/users/{user}") if domain else ()
    sites = (site for site, main in SITES.items() if PLATFORMS[main] == platform)
    on_site = (f"{site}/{below}{user}" for site in sites for below in BELOW_SITE)
    return (*on_server, *on_site, f"@{user}")
