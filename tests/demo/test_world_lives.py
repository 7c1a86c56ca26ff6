"""The lives of a world: who is there when, who is read by whom, and how they say it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from demo.people import Floats, Population
from demo.world import WorldPost
from tests.demo.worlds import account_key, large_plan, small_truth, small_world, true_posts

PARIS = ZoneInfo("Europe/Paris")


def posts_of(voice: str) -> dict[tuple[str, str], list[WorldPost]]:
    """The posts of the authors of a voice, in order of time."""
    wanted = {account_key(author) for author in small_truth().authors if author.voice == voice}
    found = defaultdict(list)
    for post in small_world().posts:
        if account_key(post) in wanted:
            found[account_key(post)].append(post)
    return found


def in_city(moment: datetime) -> datetime:
    """A moment on the clock of the city, counted from the night's hour."""
    return (moment - timedelta(hours=1, minutes=30)).astimezone(PARIS)


def test_only_persons_live_in_the_city_and_makers_are_both() -> None:
    for author in small_truth().authors:
        assert not author.is_resident or author.account_type == "person"
        if author.voice in ("visitor", "commuter", "second_home", "leaver", "namesake"):
            assert (author.account_type, author.is_resident) == ("person", False)
    makers = Counter(
        (a.account_type, a.is_resident) for a in small_truth().authors if a.voice == "maker"
    )
    assert set(makers) == {("person", True), ("business", False)}
    assert min(makers.values()) >= 10


def test_visitors_stay_a_few_days_and_some_come_back() -> None:
    stays = []
    for posts in posts_of("visitor").values():
        days = sorted({in_city(p.published_at).date() for p in posts
                       if p.published_at < small_world().file.nights[0]})  # fmt: skip
        gaps = [(b - a).days for a, b in pairwise(days)]
        stays.append(1 + sum(gap >= 7 for gap in gaps))
        assert len(days) <= 5 * stays[-1]
    back = sum(count > 1 for count in stays) / len(stays)
    assert 0.05 < back < 0.35
    assert max(stays) <= 4


def test_returning_visitors_say_so() -> None:
    manners = Counter(row.manner for row in small_truth().posts)
    assert manners["returning"] > 10
    voices = {account_key(author): author.voice for author in small_truth().authors}
    said = {voices[account_key(p)] for p in small_world().posts
            if true_posts()[p.key].manner == "returning"}  # fmt: skip
    assert said == {"visitor"}


def test_commuters_rest_at_weekends_and_second_homes_do_not() -> None:
    shares = {}
    for voice in ("commuter", "second_home", "resident"):
        posts = [post for found in posts_of(voice).values() for post in found]
        shares[voice] = np.mean([in_city(post.published_at).weekday() >= 5 for post in posts])
    assert shares["commuter"] < 0.12
    assert shares["resident"] < 0.45
    assert shares["second_home"] > shares["resident"] + 0.1


