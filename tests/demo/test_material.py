"""The written material of the demo city: whole, filled, and never twice the same."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from cities.themes import ALL_THEMES
from demo.frames import MANNERS, VOICES, Frame, frames, languages_of
from demo.habits import PERSONAL
from demo.phrases import SEASONS, Words, fill, fold, lines, read, words

ARTICLES = ("frames_blog_fr", "frames_blog_press_fr")
DRAWS = 3
# Of the lines of a file, and of what is drawn from it, nothing may be left to fill in.
LEFT_OPEN = re.compile(r"[{}|\x1f⏎]")


def _lists(language: str, voice: str, theme: str) -> Words:
    lists = dict(words(language, voice))
    return lists | {"month": ("mars",), "subject": lists[f"subject_{theme}"]}


def _unfilled(frame: Frame) -> list[str]:
    """What goes wrong when a frame is filled, for whoever may say it."""
    rng, wrong = random.Random(frame.frame_id), []
    voices = ["resident" if frame.voice == "texture" else frame.voice]
    if voices == ["resident"] and frame.language == "fr":
        voices.append("namesake")
    for voice in voices:
        for season in frame.seasons:
            for _ in range(DRAWS):
                theme = rng.choice(ALL_THEMES)
                lists = _lists(frame.language, voice, theme)
                if LEFT_OPEN.search(fill(frame.sentence, lists, rng, season=season)):
                    wrong.append(f"{frame.frame_id}, {voice}, {season}")
    return wrong


def _articles() -> list[tuple[str, str, str]]:
    return [
        (name, f"{part} {theme}", line)
        for name in ARTICLES
        for part in ("titles", "bodies")
        for theme, block in read(name)[part].items()
        for line in lines(block)
    ]


def test_every_frame_fills_in_every_season() -> None:
    assert [wrong for frame in frames() for wrong in _unfilled(frame)] == []


def test_every_article_fills_in_every_season() -> None:
    lists, rng = _lists("fr", "resident", "culture"), random.Random(3)
    drawn = [
        fill(line, lists, rng, season=season) for _, _, line in _articles() for season in SEASONS
    ]
    assert [text for text in drawn if LEFT_OPEN.search(text)] == []


def test_no_line_stands_twice_over_all_files() -> None:
    said = Counter(
        re.sub(r"[\s.,;:!?…]+", " ", fold(line).lower()).strip()
        for line in [frame.sentence for frame in frames()] + [line for *_, line in _articles()]
    )
    assert [line for line, count in said.items() if count > 1] == []


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_every_theme_has_words_everywhere(theme: str) -> None:
    for language in ("fr", "en"):
        assert len(lines(read(f"words_{language}")[f"subject_{theme}"])) >= 3
        assert len(lines(read("tags")[language][theme])) >= 4
        assert lines(read("bios")[language]["themes"][theme])
    assert len(read("emoji")[theme].split()) >= 5
    assert lines(read("bios")["fr"]["trades"][theme])
    assert any(theme in trade["themes"] for trade in read("trades").values())


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_every_theme_is_spoken_of(theme: str) -> None:
    plain = [frame for frame in frames() if not frame.manner and theme in frame.themes]
    count_by_voice = Counter((frame.voice, frame.language) for frame in plain)
    assert count_by_voice["resident", "fr"] >= 60
    assert count_by_voice["resident", "en"] >= 8
    for voice in VOICES:
        for language in languages_of(voice):
            any_theme = sum(
                frame.themes == ("any",) and (frame.voice, frame.language) == (voice, language)
                for frame in frames()
            )
            assert count_by_voice[voice, language] + any_theme >= 5, (voice, language)
    for name in ARTICLES:
        assert len(lines(read(name)["titles"][theme])) >= 4
        assert len(lines(read(name)["bodies"][theme])) >= 3


@pytest.mark.parametrize("theme", ALL_THEMES)
def test_every_theme_is_written_in_every_manner(theme: str) -> None:
    count = Counter(frame.manner for frame in frames() if theme in frame.themes)
    assert min(count[manner] for manner in ("irony", "switch", "brands")) >= 10
    assert min(count[manner] for manner in MANNERS) >= 3


def test_daily_life_has_its_manners_too() -> None:
    count = Counter(frame.manner for frame in frames() if not frame.themes)
    assert min(count[manner] for manner in MANNERS if manner != "mixed") >= 8


def test_mixed_lines_speak_of_two_themes_or_three() -> None:
    mixed = [frame.themes for frame in frames() if frame.manner == "mixed"]
    assert {len(themes) for themes in mixed} == {2, 3}


def test_a_brand_says_the_theme_without_its_words() -> None:
    for frame in frames():
        if frame.manner == "brands" and frame.themes:
            said = set(re.findall(r"\w+", fold(frame.sentence).lower()))
            theme_words = {fold(tag).lower() for tag in lines(read("tags")["fr"][frame.themes[0]])}
            assert not said & theme_words, frame.sentence


def test_trades_have_codes_in_both_nomenclatures() -> None:
    for trade, entry in read("trades").items():
        assert re.fullmatch(r"\d\d\.\d\d[A-Z]", entry["naf"]), trade
        assert re.fullmatch(r"\d\d\.\d\d[GHJKLY]", entry["naf25"]), trade
        assert set(entry["themes"]) <= set(ALL_THEMES), trade
        assert len(lines(entry["names"])) >= 3, trade


def test_every_person_has_profiles_and_every_blog_a_line_under_its_title() -> None:
    named = {name: lines(text) for name, text in read("names").items() if isinstance(text, str)}
    rng = random.Random(7)
    for voice in PERSONAL:
        assert lines(read("bios")["fr"]["voices"][voice])
        assert lines(read("bios")["locations"][voice])
    blogs = read("blogs")
    assert blogs["names"].keys() == blogs["descriptions"].keys()
    for part in ("names", "descriptions"):
        for block in blogs[part].values():
            for line in lines(block):
                assert (
                    LEFT_OPEN.search(fill(line, named, rng, season="spring").replace(" | ", " "))
                    is None
                )
