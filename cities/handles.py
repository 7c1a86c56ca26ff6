"""How an account of the fediverse is written: one definition, to find it in people's words.

`author_id` is `user@domain`. In texts it stands as `@user@domain`, as `@user` alone (of the
author's own server, or of one whom the markup named), as `user@domain`, or as the address of a
profile or a post: `https://domain/@user/…`, `https://domain/users/user/…`.
"""

from __future__ import annotations

__all__ = ["REDACTED", "forms_of", "masked", "pattern_of"]

import re
from collections.abc import Callable, Iterable, Iterator

REDACTED = "@…"
HOST = r"[\w-]+(?:\.[\w-]+)+"
USER = r"[\w.-]*\w"
WRITTEN = re.compile(
    rf"(?:https?://|(?<![\w./-]))(?P<server>{HOST})/(?:@|users/)(?P<path_user>{USER})"
    rf"(?:@(?P<path_domain>{HOST}))?\S*"
    rf"|(?<![\w/])@(?P<user>{USER})(?:@(?P<domain>{HOST}))?"
    rf"|(?<![\w./@-])(?P<bare_user>{USER})@(?P<bare_domain>{HOST})"
)
SHORTEST_HOST = 2


def masked(text: str, is_hidden: Callable[[str, str | None], bool]) -> str:
    """The text with `@…` in place of each account for which `is_hidden(user, domain)` is true.

    Both are in lower case; the domain is None for `@user` alone. In doubt it hides:
    `@lou@saone.example.Bravo` lost its space, so the shorter host is asked about too.

    >>> masked("Avec @Lou et @lou@b.example", lambda user, domain: domain is None)
    'Avec @… et @lou@b.example'
    >>> masked("Voir https://a.example/@lou/12 !", lambda *who: who == ("lou", "a.example"))
    'Voir @… !'
    """
    if "@" not in text and "/users/" not in text:
        return text

    def replacement(match: re.Match[str]) -> str:
        return REDACTED if any(is_hidden(*who) for who in _accounts(match)) else match.group()

    return WRITTEN.sub(replacement, text)


def _accounts(match: re.Match[str]) -> Iterator[tuple[str, str | None]]:
    """The accounts that one match may stand for."""
    user = (match["path_user"] or match["user"] or match["bare_user"]).lower()
    domains = [match["server"], match["path_domain"], match["domain"], match["bare_domain"]]
    given = [domain.lower() for domain in domains if domain]
    yield from ((user, None),) if not given else ()
    for domain in given:
        yield user, domain
        shorter = domain.rpartition(".")[0]
        if shorter.count(".") + 1 >= SHORTEST_HOST:
            yield user, shorter


def forms_of(needle: str) -> tuple[str, ...]:
    """A needle, and for `user@domain` the addresses that servers make of it.

    >>> forms_of("lou@a.example")
    ('lou@a.example', 'a.example/users/lou', 'a.example/@lou')
    """
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
