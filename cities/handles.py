"""How an account is written: one definition, to find it in people's words.

In the fediverse `author_id` is `user@domain`. In texts it stands as `@user@domain`, as `@user`
alone (of the author's own server, or of one whom the markup named), as `user@domain`, or as the
address of a profile or a post: `https://domain/@user/…`, `https://domain/users/user/…`.

On X and Instagram `author_id` is the user name. It stands as `@user`, or as an address:
`https://x.com/user/…`, `https://twitter.com/user/…`, `https://www.instagram.com/user/…`.
"""

from __future__ import annotations

__all__ = [
    "REDACTED",
    "SITE_PLATFORMS",
    "accounts_of",
    "addresses_of",
    "forms_of",
    "masked",
    "pattern_of",
]

import re
from collections.abc import Callable, Iterable, Iterator

REDACTED = "@…"
HOST = r"[\w-]+(?:\.[\w-]+)+"
USER = r"[\w.-]*\w"
# Sites whose profiles stand right below their name → the one that stands for all of a platform.
SITES = {"x.com": "x.com", "twitter.com": "x.com", "instagram.com": "instagram.com"}
PLATFORMS = {"x.com": "x", "instagram.com": "instagram"}
SITE_PLATFORMS = tuple(PLATFORMS.values())
SITE = "|".join(map(re.escape, SITES))
WRITTEN = re.compile(
    rf"(?:(?i:https?)://|(?<![\w./@-]))(?:(?i:www|mobile|m)\.)?"
    rf"(?P<site>(?i:{SITE}))/(?:stories/|@)?(?P<site_user>{USER})\S*"
    rf"|(?:(?i:https?)://|(?<![\w./-]))(?P<server>{HOST})/(?:@|users/)(?P<path_user>{USER})"
    rf"(?:@(?P<path_domain>{HOST}))?\S*"
    rf"|(?<![\w/])@(?P<user>{USER})(?:@(?P<domain>{HOST}))?"
    rf"|(?<![\w./@-])(?P<bare_user>{USER})@(?P<bare_domain>{HOST})"
)
SHORTEST_HOST = 2


def masked(text: str, is_hidden: Callable[[str, str | None], bool]) -> str:
    """The text with `@…` in place of each account for which `is_hidden(user, domain)` is true.

    Both are in lower case; the domain is None for `@user` alone, `x.com` or `instagram.com` for
    their addresses. In doubt it hides: `@lou@saone.example.Bravo` lost its space, so the shorter
    host is asked about too.

    >>> masked("Avec @Lou et @lou@b.example", lambda user, domain: domain is None)
    'Avec @… et @lou@b.example'
    >>> masked("Voir https://a.example/@lou/12 !", lambda *who: who == ("lou", "a.example"))
    'Voir @… !'
    >>> masked("Voir https://twitter.com/Lou/status/1 !", lambda *who: who == ("lou", "x.com"))
    'Voir @… !'
    """
    if "@" not in text and "/" not in text:
        return text

    def replacement(match: re.Match[str]) -> str:
        return REDACTED if any(is_hidden(*who) for who in _accounts(match)) else match.group()

    return WRITTEN.sub(replacement, text)


def _accounts(match: re.Match[str]) -> Iterator[tuple[str, str | None]]:
    """The accounts that one match may stand for."""
    if match["site"]:
        yield match["site_user"].lower(), SITES[match["site"].lower()]
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
    if domain in PLATFORMS:
        yield PLATFORMS[domain], user
    elif domain:
        yield "mastodon", f"{user}@{domain}"
    else:
        yield platform, user
        if home:
            yield platform, f"{user}@{home}"


def addresses_of(platform: str, user: str) -> tuple[str, ...]:
    """The addresses of a profile on a site of its platform; none in the fediverse.

    >>> addresses_of("x", "lou")
    ('x.com/lou', 'twitter.com/lou')
    """
    return tuple(f"{site}/{user}" for site, main in SITES.items() if PLATFORMS[main] == platform)


def forms_of(needle: str) -> tuple[str, ...]:
    """A needle, and the addresses that servers make of `user@domain`, or X of its own.

    >>> forms_of("lou@a.example")
    ('lou@a.example', 'a.example/users/lou', 'a.example/@lou')
    """
    site, slash, name = needle.lower().partition("/")
    if slash and site in SITES and name and "/" not in name:
        return addresses_of(PLATFORMS[SITES[site]], name)
    user, at, domain = needle.removeprefix("@").partition("@")
    if not (at and user and domain):
        return (needle,)
    return (needle, f"{domain}/users/{user}", f"{domain}/@{user}")


def pattern_of(needles: Iterable[str]) -> re.Pattern[str]:
    """Finds any form of the needles as a word of its own, whatever the letter case.

    `@anna` is not found in `@annabelle`. `ValueError` when there is no needle.

    >>> [bool(pattern_of(["@anna"]).search(text)) for text in ("avec @Anna.", "@annabelle")]
    [True, False]
    """
    wanted = {form for needle in needles if needle.strip() for form in forms_of(needle)}
    if not wanted:
        raise ValueError("nothing to look for: give at least one needle")
    ordered = sorted(wanted, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
