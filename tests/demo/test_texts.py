"""The composer's promises: variety, repeatability, honest labels."""

import random
import re
from collections import Counter
from itertools import islice

import pytest

from demo.habits import names_city
from demo.phrases import decline, read, season_of
from demo.texts import (
    FRAME_SHARE,
    PERSONAL,
    THEMES,
    TRADES,
    VOICES,
    Composer,
    MaterialExhaustedError,
    Text,
    frames,
    languages_of,
)

COUNT_POSTS = 8_000
# How much of a world each voice says, about as the demo's generator mixes them.
MIX = {
    "resident": 52, "newcomer": 4, "visitor": 9, "commuter": 4, "namesake": 8, "business": 8,
    "association": 5, "institution": 3, "media": 4, "automated": 3,
}  # fmt: skip


def _world(*, seed: int, count_posts: int) -> list[Text]:
    rng = random.Random(seed)
    composer = Composer(seed=seed, expected_posts=count_posts)
    voices = rng.choices(list(MIX), weights=list(MIX.values()), k=count_posts)
    return [
        composer.post(
            voice=voice,
            theme=rng.choice(THEMES) if rng.random() < 0.6 else None,
            language="en" if "en" in languages_of(voice) and rng.random() < 0.12 else "fr",
            month=rng.randint(1, 12),
        )
        for voice in voices
    ]


@pytest.fixture(scope="module")
def world() -> list[Text]:
    return _world(seed=71, count_posts=COUNT_POSTS)


@pytest.mark.parametrize("count_posts", [500, COUNT_POSTS])
def test_no_frame_makes_over_its_share(count_posts: int) -> None:
    uses = Counter(text.frame_id for text in _world(seed=3, count_posts=count_posts))
    assert max(uses.values()) <= FRAME_SHARE * count_posts


def test_posts_hardly_ever_repeat(world: list[Text]) -> None:
    assert len({text.text for text in world}) > 0.97 * len(world)


def test_no_beginning_takes_over(world: list[Text]) -> None:
    beginnings = Counter(" ".join(text.text.lower().split()[:3]) for text in world)
    assert beginnings.most_common(1)[0][1] <= 0.01 * len(world)


def test_same_seed_and_calls_give_the_same_texts() -> None:
    assert _world(seed=5, count_posts=400) == _world(seed=5, count_posts=400)
    assert _world(seed=5, count_posts=400) != _world(seed=6, count_posts=400)


def test_hashtags_are_those_in_the_text(world: list[Text]) -> None:
    for text in world:
        found = dict.fromkeys(re.findall(r"#(\w+)", text.text))
        assert text.hashtags == tuple(found)


def test_the_city_is_always_named_when_asked(world: list[Text]) -> None:
    assert [text.text for text in world if not names_city(text.text)] == []


def test_no_slot_is_left_open(world: list[Text]) -> None:
    assert [text.text for text in world if re.search(r"[{}|\x1f⏎]", text.text)] == []


def test_places_are_in_the_posts_of_their_town_alone() -> None:
    composer = Composer(seed=2, expected_posts=COUNT_POSTS)
    there = {
        place
        for _ in range(300)
        for place in composer.post(voice="namesake", theme=None, language="fr", month=7).places
    }
    assert "promenade des Curistes" in there
    assert "quai des Tanneurs" not in there


def _themes_written() -> tuple[str, ...]:
    """The themes that the material knows: the keys of its hashtags, « none » left out."""
    return tuple(theme for theme in read("tags")["fr"] if theme != "none")


def _claims() -> list[tuple[str, str | None, str]]:
    return [
        (voice, theme, language)
        for voice in VOICES
        for language in languages_of(voice)
        for theme in (None, *THEMES)
    ]


@pytest.mark.parametrize(("voice", "theme", "language"), _claims())
def test_each_voice_speaks_of_each_theme(voice: str, theme: str | None, language: str) -> None:
    composer = Composer(seed=1, expected_posts=COUNT_POSTS)
    for month in range(1, 13):
        named = composer.post(voice=voice, theme=theme, language=language, month=month)
        silent = composer.post(
            voice=voice, theme=theme, language=language, month=month, tag_city=False
        )
        for text in (named, silent):
            assert theme in text.themes if theme else text.themes == ()
            assert text.language == language
        assert names_city(named.text)
        assert not names_city(silent.text)


def test_people_who_could_speak_english_do() -> None:
    spoken = {voice for voice in VOICES if "en" in languages_of(voice)}
    assert spoken == {"resident", "newcomer", "visitor"}


