"""The posts of the demo city: who says what, in which words.

A *voice* is the position that someone speaks from (resident, visitor, town hall …); a *frame* is
the core sentence of a post. Voices borrow frames from residents, because a visitor does not
always say that they are one: what tells people apart must be weak in the demo too. No frame
makes over ``FRAME_SHARE`` of the expected posts, so that no scorer learns a sentence by heart.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cities.errors import PortevoixError
from demo.habits import PERSONAL, Ask, dressed, names_city, tagged
from demo.identities import TRADES, Bio, Identities, Identity
from demo.phrases import MATERIAL, SEASONS, fill, fold, lines, read, season_of, words

__all__ = [
    "FRAME_SHARE", "PERSONAL", "THEMES", "TRADES", "VOICES", "Bio", "Composer", "Frame",
    "Identity", "MaterialExhaustedError", "Text", "frames", "languages_of",
]  # fmt: skip

THEMES = (
    "gastronomy", "wine", "sport", "photography", "nature", "fashion", "decoration", "music",
)  # fmt: skip
VOICES = (*PERSONAL, "business", "association", "institution", "media", "automated")
FRAME_SHARE = 0.005

# voice → the share of its posts made with its own frames; the rest is borrowed from residents.
_OWN_SHARE = {"newcomer": 0.4, "visitor": 0.7, "commuter": 0.4, "namesake": 0.45}
# Only people who live in their town say « ma boulangerie »; the namesake's do, of theirs.
_BORROWS_ROOTED = ("newcomer", "namesake")
_DRAW_AMONG = 8
_HASHTAG = re.compile(r"#(\w+)")
_MARKS = re.compile(r"^\[([a-z ]+)\]\s*")


class MaterialExhaustedError(PortevoixError):
    """Every frame that fits has made its share of the posts: write more of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """One composed post."""

    text: str
    hashtags: tuple[str, ...]
    frame_id: str
    language: str
    themes: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One core sentence, with whose it is and when it holds.

    ``themes`` is ``("any",)`` where the words come from the theme that is asked for;
    ``is_rooted`` says that only someone who lives there would write it.
    """

    frame_id: str
    sentence: str
    voice: str
    language: str
    themes: tuple[str, ...]
    seasons: tuple[str, ...]
    is_rooted: bool

    @property
    def names_city(self) -> bool:
        """Whether the sentence itself says the city's name."""
        return "{city}" in self.sentence.lower() or names_city(self.sentence)


class Composer:
    """Draws posts, profiles and shops; same seed and same calls give the same texts."""

    def __init__(self, *, seed: int, expected_posts: int) -> None:
        self._rng = random.Random(f"posts {seed}")
        self._identities = Identities(seed=seed)
        self._limit = max(1, int(FRAME_SHARE * expected_posts))
        self._uses: Counter[str] = Counter()

    def post(
        self, *, voice: str, theme: str | None, language: str, month: int, tag_city: bool = True
    ) -> Text:
        """Compose one post.

        With ``tag_city`` the text holds the city's name or hashtag; without, it holds neither.
        """
        ask = Ask(voice, theme, language, season_of(month), tag_city)
        frame = self._frame(ask)
        self._uses[frame.frame_id] += 1
        lists = dict(words(language, voice))
        lists["month"] = (read("calendar")[language][month - 1],)
        lists["subject"] = lists.get(f"subject_{theme}", ())
        body = fill(frame.sentence, lists, self._rng, season=ask.season)
        places = _places(body, voice)
        text = tagged(dressed(body, ask, lists, self._rng), ask, self._rng)
        return Text(
            text=text,
            hashtags=tuple(dict.fromkeys(_HASHTAG.findall(text))),
            frame_id=frame.frame_id,
            language=language,
            themes=(str(theme),) if frame.themes == ("any",) else frame.themes,
            places=places,
        )

    def bio(self, *, voice: str, themes: Sequence[str], language: str) -> Bio:
        """Compose what an author says of themselves, and where they say they are."""
        return self._identities.bio(voice=voice, themes=themes, language=language)

    def identity(self, *, voice: str) -> Identity:
        """Compose a name and a handle that this composer has not given before."""
        return self._identities.identity(voice=voice)

    def shop(self, *, trade: str) -> str:
        """Return an invented shop name for a trade of ``TRADES``."""
        return self._identities.shop(trade=trade)

    def _frame(self, ask: Ask) -> Frame:
        own, borrowed = _pools(ask.voice, ask.theme, ask.language)
        first = own
        if borrowed and self._rng.random() >= _OWN_SHARE.get(ask.voice, 1.0):
            first = borrowed
        for pool in (first, own + borrowed):
            free = [frame for frame in pool if self._fits(frame, ask)]
            if free:
                drawn = self._rng.sample(free, min(_DRAW_AMONG, len(free)))
                return min(drawn, key=lambda frame: self._uses[frame.frame_id])
        raise MaterialExhaustedError(
            f"no frame left for {ask.voice}, {ask.theme or 'no theme'}, {ask.language}, in "
            f"{ask.season}: {len(own) + len(borrowed)} frames, {self._limit} posts each"
        )

    def _fits(self, frame: Frame, ask: Ask) -> bool:
        return (
            self._uses[frame.frame_id] < self._limit
            and ask.season in frame.seasons
            and (ask.tag_city or not frame.names_city)
        )


def languages_of(voice: str) -> tuple[str, ...]:
    """Return the languages that a voice speaks, from the material that exists."""
    return tuple(sorted({frame.language for frame in frames() if frame.voice == voice}))


@cache
def frames() -> tuple[Frame, ...]:
    """Return every frame of the material."""
    paths = sorted(MATERIAL.glob("frames_*.yaml"))
    return tuple(frame for path in paths for frame in _frames_of(path.stem))


def _frames_of(name: str) -> list[Frame]:
    sheet = read(name)
    found = []
    for theme, block, is_rooted in _blocks(sheet):
        default = () if theme == "none" else (theme,)
        for number, line in enumerate(lines(block), start=1):
            themes, seasons, sentence = _marked(line)
            found.append(
                Frame(
                    frame_id=f"{name}.{theme}.{'rooted' if is_rooted else 'open'}.{number}",
                    sentence=sentence,
                    voice=sheet["voice"],
                    language=sheet["language"],
                    themes=themes or default,
                    seasons=seasons or SEASONS,
                    is_rooted=is_rooted,
                )
            )
    return found


def _blocks(sheet: dict[str, dict[str, str]]) -> list[tuple[str, str, bool]]:
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


@cache
def _pools(
    voice: str, theme: str | None, language: str
) -> tuple[tuple[Frame, ...], tuple[Frame, ...]]:
    """Return a voice's own frames for a theme, and those that it may borrow."""
    speaks = [frame for frame in frames() if frame.language == language and _suits(frame, theme)]
    own = tuple(frame for frame in speaks if frame.voice == voice)
    if voice not in _OWN_SHARE:
        return own, ()
    rooted = voice in _BORROWS_ROOTED
    lent = (frame for frame in speaks if frame.voice == "resident")
    return own, tuple(frame for frame in lent if rooted or not frame.is_rooted)


def _suits(frame: Frame, theme: str | None) -> bool:
    if theme is None:
        return not frame.themes
    return theme in frame.themes or frame.themes == ("any",)


def _places(body: str, voice: str) -> tuple[str, ...]:
    side = "namesake" if voice == "namesake" else "city"
    plain = fold(body).lower()
    return tuple(name for name in lines(read("places")[side]) if fold(name).lower() in plain)
