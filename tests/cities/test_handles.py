"""The forms in which an account is written, and whom they are not."""

from __future__ import annotations

import pytest

from cities.handles import accounts_of, masked, written_forms


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci @Bob !", "Merci @… !"),
        ("Voir https://x.com/bob demain", "Voir @… demain"),
        ("Voir https://twitter.com/Bob/status/12?s=20 demain", "Voir @… demain"),
        ("Voir https://mobile.twitter.com/bob", "Voir @…"),
        ("Voir HTTPS://X.com/bob", "Voir @…"),
        ("Voir https://X.COM/bob", "Voir @…"),
        ("Voir x.com/@bob", "Voir @…"),
        ("https://x.com/bobby", "https://x.com/bobby"),
        ("https://x.com/bob.b", "https://x.com/bob.b"),
        ("https://netflix.com/bob", "https://netflix.com/bob"),
        ("https://x.com.example/bob", "https://x.com.example/bob"),
        ("https://www.instagram.com/bob/", "https://www.instagram.com/bob/"),
        ("https://x.com/", "https://x.com/"),
    ],
)
def test_one_account_of_x_is_masked_and_no_other(text: str, expected: str) -> None:
    def is_bob_of_x(user: str, domain: str | None) -> bool:
        return ("x", "bob") in accounts_of(user, domain, platform="x")

    assert masked(text, is_bob_of_x) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@bob.b",
        "https://www.instagram.com/bob.b/",
        "https://instagram.com/Bob.B?igsh=1",
        "instagram.com/stories/bob.b/123",
    ],
)
def test_one_account_of_instagram_is_masked_in_words_of_instagram(text: str) -> None:
    def is_bob(user: str, domain: str | None) -> bool:
        return ("instagram", "bob.b") in accounts_of(user, domain, platform="instagram")

    assert masked(f"Voir {text} demain", is_bob) == "Voir @… demain"


def test_a_name_without_domain_is_of_the_platform_of_the_words() -> None:
    assert list(accounts_of("bob", None, platform="instagram")) == [("instagram", "bob")]
    assert list(accounts_of("bob", "instagram.com", platform="x")) == [("instagram", "bob")]
    assert list(accounts_of("bob", "a.example", platform="x")) == [("mastodon", "bob@a.example")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lu sur carnet.example.", "Lu sur @…."),
        ("Lu sur www.Carnet.example !", "Lu sur @… !"),
        ("Lu sur https://www.carnet.example/2026/05/fete/ hier", "Lu sur @… hier"),
        ("Lu sur http://carnet.example:8080 hier", "Lu sur @… hier"),
        ("Lu sur carnet.example.Bravo", "Lu sur @…"),
        ("blog.carnet.example, moncarnet.example", "blog.carnet.example, moncarnet.example"),
        ("carnet.example.org/a", "carnet.example.org/a"),
        ("lou@carnet.example, @lou@carnet.example", "lou@carnet.example, @lou@carnet.example"),
        ("https://carnet.example/@lou/12", "https://carnet.example/@lou/12"),
        ("Le carnet, @carnet", "Le carnet, @carnet"),
    ],
)
def test_one_site_is_masked_and_no_other(text: str, expected: str) -> None:
    def is_carnet(user: str, domain: str | None) -> bool:
        return ("blog", "carnet.example") in accounts_of(user, domain, platform="x")

    assert masked(text, is_carnet) == expected


def test_a_dot_ends_a_name_of_x_alone() -> None:
    assert ("x", "bob") in accounts_of("bob.bravo", None, platform="x")
    assert ("instagram", "bob") not in accounts_of("bob.bravo", None, platform="instagram")


def test_forms_hold_no_bare_name() -> None:
    assert written_forms("blog", "carnet.example") == ("carnet.example",)
    for platform in ("x", "instagram", "facebook", "youtube"):
        assert all(
            "@marie" in form or "/marie" in form for form in written_forms(platform, "marie")
        )
    assert "twitter.com/marie" in written_forms("x", "Marie")


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "@",
        "a-",
        "@a.",
        "https://a.",
        "a@",
        "a/users/",
        "x.com/",
        "https://x.com/a",
        "a.b/",
        "www.",
        "a.b:1",
    ],
)
def test_long_texts_take_no_time(piece: str) -> None:
    masked("@" + piece * (100_000 // len(piece)), is_bob)