def test_exhausted_material_says_what_is_missing() -> None:
    composer = Composer(seed=1, expected_posts=200)
    count_frames = sum(frame.voice == "media" and not frame.themes for frame in frames())
    for _ in range(count_frames):
        composer.post(voice="media", theme=None, language="fr", month=7)
    with pytest.raises(MaterialExhaustedError, match=r"media, no theme, fr, in summer"):
        composer.post(voice="media", theme=None, language="fr", month=7)


def test_frames_are_many_and_distinct() -> None:
    count_by_language = Counter(frame.language for frame in frames())
    assert count_by_language["fr"] >= 900
    assert count_by_language["en"] >= 120
    sentences = Counter(frame.sentence for frame in frames())
    assert [sentence for sentence, count in sentences.items() if count > 1] == []
    known = {*_themes_written(), "any"}
    assert set(THEMES) <= known
    assert all(set(frame.themes) <= known for frame in frames())


def test_every_slot_of_every_frame_has_words() -> None:
    composer = Composer(seed=4, expected_posts=10_000_000)
    for voice, theme, language in _claims():
        for month in (1, 4, 7, 10):
            for _ in range(5):
                composer.post(voice=voice, theme=theme, language=language, month=month)


def test_visitors_borrow_what_only_residents_would_not_say() -> None:
    composer = Composer(seed=8, expected_posts=COUNT_POSTS)
    rooted = {frame.frame_id for frame in frames() if frame.is_rooted}
    drawn = {
        voice: {
            composer.post(voice=voice, theme=None, language="fr", month=3).frame_id
            for _ in range(300)
        }
        for voice in ("visitor", "newcomer")
    }
    assert not drawn["visitor"] & rooted
    assert drawn["newcomer"] & rooted
    assert any("resident" in frame_id for frame_id in drawn["visitor"])


def test_handles_are_unique_and_distinctive() -> None:
    composer = Composer(seed=9, expected_posts=COUNT_POSTS)
    handles = [composer.identity(voice=VOICES[n % len(VOICES)]).handle for n in range(1_500)]
    assert len(set(handles)) == len(handles)
    assert all(re.fullmatch(r"[a-z0-9_]{6,30}", handle) for handle in handles)
    assert all(re.search(r"[_0-9]|.{9}", handle) for handle in handles)


def test_only_robots_declare_themselves() -> None:
    composer = Composer(seed=9, expected_posts=COUNT_POSTS)
    declared = Counter(
        voice
        for voice in VOICES
        for _ in range(60)
        if composer.identity(voice=voice).is_declared_automated
    )
    assert set(declared) == {"automated"}
    assert 0 < declared["automated"] < 60


@pytest.mark.parametrize("voice", VOICES)
def test_profiles_are_short_and_filled(voice: str) -> None:
    composer = Composer(seed=10, expected_posts=COUNT_POSTS)
    for language in languages_of(voice):
        bios = [
            composer.bio(voice=voice, themes=["music", "wine"], language=language)
            for _ in range(80)
        ]
        assert all(len(bio.text) <= 500 and "{" not in bio.text for bio in bios)
        assert any(bio.text for bio in bios)
        assert len({bio.declared_location for bio in bios}) > 2
    if voice in PERSONAL:
        assert any(not bio.declared_location for bio in bios)


def test_shops_have_a_trade_and_their_own_name() -> None:
    composer = Composer(seed=11, expected_posts=COUNT_POSTS)
    names = [composer.shop(trade=trade) for trade in islice(TRADES, 40) for _ in range(3)]
    assert len(set(names)) == len(names)
    assert all("{" not in name for name in names)
    assert all(len(activity) > 20 for activity in TRADES.values())


@pytest.mark.parametrize(
    ("noun", "form", "expected"),
    [
        ("un bœuf bourguignon", "le", "le bœuf bourguignon"),
        ("une île flottante", "du", "de l'île flottante"),
        ("un hérisson", "du", "du hérisson"),
        ("des huîtres", "au", "aux huîtres"),
        ("une étagère", "ce", "cette étagère"),
        ("la halle aux Grains", "au", "à la halle aux Grains"),
        ("l'aviron", "du", "de l'aviron"),
        ("Montréval", "nu", "Montréval"),
    ],
)
def test_articles(noun: str, form: str, expected: str) -> None:
    assert decline(noun, form) == expected


def test_seasons() -> None:
    assert [season_of(month) for month in (12, 2, 3, 6, 9, 11)] == [
        "winter", "winter", "spring", "summer", "autumn", "autumn",
    ]  # fmt: skip
