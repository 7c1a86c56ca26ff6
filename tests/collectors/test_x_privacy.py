"""Objectors of X and Instagram in the words of others, whatever the platform of these words."""

from __future__ import annotations

from typing import Any

import pytest

from cities.blocking import block_hash
from cities.brief import Brief
from collectors.privacy import PrivacyFilter
from collectors.records import Post
from tests.collectors.nights import a_post, an_author, an_edge
from tests.demo.small_world import NIGHT_1

KEY = "k" * 64
OF_X = {"platform": "x", "post_id": "1", "url": "https://x.com/ana/status/1"}


def a_filter(platform: str = "x") -> PrivacyFilter:
    """A filter of a night for which bob of that platform objected."""
    blocked = (block_hash(KEY, platform, "bob"),)
    return PrivacyFilter(
        Brief(city_id="montreval", as_of=NIGHT_1, blocked=blocked), use="rank", key=KEY
    )


def sifted(post: Post, platform: str = "x") -> Any:
    """What lands of a post."""
    (record,) = a_filter(platform).sift([post]).records
    return record


@pytest.mark.parametrize(
    "address", ["@Bob", "https://x.com/bob", "https://twitter.com/Bob/status/1"]
)
def test_an_objector_of_x_is_masked_in_words_of_x(address: str) -> None:
    post = a_post("ana", f"Avec {address} demain", **OF_X)
    assert sifted(post).text == "Avec @… demain"


def test_an_objector_of_x_is_masked_by_address_elsewhere_and_no_namesake() -> None:
    post = a_post("ana@saone.example", "@bob et https://x.com/bob")
    assert sifted(post).text == "@bob et @…"
    assert sifted(post, "instagram").text == "@bob et https://x.com/bob"


def test_a_link_to_an_objector_is_dropped() -> None:
    links = ["https://x.com/bob/status/2", "https://www.instagram.com/bob/", "https://a.example/b"]
    assert sifted(a_post("ana", "Voir", links=links, **OF_X)).links == (links[1], links[2])
    assert sifted(a_post("ana", "Voir", links=links, **OF_X), "instagram").links == (
        links[0],
        links[2],
    )


def test_records_of_an_objector_of_x_do_not_land() -> None:
    who = {"platform": "x", "url": "https://x.com/bob"}
    given = [a_post("bob", **OF_X), an_author("bob", **who), an_edge("ana", "bob", platform="x")]
    found = a_filter().sift(given)
    assert found.records == ()
    assert found.count_blocked == 3
