"""An analyst's word on an author."""

from __future__ import annotations

import pytest

from decisions import corrections
from decisions.errors import MalformedError, UnknownError
from decisions.store import Store
from tests.decisions.conftest import LATER, LOU, NOW, Acting


def test_the_last_word_counts_and_themes_add_up(store: Store, acting: Acting) -> None:
    with acting() as act:
        corrections.correct(act, LOU, subject="residency", value="resident", reason="said")
        corrections.correct(act, LOU, subject="theme", value="wine", reason="misread")
    with acting(LATER) as act:
        corrections.correct(act, LOU, subject="residency", value="not_resident", reason="elsewhere")
        corrections.correct(act, LOU, subject="theme", value="sport", reason="misread")
        corrections.correct(act, LOU, subject="theme", value="wine", reason="asked")
    with store.reading() as session:
        words = corrections.for_brief(session, "montreval")
    assert [(word.subject, word.value, word.decided_at) for word in words] == [
        ("residency", "not_resident", LATER),
        ("theme", "sport", LATER),
        ("theme", "wine", NOW),
    ]
    assert words[0].account == LOU


def test_a_word_taken_back_no_longer_stands(store: Store, acting: Acting) -> None:
    with acting() as act:
        correction_id = corrections.correct(
            act, LOU, subject="account_type", value="media", reason="known"
        )
    with acting(LATER) as act:
        corrections.withdraw(act, correction_id)
    with store.reading() as session:
        assert corrections.for_brief(session, "montreval") == ()
    with pytest.raises(UnknownError, match="no such correction standing"), acting() as act:
        corrections.withdraw(act, correction_id)


@pytest.mark.parametrize(
    ("subject", "value", "reason", "field"),
    [
        ("opinion", "resident", "known", "subject"),
        ("residency", "maybe", "known", "value"),
        ("theme", "health", "known", "value"),
        ("residency", "resident", "because", "reason"),
    ],
)
def test_only_listed_words_are_kept(
    acting: Acting, subject: str, value: str, reason: str, field: str
) -> None:
    with pytest.raises(MalformedError, match=f"{field}: is not known"), acting() as act:
        corrections.correct(act, LOU, subject=subject, value=value, reason=reason)
