"""An account as people copy it is one key, on every platform; what is none is nobody."""

from __future__ import annotations

import pytest

from cities.accounts import SHAPES, account_of, author_id_of


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("x:@Lou_71", ("x", "lou_71")),
        (" X:lou", ("x", "lou")),
        ("x:https://x.com/Lou/status/12?s=20", ("x", "lou")),
        ("https://mobile.twitter.com/Lou", ("x", "lou")),
        ("twitter.com/@Lou", ("x", "lou")),
        ("instagram:@Lou.b", ("instagram", "lou.b")),
        ("https://www.instagram.com/Lou.b/?igsh=1", ("instagram", "lou.b")),
        ("https://instagram.com/stories/lou/123", ("instagram", "lou")),
        ("mastodon:lou@saone.example", ("mastodon", "lou@saone.example")),
        ("@Lou@saone.example", ("mastodon", "lou@saone.example")),
        ("https://saone.example/@lou/12", ("mastodon", "lou@saone.example")),
        ("https://halle.example/@lou@saone.example", ("mastodon", "lou@saone.example")),
        ("https://saone.example/users/lou/statuses/1", ("mastodon", "lou@saone.example")),
        ("blog:carnet.example", ("blog", "carnet.example")),
        ("blog:https://www.Carnet.example:8080/a", ("blog", "carnet.example")),
        ("https://www.carnet.example/2026/05/fete/", ("blog", "carnet.example")),
        ("www.carnet.example", ("blog", "carnet.example")),
        ("blog:https://carnet.example/@lou", ("blog", "carnet.example")),
        ("https://bsky.app/profile/lou.bsky.social", ("bluesky", "lou.bsky.social")),
        ("https://www.youtube.com/@Lou", ("youtube", "lou")),
    ],
)
def test_as_people_write_it(written: str, key: tuple[str, str]) -> None:
    account = account_of(written)
    assert account is not None
    assert (account.platform, account.author_id) == key


@pytest.mark.parametrize(
    "written",
    [
        "", "@", "@lou", "lou", "lou.b", "x:", "x:@", "x:lou.b", "x:https://instagram.com/lou",
        "https://x.com/", "https://x.com/home", "https://www.instagram.com/p/Cx1/",
        "instagram:lou.", "mastodon:lou", "blog:lou", "blog:https://x.com/lou", "ftp://a.b/c",
        "https://", "minitel:lou",
    ],
)  # fmt: skip
def test_what_is_none(written: str) -> None:
    assert account_of(written) is None


def test_each_platform_says_how_its_accounts_are_written() -> None:
    assert {"mastodon", "x", "instagram", "blog"} <= set(SHAPES)
    assert author_id_of("minitel", "lou") is None
