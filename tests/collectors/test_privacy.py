"""What never lands: blocked authors, their mentions, and what a use does not permit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cities.blocking import block_hash
from cities.brief import Account, Brief, Member
from cities.folder import CityFolder
from cities.settings import Settings
from cities.sources import BlogSource
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.privacy import PrivacyFilter
from collectors.records import Author, Post
from collectors.run import collect
from tests.collectors.conftest import Serve
from tests.collectors.nights import (
    SAONE,
    a_post,
    an_author,
    an_edge,
    landed,
    write_briefs,
)
from tests.demo.small_world import NIGHT_1, NIGHT_2, author, post, world

KEY = "k" * 64
ANA, BOB = "ana@saone.example", "bob@halle.example"


def a_filter(use: Any = "rank", blocked: str = BOB, members: tuple[str, ...] = ()) -> PrivacyFilter:
    """A filter of one night."""
    brief = Brief(
        city_id="montreval",
        as_of=NIGHT_1,
        blocked=(block_hash(KEY, "mastodon", blocked),),
        members=tuple(
            Member(
                member_id=name,
                joined_at=NIGHT_1,
                accounts=(Account(platform="mastodon", author_id=name),),
            )
            for name in members
        ),
    )
    return PrivacyFilter(brief, use=use, key=KEY)


def test_records_of_and_about_blocked_authors_are_dropped() -> None:
    kept = (a_post(ANA), an_author(ANA), an_edge(ANA, "eve@saone.example"))
    dropped = (a_post("Bob@halle.example"), an_author(BOB), an_edge(ANA, BOB), an_edge(BOB, ANA))
    sifted = a_filter().sift((*kept, *dropped))
    assert sifted.records == kept
    assert sifted.count_blocked == 4


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Merci @bob@halle.example !", "Merci @… !"),
        ("Merci @BOB@Halle.example.", "Merci @…."),
        ("Avec @bob et @bobby", "Avec @… et @bobby"),
        ("Voir https://halle.example/@bob/12 demain", "Voir @… demain"),
        ("Voir https://halle.example/users/bob demain", "Voir @… demain"),
        ("Écrire à bob@halle.example", "Écrire à @…"),
        ("Avec @bob@halle.example.Bravo", "Avec @…"),
        ("Écrire à x@bob.example", "Écrire à x@bob.example"),
    ],
)
def test_mentions_of_blocked_authors_are_redacted(text: str, redacted: str) -> None:
    sifted = a_filter().sift((a_post(ANA, text), an_edge(ANA, BOB)))
    assert [record.text for record in sifted.records if isinstance(record, Post)] == [redacted]


@pytest.mark.parametrize(
    ("account", "text", "redacted"),
    [
        (("x", "marie"), "Marie, @marie, twitter.com/marie", "Marie, @…, @…"),
        (("instagram", "marie"), "Marie, @marie et instagram.com/marie", "Marie, @… et @…"),
        (("blog", "marie.example"), "Marie, https://www.marie.example/a !", "Marie, @… !"),
        (("mastodon", "marie@a.example"), "Marie, @marie@a.example", "Marie, @…"),
    ],
)
def test_who_objects_on_any_platform_never_lands(
    account: tuple[str, str], text: str, redacted: str
) -> None:
    platform, author_id = account
    brief = Brief(
        city_id="montreval", as_of=NIGHT_1, blocked=(block_hash(KEY, platform, author_id),)
    )
    other = a_post("ana", text, platform=platform)
    own = (
        a_post(author_id, platform=platform, post_id="2"),
        an_author(author_id, platform=platform, url="https://a.example"),
        an_edge("ana", author_id, platform=platform, post_id="3"),
    )
    sifted = PrivacyFilter(brief, use="rank", key=KEY).sift((other, *own))
    assert [record.text for record in sifted.records if isinstance(record, Post)] == [redacted]
    assert (len(sifted.records), sifted.count_blocked) == (1, 4)
    elsewhere = a_post("ana", "Marie et @marie", platform="bluesky")
    assert PrivacyFilter(brief, use="rank", key=KEY).sift((elsewhere,)).records == (elsewhere,)


def test_a_site_that_objects_is_not_visited_and_links_to_it_do_not_land(
    folder: CityFolder,
) -> None:
    brief = Brief(
        city_id="montreval",
        as_of=NIGHT_1,
        blocked=(block_hash(KEY, "blog", "gazette-montreval.example"),),
    )
    sieve = PrivacyFilter(brief, use="rank", key=KEY)
    before, after = (
        [site for source in city.sources if isinstance(source, BlogSource) for site in source.sites]
        for city in (folder.city(), sieve.visited(folder.city()))
    )
    assert "https://gazette-montreval.example/" in before
    assert after == [site for site in before if "gazette-montreval.example" not in site]
    links = ("https://gazette-montreval.example/2026/a", "https://fete.example/")
    (post_,) = sieve.sift((a_post(ANA, links=links),)).records
    assert isinstance(post_, Post)
    assert post_.links == links[1:]


def test_a_short_mention_of_a_neighbour_is_redacted_without_an_edge() -> None:
    sifted = a_filter(blocked="eve@saone.example").sift((a_post(ANA, "@eve viens"),))
    assert [record.text for record in sifted.records if isinstance(record, Post)] == ["@… viens"]


def test_bios_and_links_lose_blocked_authors_too() -> None:
    given = an_author(
        ANA,
        bio="Avec @bob@halle.example",
        links=["https://halle.example/@bob", "https://a.example"],
    )
    (found,) = a_filter().sift((given,)).records
    assert isinstance(found, Author)
    assert (found.bio, found.links) == ("Avec @…", ("https://a.example",))


def test_a_listening_source_lands_posts_alone() -> None:
    sifted = a_filter("listen").sift((a_post(ANA), an_author(ANA), an_edge(ANA, "x@y.example")))
    assert [type(record) for record in sifted.records] == [Post]
    assert sifted.count_blocked == 0


def test_a_source_for_members_lands_members_alone() -> None:
    mine = (a_post(ANA), an_author(ANA))
    others = (a_post("eve@saone.example"), an_edge(ANA, "eve@saone.example"))
    assert (
        a_filter("members", members=("Ana@saone.example",)).sift((*mine, *others)).records == mine
    )


SECRET = "Ma chimio commence lundi"


def test_a_sensitive_post_takes_its_links_and_a_profile_that_nothing_else_brings() -> None:
    other = a_post(ANA, "Bonjour", post_id="2")
    given = (a_post(ANA, SECRET), other, an_author(ANA), an_edge(ANA, "x@y.example"))
    sifted = a_filter().sift(given)
    assert (sifted.records, len(sifted.sensitive)) == ((other, given[2]), 1)
    assert a_filter().sift((given[0], given[2])).records == ()
    assert a_filter("listen").sift((a_post(None, SECRET), other)).records == (other,)


def test_a_post_edited_to_reveal_too_much_leaves_with_its_old_text(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    write_briefs(folder)
    for night, text in ((NIGHT_1, "Bonjour #montreval"), (NIGHT_2, f"{SECRET} #montreval")):
        proxy = serve(world([author("ana")], [post(1, ANA, NIGHT_1, text=text)]))
        proxy.set_clock(night)
        outcome = collect(folder, SAONE, night, settings=settings)
    assert (outcome.counts.sensitive, outcome.counts.gone) == (1, 1)
    (gone,) = landed(folder, SAONE, "gone", night="20261118")
    assert gone["gone_id"].endswith("/1")
    assert "chimio" not in str(landed(folder, SAONE))
    assert "statuses/1" not in folder.state_file(SAONE).read_text(encoding="utf-8")


def test_who_objects_between_nights_is_neither_landed_nor_remembered(
    serve: Serve, folder: CityFolder, settings: Settings
) -> None:
    proxy = serve(
        world([author("ana"), author("eve")], [
            post(1, ANA, NIGHT_1, text="@eve bonjour", mentions=["eve@saone.example"]),
            post(2, "eve@saone.example", NIGHT_1),
        ])
    )  # fmt: skip
    write_briefs(folder, NIGHT_1)
    blocked = block_hash(settings.block_key(), "mastodon", "eve@saone.example")
    write_briefs(folder, NIGHT_2, blocked=(blocked,))
    for night in (NIGHT_1, NIGHT_2):
        proxy.set_clock(night)
        outcome = collect(folder, SAONE, night, settings=settings)
    assert outcome.counts.blocked == 4  # post, author, edge, mention
    assert "eve" not in str(landed(folder, SAONE, night="20261118"))
    assert "eve" not in folder.state_file(SAONE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("bio", "is_minor"),
    [
        ("16 ans", True),
        ("Lycéenne | 17 ans | Montréval", True),
        ("17yo", True),
        ("I'm 16", True),
        ("Née à Mâcon en 2012", True),
        ("Photos à moi 16 ans", True),
        ("Maman de deux filles, 8 et 12 ans", False),
        ("Photographe depuis 15 ans", False),
        ("J'ai 12 chats", False),
        ("10 km en 52 min", False),
        ("Né en 1980", False),
        ("18 ans", False),
    ],
)
def test_stated_ages(bio: str, is_minor: bool) -> None:
    assert states_minor_age(bio, datetime(2026, 11, 17, tzinfo=UTC)) is is_minor


@pytest.mark.parametrize("bio", ["#nobot", "Pain. #NoBots", "#noindex merci", "#NoArchive"])
def test_marks_of_a_bio(bio: str) -> None:
    assert asks_not_to_be_found(bio)
