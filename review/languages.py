"""The languages of the pages and their messages, compiled in memory from `locales/`."""

from __future__ import annotations

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "catalog_file",
    "mark",
    "messages_of",
    "translations_of",
]

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
# French first: the pages are for French town halls. Names as their own speakers write them.
LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT_LANGUAGE = "fr"


def mark(message: str) -> str:
    """The message itself: marks it for extraction where it is translated later."""
    return message


def catalog_file(language: str) -> Path:
    """The `.po` file of a language."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def messages_of(language: str) -> Catalog:
    """The catalog of a language as written in its `.po` file."""
    with catalog_file(language).open("rb") as lines:
        return read_po(lines, locale=language)


@cache
def translations_of(language: str) -> gettext.GNUTranslations:
    """The compiled messages of a language; a message without translation shows as it is."""
    compiled = BytesIO()
    write_mo(compiled, messages_of(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
