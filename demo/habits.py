"""How people of the demo city type: openings, closings, emoji, hashtags, haste and slips."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from demo.phrases import Words, fill, fold, lines, read

PERSONAL = (
    "resident", "newcomer", "visitor", "commuter", "namesake", "second_home", "leaver", "maker",
)  # fmt: skip

_CITY = re.compile(r"montr[ée]val\b", re.IGNORECASE)
_PLAIN_CITY = re.compile(r"(?<![#\w])(montr[ée]val)\b(?!-les)", re.IGNORECASE)
_LONG_WORD = re.compile(r"(?<![\w#@/.:])[a-zà-ÿ]{6,}(?![\w/.:])")

_OPENING_RATE = 0.22
_CLOSING_RATE = 0.24
_EMOJI_RATE = {"business": 0.6, "institution": 0.3, "media": 0.12, "automated": 0.15}
_CITY_TAG_RATE = 0.78
_THEME_TAG_RATE = 0.4
_INLINE_RATE = 0.3
_NO_TYPING_HABITS = 0.62


@dataclass(frozen=True, slots=True)
class Ask:
    """What a post is asked to be; ``manner`` is one of ``demo.frames.MANNERS``, or empty."""

    voice: str
    theme: str | None
    language: str
    season: str
    tag_city: bool
    manner: str = ""

    def in_manner(self, manner: str, *, language: str) -> "Ask":
        """The same, in the manner and the language of the sentence that was found."""
        return replace(self, manner=manner, language=language)


def names_city(text: str) -> bool:
    """Tell whether a text says the city's name, as a word or a hashtag."""
    return _CITY.search(text) is not None


def dressed(body: str, ask: Ask, lists: Words, rng: random.Random) -> str:
    """Add what surrounds the sentence, then type it the way people do."""
    if ask.manner == "photo":  # the picture says it all
        return body
    body = _surrounded(body, ask, lists, rng)
    if ask.voice in PERSONAL and rng.random() >= _NO_TYPING_HABITS:
        body = _typed(body, rng)
    if rng.random() < _EMOJI_RATE.get(ask.voice, 0.38):
        body = _with_emoji(body, ask, rng)
    return body


def tagged(body: str, ask: Ask, rng: random.Random) -> str:
    """Add the hashtags: of the city when asked, of the theme at times."""
    tags = read("tags")
    chosen = []
    if ask.tag_city:
        body, is_inline = _inlined(body, rng)
        if not names_city(body) or (not is_inline and rng.random() < _CITY_TAG_RATE):
            chosen.append(rng.choice(lines(tags["city"])))
        if rng.random() < 0.25:
            chosen += _some(lines(tags["around"].get(ask.voice, tags["around"]["others"])), rng)
    if rng.random() < _THEME_TAG_RATE and (ask.theme or ask.voice in PERSONAL):
        chosen += _some(_theme_tags(ask, tags), rng)
    rng.shuffle(chosen)
    known = {tag.lower() for tag in re.findall(r"#(\w+)", body)}
    fresh = [tag for tag in dict.fromkeys(chosen) if tag.lower() not in known]
    if not fresh:
        return body
    separator = rng.choice((" ", " ", " ", "\n", "\n\n"))
    return (body + separator + " ".join(f"#{tag}" for tag in fresh)).lstrip()


def _surrounded(body: str, ask: Ask, lists: Words, rng: random.Random) -> str:
    if ask.voice == "automated":
        return body
    sheet = read(f"joints_{ask.language}")
    around = sheet.get(ask.voice) or sheet["personal" if ask.voice in PERSONAL else "public"]
    if rng.random() < _OPENING_RATE:
        body = f"{rng.choice(lines(around['openings']))} {body}"
    if rng.random() < _CLOSING_RATE:
        body = f"{body} {rng.choice(lines(around['closings']))}"
    return fill(body, lists, rng, season=ask.season)


def _with_emoji(body: str, ask: Ask, rng: random.Random) -> str:
    emoji = read("emoji")
    found = emoji.get(ask.theme or "none", emoji["none"]).split()
    if rng.random() < 0.3:
        found = emoji["none"].split()
    drawn = "".join(rng.sample(found, rng.choice((1, 1, 1, 2, 3))))
    return f"{drawn} {body}" if rng.random() < 0.2 else f"{body} {drawn}"


def _typed(body: str, rng: random.Random) -> str:
    habit = rng.choice(("lower", "lower", "plain", "plain", "dots", "loose", "loose", "slip", "!"))
    if habit == "lower":
        return body.lower()
    if habit == "plain":
        return fold(body)
    if habit == "dots":
        return body.rstrip(".!").replace(". ", "... ") + "..."
    if habit == "loose":
        return body.rstrip(".").replace(" !", "!").replace(" ?", "?")
    if habit == "!":
        return body.replace(" !", " !!!") if body[-1] in "!?…" else body.rstrip(".") + " !!"
    return _slipped(body, rng)


def _slipped(body: str, rng: random.Random) -> str:
    """Swap two letters, or double or lose one, inside one long word."""
    spots = [spot for spot in _LONG_WORD.finditer(body) if not names_city(spot[0])]
    if not spots:
        return body
    spot = rng.choice(spots)
    word = spot[0]
    at = rng.randrange(2, len(word) - 2)
    slip = rng.choice((word[at + 1] + word[at], word[at] * 2 + word[at + 1], word[at + 1]))
    return body[: spot.start()] + word[:at] + slip + word[at + 2 :] + body[spot.end() :]


def _inlined(body: str, rng: random.Random) -> tuple[str, bool]:
    if _PLAIN_CITY.search(body) and rng.random() < _INLINE_RATE:
        return _PLAIN_CITY.sub(r"#\1", body, count=1), True
    return body, False


def _theme_tags(ask: Ask, tags: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The hashtags of the theme; those of daily life where the material has none yet."""
    sheet = tags[ask.language]
    return lines(sheet.get(ask.theme or "none", sheet["none"]))


def _some(found: tuple[str, ...], rng: random.Random) -> list[str]:
    return rng.sample(found, min(len(found), rng.choice((1, 1, 2, 3))))
