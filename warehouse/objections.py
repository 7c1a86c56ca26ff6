"""Who objected, in the words of others: `@…` takes the place of the name, wherever it is stored."""

from __future__ import annotations

__all__ = ["forms_of", "objectors", "redact_objectors"]

from pathlib import Path

import duckdb

from cities.handles import SITE_PLATFORMS, addresses_of
from warehouse.needles import Needles
from warehouse.redaction import redact_words
from warehouse.sql_runner import run_sql

SQL = Path(__file__).parent / "sql" / "leaving" / "objectors.sql"
# What people write, or what quotes them. Keys and addresses of rows are of those who stay.
WORDS = frozenset({
    "bio", "declared_location", "display_name", "evidence", "hashtags", "links", "reasons", "text",
})  # fmt: skip
DISTINCTIVE_LENGTH = 8


def objectors(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The forms in which tonight's new objectors are written; needs `leaving_authors`."""
    rows = run_sql(connection, SQL).fetchall()
    return tuple(sorted({form for row in rows for form in forms_of(*row)}))


def redact_objectors(connection: duckdb.DuckDBPyConnection, forms: tuple[str, ...]) -> None:
    """Take these forms out of every text and list of texts, evidence too."""
    if forms:
        redact_words(connection, Needles.of(forms), columns=WORDS)


def forms_of(author_id: str, handle: str, url: str) -> set[str]:
    """How an author is written; a bare name or number only where it is nobody else's word.

    >>> sorted(forms_of("lou_71@saone.example", "@lou_71@saone.example", ""))
    ['@lou_71', '@lou_71@saone.example', 'lou_71', 'lou_71@saone.example']
    >>> sorted(forms_of("marie", "marie", "https://x.com/marie"))
    ['@marie', 'https://x.com/marie', 'twitter.com/marie', 'x.com/marie']
    """
    users = {name.removeprefix("@").partition("@")[0] for name in (author_id, handle)} - {""}
    forms = {author_id, handle, url, *users}
    named = {f"@{user}" for user in users} | _addresses(users, url)
    return {form for form in forms if form and _is_distinctive(form)} | named


def _addresses(users: set[str], url: str) -> set[str]:
    """The addresses under which a profile that stands at `url` is known too."""
    known = [addresses_of(platform, user) for platform in SITE_PLATFORMS for user in users]
    return {one for several in known if any(a in url.lower() for a in several) for one in several}


def _is_distinctive(form: str) -> bool:
    # Only letters, or only digits: `marie` is a first name, `2026` a year.
    is_plain = form.isalpha() or form.isdigit()
    return not is_plain or len(form) >= DISTINCTIVE_LENGTH
