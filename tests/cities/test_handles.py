"""The forms in which an account is written, and whom they are not."""

from __future__ import annotations

import pytest

from cities.handles import masked, pattern_of


def is_bob(user: str, domain: str | None) -> bool:
    """Bob of halle.example, also where his server is not said."""
    return user == "bob" and domain in (None, "halle.example")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci @bob@halle.example !", "Merci @… !"),
        ("Merci @BOB@Halle.example.", "Merci @…."),
        ("Merci bob@halle.example.", "Merci @…."),
        ("(@bob)", "(@…)"),
        ("@bob@halle.example.Bravo", "@…"),
        ("Voir https://halle.example/@bob/12 demain", "Voir @… demain"),
        ("Voir halle.example/users/bob demain", "Voir @… demain"),
        ("Voir https://saone.example/@bob@halle.example", "Voir @…"),
        ("@bobby, @bob@saone.example", "@bobby, @bob@saone.example"),
        ("https://saone.example/@bob", "https://saone.example/@bob"),
        ("https://xhalle.example/@bob", "https://xhalle.example/@bob"),
        ("x@bob.example", "x@bob.example"),
        ("midi@bob", "midi@bob"),
        ("@", "@"),
    ],
)
def test_one_account_is_masked_and_no_other(text: str, expected: str) -> None:
    assert masked(text, is_bob) == expected


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["a.", "@", "a-", "@a.", "https://a.", "a@", "a/users/"])
def test_long_texts_take_no_time(piece: str) -> None:
    masked("@" + piece * (100_000 // len(piece)), is_bob)


def test_a_needle_is_found_in_its_addresses() -> None:
    pattern = pattern_of(["Bob@halle.example", ""])
    assert pattern.search("https://halle.example/users/bob/statuses/1")
    assert not pattern.search("https://halle.example/users/bobby")
    with pytest.raises(ValueError, match="at least one"):
        pattern_of([" "])
