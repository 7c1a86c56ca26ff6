"""No message is missing in either language, and none is left over."""

from __future__ import annotations

import re

import pytest

from review.languages import LANGUAGES, messages_of, translations_of
from review.messages import Message, extracted
from review.sentences import Sentences

FIELD = re.compile(r"%\(\w+\)s|%%")
LANGUAGE_CODES = sorted(LANGUAGES)


def first(message: Message | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_each_message_is_translated_with_its_fields(language: str) -> None:
    catalog = messages_of(language)
    for message, file in extracted():
        known = catalog.get(first(message))
        assert known is not None, f"{file}: {message}"
        forms = (known.string,) if isinstance(known.string, str) else known.string or ("",)
        for form in forms:
            assert form, f"{file}: {message}"
            assert sorted(FIELD.findall(form)) == sorted(FIELD.findall(first(message))), message
        assert not known.fuzzy


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_translation_is_left_over(language: str) -> None:
    used = {first(message) for message, _ in extracted()}
    assert {first(message.id) for message in messages_of(language) if message.id} == used


def test_french_is_french() -> None:
    french, english = translations_of("fr"), translations_of("en")
    assert french.gettext("Residents") == "Habitants"
    assert english.gettext("Residents") == "Residents"
    assert french.ngettext("resident ranked", "residents ranked", 0) == "habitant classé"


def test_evidence_without_a_sentence_shows_its_name() -> None:
    sentences = Sentences("fr")
    assert sentences.evidence("reach", "of_no_scorer", "12") == "of no scorer (12)"
    assert sentences.reason("newcomer", amount="1", detail="") == "n'a encore jamais été invité"
