"""A world on every platform: ids and addresses as each writes them, sites, registers, sizes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from cities.names import fold
from demo.generate import SIZES, generate
from demo.opt_outs import NOTHING_FOR_ROBOTS
from demo.people import exact_counts
from demo.plan import draw_plan
from demo.platforms import profile_url
from demo.sizes import ALL_PLATFORMS, MASTODON_ONLY, WorldSize
from demo.themes import FIRST_THEMES, THEMES
from demo.truth import Truth, read_truth
from demo.voices import VOICE_SHARES
from demo.world import World, read_world
from tests.demo.worlds import account_key, large_plan, small_truth, small_world

IDS = {
    "mastodon": r"[a-z0-9_]{6,30}@[a-z.]+",
    "x": r"[a-z0-9_]{1,15}",
    "instagram": r"[a-z0-9_.]{1,30}",
    "blog": r"[a-z0-9-]+\.example",
}
POST_IDS = {
    "mastodon": r"https://[a-z.]+/users/[a-z0-9_]+/statuses/\d{18}",
    "x": r"\d{19}",
    "instagram": r"[A-Za-z0-9_-]{11}",
    "blog": r"https://[a-z0-9-]+\.example/\?p=\d+",
}


def test_the_large_world_is_as_large_as_it_says() -> None:
    size = SIZES["large"]
    plan = large_plan()
    assert (size.authors, size.posts, size.openings, size.days) == (1_200, 40_000, 60, 120)
    assert (len(plan.population), len(plan.schedule)) == (1_200, 40_000)
    assert Counter(plan.population.voices) == exact_counts(VOICE_SHARES, 1_200)
    platforms = Counter(plan.population.platforms)
    for platform, share in ALL_PLATFORMS.items():
        assert platforms[platform] == pytest.approx(1_200 * share, rel=0.15)
    assert platforms["blog"] <= 200
    assert plan.rings.count >= 4


@pytest.mark.parametrize("name", SIZES)
def test_residents_are_on_every_platform_of_a_size(name: str) -> None:
    size = replace(SIZES[name], platforms=ALL_PLATFORMS)
    population = draw_plan(size, np.random.default_rng(78)).population
    for platform in ALL_PLATFORMS:
        there = population.is_on(platform)
        assert there.sum() >= 3
        assert (there & population.is_resident).sum() >= 1


def test_a_size_may_leave_out_platforms_registers_and_themes(tmp_path: Path) -> None:
    size = WorldSize(
        60, 400, openings=6, platforms=MASTODON_ONLY, registers=("bodacc",), themes=FIRST_THEMES
    )
    generate(tmp_path, size=size)
    world, truth = read_world(tmp_path), read_truth(tmp_path)
    assert {author.platform for author in world.authors} == {"mastodon"}
    assert (world.file.x, world.file.instagram, world.file.sirene) == (None, None, None)
    assert {opening.registers for opening in world.openings} == {("bodacc",)}
    assert {theme for author in truth.authors for theme in author.themes} <= set(FIRST_THEMES)


def test_ids_are_those_of_their_platform_and_bear_one_account_each() -> None:
    assert len({account_key(author) for author in small_world().authors}) == len(
        small_world().authors
    )
    for author in small_world().authors:
        assert re.fullmatch(IDS[author.platform], author.author_id), author.author_id
        if author.platform in ("x", "instagram"):
            assert author.username.lower() == author.author_id
    assert any(author.username != author.author_id for author in small_world().authors)
    for post in small_world().posts:
        assert re.fullmatch(POST_IDS[post.platform], post.post_id), post.post_id


@pytest.mark.parametrize("platform", ALL_PLATFORMS)
def test_numbers_of_posts_grow_with_time(platform: str) -> None:
    numbers = [post.number for post in small_world().posts if post.platform == platform]
    assert all(before < after for before, after in pairwise(numbers))
    assert len(numbers) > 100


def test_addresses_are_those_of_the_platform() -> None:
    authors = {account_key(author): author for author in small_world().authors}
    urls = [post.url for post in small_world().posts]
    assert len(set(urls)) == len(urls)
    for post in small_world().posts:
        author = authors[account_key(post)]
        home = profile_url(author.platform, author.username, author.host)
        if post.platform == "instagram":
            assert post.url == f"https://www.instagram.com/p/{post.post_id}/"
        else:
            assert post.url.startswith(home)


def test_each_platform_tells_what_it_tells() -> None:
    for post in small_world().posts:
        assert bool(post.seen_on) == (post.platform == "mastodon")
        assert bool(post.title) == (post.platform == "blog")
        if post.platform == "blog":
            assert (post.likes, post.shares, post.views) == (0, 0, None)
            assert "#" not in post.text
        if post.platform == "x":
            assert post.views is not None
            assert len(post.text) <= 280
            assert post.edited_at is None
        if post.platform == "instagram":
            assert post.media_count >= 1
            assert post.shares == 0
    assert {post.place_id for post in small_world().posts if post.platform == "mastodon"} == {None}
    assert any(post.is_tagging_city for post in small_world().posts if post.platform == "instagram")
    assert any(post.replies for post in small_world().posts if post.platform == "blog")


def test_each_blog_has_its_site_and_some_refuse() -> None:
    blogs = [author.host for author in small_world().authors if author.platform == "blog"]
    sites = {site.host: site for site in small_world().file.sites}
    assert list(sites) == blogs
    assert {site.form for site in sites.values()} == {"wordpress", "rss2", "rss1", "rss091", "atom"}
    out = {a.author_id for a in small_truth().authors if a.platform == "blog" and a.has_opted_out}
    assert {site.host for site in sites.values() if refuses(site.robots, site.is_noindex)} == out
    assert any(sites[host].robots == NOTHING_FOR_ROBOTS for host in out)
    assert any(sites[host].is_noindex for host in out)
    assert any(not site.is_discoverable for site in sites.values())


def refuses(robots: str | None, is_noindex: bool) -> bool:
    return is_noindex or robots == NOTHING_FOR_ROBOTS


def test_a_theme_that_is_asked_for_is_spoken_of_everywhere() -> None:
    platforms = {post.post_id: post.platform for post in small_world().posts}
    spoken = defaultdict(set)
    for row in small_truth().posts:
        for theme in row.themes:
            spoken[theme].add(platforms[row.post_id])
    assert set(spoken) == set(THEMES)
    assert all(found >= {"mastodon", "x", "instagram"} for found in spoken.values())


def test_both_registers_show_openings_and_noise() -> None:
    true = {row.opening_id: row for row in small_truth().openings}
    shown = Counter(
        o.registers for o in small_world().openings if true[o.opening_id].is_opening_of_city
    )
    assert set(shown) == {("bodacc",), ("sirene",), ("bodacc", "sirene")}
    kinds = {row.kind for row in small_truth().openings}
    assert kinds == {"opening", "neighbour", "vente", "radiation", "home", "office", "move",
                     "partial", "closed"}  # fmt: skip
    sirene = [o for o in small_world().openings if "sirene" in o.registers]
    assert all(o.siret and o.naf and o.naf25 and o.insee and o.recorded_at for o in sirene)
    assert all(o.siret is None and o.naf is None for o in small_world().openings if o not in sirene)
    assert any(o.opened_on and o.recorded_at and o.opened_on > o.recorded_at.date() for o in sirene)
    late = [
        (o.recorded_at.date() - o.opened_on).days for o in sirene if o.recorded_at and o.opened_on
    ]
    assert max(late) >= 20
    assert any(o.is_sole_trader for o in sirene)
    assert all(
        o.is_partial == (true[o.opening_id].kind == "partial") for o in small_world().openings
    )
    assert all(o.is_closed == (true[o.opening_id].kind == "closed") for o in small_world().openings)


def test_numbers_of_businesses_are_nobody_s() -> None:
    for opening in small_world().openings:
        assert luhn(opening.siren) % 10
        if opening.siret:
            assert opening.siret.startswith(opening.siren)
            assert luhn(opening.siret) % 10


def luhn(number: str) -> int:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled)


def test_openings_cover_every_theme(tmp_path: Path) -> None:
    generate(tmp_path, size=WorldSize(40, 200, openings=60))
    true = [row for row in read_truth(tmp_path).openings if row.is_opening_of_city]
    assert len(true) == 60
    assert {theme for row in true for theme in row.themes} == set(THEMES)


def test_persons_of_two_accounts_say_so_or_do_not() -> None:
    linked = [links(small_world(), one, other) for one, other in couples(small_truth())]
    assert linked.count(True) >= 3
    assert linked.count(False) >= 3
    kinds = {small_world().authors[one].platform + small_world().authors[other].platform
             for one, other in couples(small_truth())}  # fmt: skip
    assert len(kinds) > 3


def couples(truth: Truth) -> Iterator[tuple[int, int]]:
    people = defaultdict(list)
    for at, author in enumerate(truth.authors):
        people[author.person_id].append(at)
    return ((accounts[0], accounts[1]) for accounts in people.values() if len(accounts) > 1)


def links(world: World, one: int, other: int) -> bool:
    """Whether both accounts name each other; never only one of them."""
    said = []
    for here, there in ((one, other), (other, one)):
        author, target = world.authors[here], world.authors[there]
        url = profile_url(target.platform, target.username, target.host)
        said.append(url in " ".join([author.bio, *(value for _, value in author.fields)]))
    assert said[0] == said[1]
    return said[0]


def test_texts_name_the_city_where_they_are_about_it() -> None:
    about = {row.post_id for row in small_truth().posts if row.is_about_city}
    named = [
        "montreval" in fold(" ".join([post.title, post.text, *post.hashtags])).lower()
        for post in small_world().posts
        if post.post_id in about
    ]
    assert np.mean(named) > 0.99
