"""The posts of the demo city: who says what, in which words.

A *voice* is the position that someone speaks from (resident, visitor, town hall …). Voices
borrow frames from residents, because a visitor does not always say that they are one: what tells
people apart must be weak in the demo too. No frame makes over ``FRAME_SHARE`` of the expected
posts, so that no scorer learns a sentence by heart.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cities.errors import PortevoixError
from demo.articles import Article, articles
from demo.frames import VOICES, Frame, frames, languages_of, pools
from demo.habits import PERSONAL, Ask, dressed, tagged
from demo.identities import TRADES, Bio, Identities, Identity, Site
from demo.phrases import fill, fold, lines, read, season_of, words
from demo.themes import THEMES

__all__ = [
    "FRAME_SHARE", "PERSONAL", "THEMES", "TRADES", "VOICES", "Bio", "Composer", "Frame",
    "Identity", "MaterialExhaustedError", "Text", "frames", "languages_of",
]  # fmt: skip

FRAME_SHARE = 0.005

# voice → the share of its posts made with its own frames; the rest is borrowed from residents.
_OWN_SHARE = {
    "newcomer": 0.4, "visitor": 0.7, "commuter": 0.4, "namesake": 0.45, "second_home": 0.45,
    "leaver": 0.6, "maker": 0.6,
}  # fmt: skip
_DRAW_AMONG = 8
_HASHTAG = re.compile(r"#(\w+)")


class MaterialExhaustedError(PortevoixError):
    """Every frame that fits has made its share of the posts: write more of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """One composed post; ``manner`` is that of its frame, ``title`` that of a blog's entry."""

    text: str
    hashtags: tuple[str, ...]
    frame_id: str
    language: str
    themes: tuple[str, ...]
    places: tuple[str, ...]
    manner: str = ""
    title: str = ""


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
        return self.compose(Ask(voice, theme, language, season_of(month), tag_city), month=month)

    def compose(self, ask: Ask, *, month: int) -> Text:
        """Compose one post as asked; in another manner where the material has none left."""
        frame = self._frame(ask)
        self._uses[frame.frame_id] += 1
        ask = ask.in_manner(frame.manner, language=frame.language)
        lists = dict(words(ask.language, ask.voice))
        lists["month"] = (read("calendar")[ask.language][month - 1],)
        lists["subject"] = lists.get(f"subject_{ask.theme}", ())
        body = fill(frame.sentence, lists, self._rng, season=ask.season)
        places = _places(body, ask.voice)
        text = tagged(dressed(body, ask, lists, self._rng), ask, self._rng)
        return Text(
            text=text,
            hashtags=tuple(dict.fromkeys(_HASHTAG.findall(text))),
            frame_id=frame.frame_id,
            language=ask.language,
            themes=(str(ask.theme),) if frame.themes == ("any",) else frame.themes,
            places=places,
            manner=frame.manner,
        )

    def title(self, ask: Ask, *, month: int) -> str:
        """Draw a title for an article of a blog; empty where the material has none."""
        found = [
            title
            for title in articles(ask.voice, ask.theme, "titles")
            if ask.tag_city or not title.names_city
        ]
        return self._filled(self._rng.choice(found), ask, month) if found else ""

    def article(self, ask: Ask, *, month: int) -> str:
        """Draw the body of an article; empty where the material has none left."""
        found = [
            body
            for body in articles(ask.voice, ask.theme, "bodies")
            if self._uses[body.frame_id] < self._limit and (ask.tag_city or not body.names_city)
        ]
        if not found:
            return ""
        drawn = self._rng.sample(found, min(_DRAW_AMONG, len(found)))
        chosen = min(drawn, key=lambda body: self._uses[body.frame_id])
        self._uses[chosen.frame_id] += 1
        return self._filled(chosen, ask, month).replace("\n", "\n\n")

    def _filled(self, article: Article, ask: Ask, month: int) -> str:
        lists = dict(words(ask.language, ask.voice))
        lists["month"] = (read("calendar")[ask.language][month - 1],)
        return fill(article.sentence, lists, self._rng, season=ask.season)

    def site(self, *, voice: str) -> Site | None:
        """Return the title, the host's beginning and the line of a blog; None without material."""
        return self._identities.site(voice=voice)

    def bio(self, *, voice: str, themes: Sequence[str], language: str) -> Bio:
        """Compose what an author says of themselves, and where they say they are."""
        return self._identities.bio(voice=voice, themes=themes, language=language)

    def identity(self, *, voice: str, longest: int = 30) -> Identity:
        """Compose a name and a handle of at most `longest` signs, not given before."""
        return self._identities.identity(voice=voice, longest=longest)

    def shop(self, *, trade: str) -> str:
        """Return an invented shop name for a trade of ``TRADES``."""
        return self._identities.shop(trade=trade)

    def person(self) -> str:
        """Return an invented first name and surname."""
        return self._identities.person()

    def _frame(self, ask: Ask) -> Frame:
        own, borrowed = pools(ask.voice, ask.theme, ask.language, "")
        first = own
        if borrowed and self._rng.random() >= _OWN_SHARE.get(ask.voice, 1.0):
            first = borrowed
        mannered = pools(ask.voice, ask.theme, ask.language, ask.manner)[0] if ask.manner else ()
        for pool in (mannered, first, own + borrowed):
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


def _places(body: str, voice: str) -> tuple[str, ...]:
    side = "namesake" if voice == "namesake" else "city"
    plain = fold(body).lower()
    return tuple(name for name in lines(read("places")[side]) if fold(name).lower() in plain)