def test_leavers_speak_as_residents_until_they_leave() -> None:
    frames = {}
    for key, posts in posts_of("leaver").items():
        frames[key] = [true_posts()[post.key].frame_id for post in posts]
    own = [[("leaver" in frame) for frame in found] for found in frames.values()]
    assert sum(map(sum, own)) > 20
    assert sum(not any(found[: len(found) // 3]) for found in own) > 0.8 * len(own)
    left = large_plan().schedule.has_left[
        large_plan().population.is_voice("leaver")[large_plan().schedule.authors]
    ]
    assert 0.1 < left.mean() < 0.5


def test_newcomers_arrive_one_after_the_other() -> None:
    plan = large_plan()
    start = plan.starts_at.timestamp() * 1000
    first = []
    for author in np.flatnonzero(plan.population.is_voice("newcomer")):
        at = plan.schedule.at_ms[plan.schedule.authors == author]
        first.append((at[0] - start) / 86_400_000)
    assert min(first) < 10
    assert 10 < np.median(first) < 60


def test_an_author_s_reach_is_the_mean_of_the_reach_of_their_posts() -> None:
    plan = large_plan()
    posts = np.bincount(plan.schedule.authors, minlength=len(plan.population))
    often = posts > 60
    total = np.bincount(plan.schedule.authors, weights=plan.engagement.reach)
    ratio = (total / np.maximum(posts, 1))[often] / plan.engagement.author_reach[often]
    assert 0.9 < np.median(ratio) < 1.05
    assert np.percentile(ratio, 5) > 0.7


def test_silent_months_are_silent() -> None:
    silent = np.array(large_plan().population.habits) == "silent"
    plan = large_plan()
    ends = [moment.timestamp() * 1000 for moment in (plan.starts_at, plan.nights[0])]
    for author in np.flatnonzero(silent):
        at = plan.schedule.at_ms[plan.schedule.authors == author]
        gaps = np.diff(np.sort([*at, *ends]))
        assert gaps.max() > 29 * 86_400_000


def test_bought_followers_bring_a_jump_and_nothing_else() -> None:
    buyers = large_plan().audience.bought > 0
    assert 10 <= buyers.sum() <= 60
    assert not (buyers & (large_plan().rings.ring >= 0)).any()
    assert not (buyers & large_plan().population.is_on("blog")).any()
    followers = large_plan().audience.followers
    assert np.median(followers[buyers]) > 10 * np.median(followers[~buyers])
    reach = large_plan().engagement.author_reach
    assert np.median(reach[buyers]) < 2 * np.median(reach[~buyers])


def test_pods_have_figures_and_no_reach() -> None:
    is_in = large_plan().rings.ring >= 0
    residents = large_plan().population.is_resident
    engagement = mean_by_author(large_plan().engagement.likes + large_plan().engagement.replies)
    assert np.median(engagement[is_in]) > 4 * np.median(engagement[residents & ~is_in])
    reach = large_plan().engagement.author_reach
    assert np.median(reach[is_in]) < 0.5 * np.median(reach[residents & ~is_in])
    for ring in range(large_plan().rings.count):
        members = large_plan().rings.members(ring)
        assert 4 <= len(members) <= 9
        assert len({large_plan().population.platforms[at] for at in members}) == 1


def test_pods_answer_each_other() -> None:
    ring, authors = large_plan().rings.ring, large_plan().schedule.authors
    named = [(authors[post], authors[to]) for post, to in large_plan().threads.replies.items()]
    named += [(authors[post], to) for post, to in large_plan().threads.mentions.items()]
    inside = [ring[one] == ring[other] for one, other in named if ring[one] >= 0]
    assert len(inside) > 200
    assert all(inside)
    assert {a.in_pod for a in small_truth().authors} == {True, False}


def mean_by_author(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """The mean of a figure of each author's posts."""
    authors, count = large_plan().schedule.authors, len(large_plan().population)
    total = np.bincount(authors, weights=values, minlength=count)
    return np.asarray(total / np.maximum(np.bincount(authors, minlength=count), 1))


def test_small_accounts_of_the_street_reach_more_than_large_ones() -> None:
    population: Population = large_plan().population
    small = population.is_neighbourly
    reach = large_plan().engagement.author_reach
    assert 15 <= small.sum() <= 60
    assert large_plan().audience.followers[small].max() <= 180
    assert np.median(reach[small]) > np.percentile(reach[population.is_resident], 85)


@pytest.mark.parametrize("manner", ["irony", "mixed", "switch", "brands", "photo"])
def test_every_manner_is_there_on_its_platforms(manner: str) -> None:
    posts = [post for post in small_world().posts if true_posts()[post.key].manner == manner]
    assert 20 < len(posts) < 0.08 * len(small_world().posts)
    platforms = {post.platform for post in posts}
    assert platforms >= {"mastodon", "x", "instagram"}
    if manner == "photo":
        assert "blog" not in platforms
        assert all(post.media_count >= 1 for post in posts)
        assert np.median([len(post.text) for post in posts]) < 50
    if manner == "mixed":
        assert all(len(true_posts()[post.key].themes) >= 2 for post in posts)


def test_nobody_says_the_same_as_everybody() -> None:
    texts = Counter(post.text for post in small_world().posts)
    assert len(texts) > 0.97 * len(small_world().posts)
