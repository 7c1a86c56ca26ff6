"""Articles of the material for blogs and newsrooms: a title and a body of one theme."""

from __future__ import annotations

__all__ = ["Article", "articles"]

from dataclasses import dataclass
from functools import cache

from demo.habits import PERSONAL, names_city
from demo.phrases import MATERIAL, lines, read

# Whose articles a voice writes; shops and robots have none.
_SHEETS = {
    **dict.fromkeys(PERSONAL, "frames_blog_fr"),
    **dict.fromkeys(("media", "institution", "association"), "frames_blog_press_fr"),
}
_DAILY_LIFE = "none"


@dataclass(frozen=True, slots=True)
class Article:
    """A title or a body of the material, before its slots are filled."""

    frame_id: str
    sentence: str

    @property
    def names_city(self) -> bool:
        """Whether the sentence itself says the city's name."""
        return "{city}" in self.sentence.lower() or names_city(self.sentence)


@cache
def articles(voice: str, theme: str | None, part: str) -> tuple[Article, ...]:
    """The `titles` or `bodies` that a voice may write on a theme; none where there are none."""
    name = _SHEETS.get(voice, "")
    if not name or not (MATERIAL / f"{name}.yaml").exists():
        return ()
    subject = theme or _DAILY_LIFE
    block = read(name).get(part, {}).get(subject, "")
    return tuple(
        Article(f"{name}.{subject}.{part}.{number}", line)
        for number, line in enumerate(lines(block), start=1)
    )
