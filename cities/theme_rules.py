"""What the themes of a city file must hold to, told in sentences with their place."""

from __future__ import annotations

__all__ = ["theme_mistakes"]

from collections.abc import Iterator, Mapping
from typing import Any

from cities.sensitive import refusal
from cities.themes import ALL_THEMES

Place = tuple[str | int, ...]
Found = Iterator[tuple[Place, str]]


def theme_mistakes(data: Mapping[str, Any]) -> Found:
    """What breaks a rule of themes, as (place, sentence), in the data of a city file.

    The data may be wrong in any other way.
    """
    own = _mapping(data.get("own_themes"))
    listed = data.get("themes", ALL_THEMES)
    yield from _unknown(("themes",), listed, among=(*ALL_THEMES, *own))
    yield from _twice(listed)
    for at, project in enumerate(_items(data.get("projects"))):
        yield from _unknown(
            ("projects", at, "themes"), _mapping(project).get("themes"), among=_items(listed)
        )
    for theme, content in own.items():
        yield from _own_theme(theme, content, listed=_items(listed))
    for theme, changes in _mapping(data.get("theme_words")).items():
        place = ("theme_words", theme)
        if theme not in ALL_THEMES:
            yield place, _choose(ALL_THEMES)
        yield from _refused(theme, _mapping(changes).get("add"), (*place, "add"))


def _own_theme(theme: str, content: Any, *, listed: tuple[Any, ...]) -> Found:
    place = ("own_themes", theme)
    if theme in ALL_THEMES:
        yield place, "is a theme that Portevoix has; change its words in theme_words"
    elif theme not in listed:
        yield place, f"is not in themes; add {theme} to themes or remove it here"
    sentence = refusal(theme, theme=theme)
    if sentence:
        yield place, sentence
    yield from _refused(theme, content, place)


def _refused(theme: str, content: Any, place: Place) -> Found:
    """Each text below `place` that a theme may not hold."""
    if isinstance(content, str):
        sentence = refusal(content, theme=theme)
        if sentence:
            yield place, sentence
    for name, inner in _mapping(content).items():
        yield from _refused(theme, inner, (*place, name))
    for at, inner in enumerate(_items(content)):
        yield from _refused(theme, inner, (*place, at))


def _unknown(place: Place, themes: Any, *, among: tuple[Any, ...]) -> Found:
    for at, theme in enumerate(_items(themes)):
        if isinstance(theme, str) and theme not in among:
            yield (*place, at), _choose(among)


def _twice(themes: Any) -> Found:
    seen: set[str] = set()
    for at, theme in enumerate(_items(themes)):
        if isinstance(theme, str) and theme in seen:
            yield ("themes", at), f"names {theme} twice; keep one of them"
        elif isinstance(theme, str):
            seen.add(theme)


def _choose(themes: tuple[Any, ...]) -> str:
    return f"is not a known theme; choose among {', '.join(map(str, themes))}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _items(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
