"""A generated world: deterministic, lifelike, true to its hidden truth, refused when broken."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from demo.errors import WorldError
from demo.generate import SIZES, WorldSize, generate
from demo.texts import FRAME_SHARE
from demo.truth import TrueAuthor, Truth, read_truth
from demo.voices import VOICE_SHARES
from demo.world import World, WorldPost, read_world, write_world
from tests.demo.worlds import WHOLE_SMALL, small_truth, small_world


@pytest.fixture(scope="module")
def small() -> World:
    return small_world()


@pytest.fixture(scope="module")
def truth() -> Truth:
    return small_truth()


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worlds") / "tiny"
    generate(folder, size="tiny")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_size_and_seed_give_the_same_bytes(tiny_folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", size="tiny")
    generate(tmp_path / "other", size="tiny", seed=79)
    assert files_of(tmp_path / "again") == files_of(tiny_folder)
    assert files_of(tmp_path / "other")["posts.ndjson"] != files_of(tiny_folder)["posts.ndjson"]


@pytest.mark.parametrize("size", [WorldSize(10, 40, openings=1, days=20), SIZES["tiny"]])
def test_counts_are_those_asked_for(size: WorldSize, tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    generate(tmp_path, size=size, progress=lambda done, total: calls.append((done, total)))
    world, true = read_world(tmp_path), read_truth(tmp_path)
    assert (len(world.authors), len(world.posts)) == (size.authors, size.posts)
    assert sum(notice.is_opening_of_city for notice in true.openings) == size.openings
    assert calls == [(n, size.posts) for n in range(500, size.posts + 1, 500)]


def test_small_is_the_world_of_make_run(small: World) -> None:
    assert (len(small.authors), len(small.posts)) == (400, 8_000)
    assert [instance.host for instance in small.file.instances] == [
        "saone.example", "halle.example",
    ]  # fmt: skip
    assert [night.isoformat() for night in small.file.nights] == [
        "2026-11-17T01:30:00+00:00", "2026-11-18T01:30:00+00:00",
    ]  # fmt: skip
    first, last = small.posts[0].published_at, small.posts[-1].published_at
    assert small.file.nights[0] - timedelta(days=120) <= first < last < small.file.ends_at


def test_followers_have_a_heavy_tail_that_says_little_of_reach(small: World, truth: Truth) -> None:
    followers = np.array([author.audience_at(small.file.ends_at) for author in small.authors])
    top = np.sort(followers)[-len(followers) // 100 :]
    assert top.sum() > 0.2 * followers.sum()
    assert np.median(followers) < followers.mean() / 4
    is_resident = np.array([author.is_resident for author in truth.authors])
    reach = np.array([author.true_reach for author in truth.authors])[is_resident]
    likeness = np.corrcoef(ranks(followers[is_resident]), ranks(reach))[0, 1]
    assert 0.3 < likeness < 0.75


def ranks(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Sequence[int]:
    found: list[int] = values.argsort().argsort().tolist()
    return found


def test_engagement_follows_true_reach_with_noise(small: World, truth: Truth) -> None:
    total, count = Counter[str](), Counter[str]()
    for post in small.posts:
        total[post.author_id] += post.likes + post.replies + post.shares
        count[post.author_id] += 1
    residents = [a for a in truth.authors if a.is_resident and a.platform != "blog"]
    mean = np.array([total[a.author_id] / count[a.author_id] for a in residents])
    reach = np.array([a.true_reach for a in residents])
    assert 0.5 < np.corrcoef(ranks(mean), ranks(reach))[0, 1] < 0.95
    likes = np.array([post.likes for post in small.posts])
    assert likes.var() > 5 * likes.mean()


def test_no_frame_makes_more_than_its_share(truth: Truth) -> None:
    frames = Counter(post.frame_id for post in truth.posts)
    assert max(frames.values()) <= FRAME_SHARE * len(truth.posts)


@pytest.mark.parametrize("size", ["small", "tiny"])
def test_every_voice_and_theme_is_there(size: str, tiny_folder: Path) -> None:
    truth = small_truth() if size == "small" else read_truth(tiny_folder)
    assert {author.voice for author in truth.authors} == set(VOICE_SHARES)
    residents = [author for author in truth.authors if author.is_resident]
    assert len(residents) == pytest.approx(0.44 * len(truth.authors), rel=0.06)
    mains = Counter(main_theme(author) for author in residents)
    themes = set(WHOLE_SMALL.themes if size == "small" else SIZES[size].themes)
    assert set(mains) == themes
    assert {post for row in truth.posts for post in row.themes} >= themes
    if size == "small":
        assert min(mains.values()) >= 5


def main_theme(author: TrueAuthor) -> str:
    return max(author.themes, key=lambda theme: author.themes[theme])


def test_truth_and_world_speak_of_the_same(small: World, truth: Truth) -> None:
    assert [a.author_id for a in truth.authors] == [a.author_id for a in small.authors]
    assert [p.post_id for p in truth.posts] == [p.post_id for p in small.posts]
    assert [o.opening_id for o in truth.openings] == [o.opening_id for o in small.openings]
    for author in truth.authors:
        assert sum(author.themes.values()) <= 1.0001
        assert not author.is_resident or author.account_type == "person"
    voices = {author.author_id: author.voice for author in truth.authors}
    about = {post.post_id for post in truth.posts if post.is_about_city}
    assert 0.7 < len(about) / len(small.posts) < 0.95
    assert not any(voices[p.author_id] == "namesake" and p.post_id in about for p in small.posts)


def test_hashtag_timelines_lead_to_nearly_all_and_to_what_is_off_topic(
    small: World, truth: Truth
) -> None:
    tagged = {post.post_id for post in small.posts if bears_city(post)}
    assert len(tagged) > 0.9 * len(small.posts)
    about = {post.post_id for post in truth.posts if post.is_about_city}
    residents = {author.author_id for author in truth.authors if author.is_resident}
    astray = tagged - about
    off_topic = [p for p in small.posts if p.post_id in astray and p.author_id in residents]
    assert 20 < len(off_topic) < 400


def bears_city(post: WorldPost) -> bool:
    return any(tag.lower().replace("é", "e").startswith("montreval") for tag in post.hashtags)


def test_visitors_come_for_a_few_days_or_for_the_festival(small: World, truth: Truth) -> None:
    visitors = {author.author_id for author in truth.authors if author.voice == "visitor"}
    days = defaultdict(set)
    for post in small.posts:
        if post.author_id in visitors and post.published_at < small.file.nights[0]:
            days[post.author_id].add((post.published_at - timedelta(hours=1, minutes=30)).date())
    spans = [(max(found) - min(found)).days for found in days.values()]
    assert sorted(spans)[int(0.7 * len(spans))] <= 4
    assert max(spans) > 20
    busiest = Counter(day for found in days.values() for day in found).most_common(1)[0]
    assert busiest[1] > len(visitors) / 6


def test_bought_followers_come_at_once_and_bring_no_reach(small: World, truth: Truth) -> None:
    accounts = {author.author_id: author for author in small.authors}
    buyers = [accounts[a.author_id] for a in truth.authors if a.has_bought_followers]
    assert len(buyers) >= 5
    for buyer in buyers:
        steps = [b[1] - a[1] for a, b in zip(buyer.audience, buyer.audience[1:], strict=False)]
        assert max(steps) >= 1_900
    honest = [author for author in small.authors if author not in buyers]
    assert all(len(author.audience) == 2 for author in honest)


def test_every_way_to_say_no_is_there(small: World, truth: Truth) -> None:
    ids = {author.author_id for author in truth.authors if author.has_opted_out}
    out = [author for author in small.authors if author.author_id in ids]
    assert any(author.indexable is False for author in out)
    assert any(author.noindex for author in out)
    assert any(author.is_locked for author in out)
    assert any("#nobot" in author.bio for author in out)
    assert any("16 ans" in author.bio for author in out)
    unlisted = Counter(p.author_id for p in small.posts if p.visibility == "unlisted")
    assert any(count > 1 for author, count in unlisted.items() if author in ids)


def test_one_account_claims_another_s_alone(small: World, truth: Truth) -> None:
    people = Counter(true.person_id for true in truth.authors)
    claims = [
        true.person_id
        for author, true in zip(small.authors, truth.authors, strict=True)
        if "Autre compte" in dict(author.fields) or "https://" in author.bio
    ]
    assert sum(people[person] == 1 for person in claims) == 1


def test_threads_go_back_in_time_and_stay_among_one_s_own(small: World, truth: Truth) -> None:
    posts = {post.post_id: post for post in small.posts}
    residents = {author.author_id for author in truth.authors if author.is_resident}
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for post in small.posts:
        for linked in filter(None, (post.in_reply_to, post.quote_of)):
            assert posts[linked].published_at < post.published_at
        if post.in_reply_to:
            to = posts[post.in_reply_to].author_id
            shares[post.author_id in residents].append(to in residents)
    assert len(shares[True]) > 100
    assert np.mean(shares[True]) > np.mean(shares[False]) + 0.05


@pytest.mark.parametrize("size", ["small", "tiny"])
def test_the_second_night_has_news(size: str, tiny_folder: Path) -> None:
    world = small_world() if size == "small" else read_world(tiny_folder)
    before, after = world.file.nights
    shown = [post for post in world.posts if post.is_shown_at(before)]
    least = 80 if size == "small" else 4
    assert sum(before < post.published_at <= after for post in world.posts) >= least
    assert sum(post.figures_at(before) != post.figures_at(after) for post in shown) >= 3
    assert sum(post.is_edited_at(after) > post.is_edited_at(before) for post in shown) >= 2
    assert sum(not post.is_shown_at(after) for post in shown) >= (10 if size == "small" else 2)
    assert sum(not author.is_there_at(after) for author in world.authors) == 1
    assert any(a.audience_at(before) != a.audience_at(after) for a in world.authors)
    new = [o for o in world.openings if o.is_shown_at(after) and not o.is_shown_at(before)]
    assert 1 <= len(new) <= 3
    assert {o.family for o in world.openings} == {"creation", "vente", "radiation"}
    assert len({o.town for o in world.openings if o.postcode == "71990"}) > 2


def test_a_world_round_trips(tiny_folder: Path, tmp_path: Path) -> None:
    write_world(tmp_path, read_world(tiny_folder))
    original = files_of(tiny_folder)
    assert files_of(tmp_path) == {n: b for n, b in original.items() if not n.startswith("truth")}


@pytest.mark.parametrize(
    ("file", "line", "change", "said"),
    [
        ("posts.ndjson", 3, (b'"likes":', b'"hearts":'), "field hearts"),
        ("posts.ndjson", 7, (b'"author_id":"', b'"author_id":"nobody'), "no such author"),
        ("posts.ndjson", 2, (b"{", b""), "Invalid JSON"),
        ("authors.ndjson", 5, (b'"username":', b'"user":'), "field username"),
        ("openings.ndjson", 1, (b'"siren":"9', b'"siren":"'), "field siren"),
    ],
)
def test_a_bad_line_gives_one_sentence_with_file_and_line(
    tiny_folder: Path, tmp_path: Path, *,
    file: str, line: int, change: tuple[bytes, bytes], said: str,
) -> None:  # fmt: skip
    shutil.copytree(tiny_folder, tmp_path / "world")
    path = tmp_path / "world" / file
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(*change, 1)
    path.write_bytes(b"".join(lines))
    with pytest.raises(WorldError) as raised:
        read_world(tmp_path / "world")
    sentence = str(raised.value)
    assert f"{file}, line {line}: " in sentence
    assert said in sentence
    assert "\n" not in sentence


def test_a_line_written_twice_is_refused(tiny_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_folder, tmp_path / "world")
    path = tmp_path / "world" / "authors.ndjson"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(
        WorldError, match=r"authors\.ndjson, line 41: field author_id: written twice"
    ):
        read_world(tmp_path / "world")


def test_a_missing_file_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"world\.json: cannot be read"):
        read_world(tmp_path)
