"""The core sentences of the material: whose they are, what they are about, when they hold.

A *frame* is the core sentence of a post. Its file's name tells its place:
`frames_<voice>_<language>[_<part>].yaml`, and `frames_texture_<manner>[_<language>].yaml` for a
manner of writing that every person has now and then. New files are found by their names.
"""

from __future__ import annotations

__all__ = [
    "MANNERS", "VOICES", "Frame", "frames", "languages_of", "pools",
]  # fmt: skip

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from demo.habits import PERSONAL, names_city
from demo.phrases import MATERIAL, SEASONS, lines, read

# What people do now and then; `returning` is said only by visitors who come back.
MANNERS = ("irony", "mixed", "switch", "brands", "photo", "returning")
_PUBLIC = ("business", "association", "institution", "media", "automated")
VOICES = tuple(
    voice for voice in (*PERSONAL, *_PUBLIC) if any(MATERIAL.glob(f"frames_{voice}_??*.yaml"))
)
# Voices that say in part what residents say, since people do not always tell what they are.
_BORROWERS = ("newcomer", "visitor", "commuter", "namesake", "second_home", "leaver", "maker")
# Only people who live in their town say « ma boulangerie »; the namesake's do, of theirs.
_ROOTED = ("resident", "newcomer", "namesake", "maker")
_IN_ANY_LANGUAGE = ("switch", "photo")
_MARKS = re.compile(r"^\[([a-z ]+)\]\s*")

Pools = tuple[tuple["Frame", ...], tuple["Frame", ...]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One core sentence, with whose it is and when it holds.

    ``themes`` is ``("any",)`` where the words come from the theme that is asked for;
    ``is_rooted`` says that only someone who lives there would write it, ``names_city`` that it
    says the city's name; ``manner`` is one of `MANNERS`, or empty.
    """

    frame_id: str
    sentence: str
    voice: str
    language: str
    themes: tuple[str, ...]
    seasons: tuple[str, ...]
    is_rooted: bool
    names_city: bool
    manner: str


def languages_of(voice: str) -> tuple[str, ...]:
    """Return the languages that a voice speaks, from the material that exists."""
    spoken = {frame.language for frame in frames() if frame.voice == voice and not frame.manner}
    return tuple(sorted(spoken))


@cache
def frames() -> tuple[Frame, ...]:
    """Return every frame of the material."""
    paths = sorted(MATERIAL.glob("frames_*.yaml"))
    return tuple(frame for path in paths for frame in _frames_of(path.stem))


@cache
def pools(voice: str, theme: str | None, language: str, manner: str) -> Pools:
    """Return a voice's own frames for a theme in a manner, and those that it may borrow."""
    suiting = [frame for frame in frames() if frame.manner == manner and _suits(frame, theme)]
    if manner not in _IN_ANY_LANGUAGE:
        suiting = [frame for frame in suiting if frame.language == language]
    if manner and manner != "returning":
        is_one_s_own = voice in PERSONAL
        rooted = voice in _ROOTED
        shared = (frame for frame in suiting if rooted or not frame.is_rooted)
        return tuple(shared) if is_one_s_own else (), ()
    own = tuple(frame for frame in suiting if frame.voice == voice)
    if voice not in _BORROWERS or manner:
        return own, ()
    lent = (frame for frame in suiting if frame.voice == "resident")
    return own, tuple(frame for frame in lent if voice in _ROOTED or not frame.is_rooted)


def _suits(frame: Frame, theme: str | None) -> bool:
    if theme is None:
        return not frame.themes
    if frame.themes == ("any",):
        return f"subject_{theme}" in read(f"words_{frame.language}")
    return theme in frame.themes


def _frames_of(name: str) -> list[Frame]:
    sheet = read(name)
    manner = _manner_of(name)
    voice = str(sheet.get("voice", "resident"))
    found = []
    for theme, block, is_rooted in _blocks(sheet):
        default = () if theme == "none" else tuple(theme.split())
        for number, line in enumerate(lines(block), start=1):
            themes, seasons, sentence = _marked(line)
            found.append(
                Frame(
                    frame_id=f"{name}.{theme}.{'rooted' if is_rooted else 'open'}.{number}",
                    sentence=sentence,
                    voice="texture" if manner and manner != "returning" else voice,
                    language=sheet["language"] if sheet.get("language") in ("fr", "en") else "fr",
                    themes=themes or default,
                    seasons=seasons or SEASONS,
                    is_rooted=is_rooted,
                    names_city="{city}" in sentence.lower() or names_city(sentence),
                    manner=manner,
                )
            )
    return found


def _manner_of(name: str) -> str:
    parts = name.split("_")
    if parts[1] == "texture":
        return parts[2]
    return "returning" if parts[-1] == "returning" else ""


def _blocks(sheet: dict[str, Any]) -> list[tuple[str, str, bool]]:
    return [
        (theme, block, part == "rooted")
        for part in ("open", "rooted")
        for theme, block in sheet.get(part, {}).items()
    ]


def _marked(line: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Read what a line declares first: ``[gastronomy wine autumn] Soupe et beaujolais …``."""
    marks = _MARKS.match(line)
    if marks is None:
        return (), (), line
    names = marks[1].split()
    themes = tuple(name for name in names if name not in SEASONS)
    return themes, tuple(name for name in names if name in SEASONS), line[marks.end() :]
