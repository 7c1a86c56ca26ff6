"""Marie of X is not the word Marie, nor Marie of Instagram, nor Marie of a server."""

from __future__ import annotations

import pytest

from cities.brief import Account
from cities.traces import Traces

MARIE = Traces.of(Account(platform="x", author_id="marie"))


@pytest.mark.parametrize(
    ("text", "platform", "expected"),
    [
        ("Marie et @marie", "x", "Marie et @…"),
        ("@marie.Bravo", "x", "@…"),
        ("@mariette, @marie_71", "x", "@mariette, @marie_71"),
        ("Marie, @marie@a.example", "x", "Marie, @marie@a.example"),
        ("@marie, x.com/marie", "instagram", "@marie, @…"),
        ("@marie, https://twitter.com/Marie/status/1", "mastodon", "@marie, @…"),
        ("@marie, marie.example", "blog", "@marie, marie.example"),
        ("Chez @marie", None, "Chez @…"),
        ("https://a.example/share?u=https://x.com/marie", "x", "https://a.example/share?u=@…"),
        ('["https://x.com/lou/1","https://x.com/marie/1"]', None, '["https://x.com/lou/1","@…"]'),
    ],
)
def test_words_by_their_platform(text: str, platform: str | None, expected: str) -> None:
    assert MARIE.redacted(text, platform) == expected
    assert MARIE.are_in(text, platform) is (text != expected)


def test_a_record_is_of_an_account_by_both_fields() -> None:
    assert MARIE.is_account("x", "Marie")
    assert not MARIE.is_account("instagram", "marie")
    assert not MARIE.is_account("x", None)


def test_bytes_hold_forms_and_no_bare_name() -> None:
    assert MARIE.are_in_bytes(b"..@Marieabc")
    assert not MARIE.are_in_bytes(b"..marie")
    assert not MARIE.are_in_bytes(b"..@marieabc", but=("@marie",))
    assert not Traces.of(Account(platform="x", author_id="li")).are_in_bytes(b"..@li")
