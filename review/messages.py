"""Every message of the pages, extracted from templates and modules for the catalogs.

`python -m review.messages` brings `locales/` up to date: new messages come in without a
translation (tests name them), those no longer used leave.
"""

from __future__ import annotations

__all__ = ["Message", "extracted", "update_catalogs"]

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from review.languages import LANGUAGES, catalog_file, messages_of

HERE = Path(__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "encoding": "utf-8"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}

Message = str | tuple[str, ...]


def extracted() -> Iterator[tuple[Message, str]]:
    """(message, file where it stands), each message once, in order of files.

    A message that counts is (singular, plural).
    """
    seen: set[Message] = set()
    found = extract_from_dir(HERE, METHODS, OPTIONS, KEYWORDS)
    for file, _line, message, _comments, _context in found:
        key = message if isinstance(message, str) else message[:2]
        if key not in seen:
            seen.add(key)
            yield key, file


def update_catalogs() -> None:
    """Write each language's catalog with the messages of today and the translations it had."""
    messages = list(extracted())
    for language in LANGUAGES:
        old = messages_of(language)
        new = Catalog(
            locale=language,
            project="Portevoix",
            version="1",
            header_comment=old.header_comment,
            creation_date=old.creation_date,
            revision_date=old.revision_date,
            last_translator="",
            language_team="",
            fuzzy=False,
        )
        for message, file in messages:
            known = old.get(message if isinstance(message, str) else message[0])
            new.add(message, known.string if known else "", locations=[(file, 0)])
        with catalog_file(language).open("wb") as target:
            write_po(target, new, width=100, include_lineno=False)


if __name__ == "__main__":
    update_catalogs()
