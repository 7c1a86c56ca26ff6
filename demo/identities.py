"""Who the authors of the demo city say they are: names, handles, profiles, shop names."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from demo.habits import PERSONAL
from demo.phrases import capital, fill, fold, lines, read

TRADES: Mapping[str, str] = MappingProxyType(
    {trade: entry["activity"] for trade, entry in read("trades").items()}
)

# Half of the bots of real instances forget to tick the box that says so.
_DECLARED_AUTOMATED_RATE = 0.6
_NO_BIO_RATE = {"resident": 0.14, "visitor": 0.16, "namesake": 0.14, "commuter": 0.14}
_HANDLE_MIN = 6
_LONGEST_HOST = 50
_NUMBER = 4  # signs of the number that tells two handles apart
# Where the material has no profiles of a voice, whose it resembles.
_LIKE = {"second_home": "visitor", "leaver": "visitor", "maker": "business"}


@dataclass(frozen=True, slots=True)
class Bio:
    """What a profile says; ``declared_location`` is free text, often empty."""

    text: str
    declared_location: str


@dataclass(frozen=True, slots=True)
class Identity:
    """An author's name and handle."""

    display_name: str
    handle: str
    is_declared_automated: bool


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's title, the beginning of its host, and the line under its title."""

    title: str
    stem: str
    description: str


class Identities:
    """Draws names, profiles and shops; gives no handle and no shop name twice."""

    def __init__(self, *, seed: int) -> None:
        self._rng = random.Random(f"identities {seed}")
        self._handles: set[str] = set()
        self._shops: set[str] = set()
        self._names = {
            name: lines(block) for name, block in read("names").items() if isinstance(block, str)
        }

    def identity(self, *, voice: str, longest: int = 30) -> Identity:
        """Draw a name and a handle never given before, of at most `longest` signs."""
        patterns = read("names")["patterns"]
        pattern = self._rng.choice(lines(patterns.get(voice, patterns["person"])))
        drawn = self._filled_together(pattern)
        display_name, _, wish = drawn.partition(" | ")
        automated = voice == "automated" and self._rng.random() < _DECLARED_AUTOMATED_RATE
        return Identity(display_name.strip(), self._fresh_handle(wish, longest), automated)

    def site(self, *, voice: str) -> Site | None:
        """Draw a blog's names, never given before; None where the material has none of a voice."""
        sheet = read("blogs")
        if voice not in sheet["names"]:
            return None
        drawn = self._filled_together(self._rng.choice(lines(sheet["names"][voice])))
        title, _, wish = drawn.partition(" | ")
        stem = self._fresh_handle(wish, _LONGEST_HOST).replace("_", "-")
        line = self._rng.choice(lines(sheet["descriptions"][voice]))
        description = fill(line, self._names, self._rng, season="spring")
        return Site(capital(title.strip()), stem, description)

    def bio(self, *, voice: str, themes: Sequence[str], language: str) -> Bio:
        """Draw a profile in the voice's manner, with its themes."""
        sheet = read("bios")
        places = sheet["locations"]
        location = self._rng.choice(lines(places.get(voice, places.get(_LIKE.get(voice), "~"))))
        if self._rng.random() < _NO_BIO_RATE.get(voice, 0.03):
            return Bio("", location)
        parts = self._bio_parts(sheet[language], voice, themes)
        separator = self._rng.choice((". ", " · ", ", ", " | ", " / ", "\n", " • ", ". "))
        text = separator.join(dict.fromkeys(parts))
        text = fill(text, self._names, self._rng, season="spring")
        return Bio(self._mannered(text), location)

    def shop(self, *, trade: str) -> str:
        """Draw an invented shop name of a trade, not given before while some are left."""
        names = list(lines(read("trades")[trade]["names"]))
        self._rng.shuffle(names)
        filled = [fill(name, self._names, self._rng, season="spring") for name in names]
        fresh = [name for name in filled if name not in self._shops]
        chosen = fresh[0] if fresh else self._signed(filled[0])
        self._shops.add(chosen)
        return chosen

    def person(self) -> str:
        """Draw a first name and a surname."""
        return (
            f"{self._rng.choice(self._names['first'])} {self._rng.choice(self._names['surname'])}"
        )

    def _signed(self, name: str) -> str:
        """Tell apart two shops of one name by their owner's."""
        return f"{name} {self._rng.choice(self._names['surname'])}"

    def _filled_together(self, pattern: str) -> str:
        """Fill a name pattern so that name and handle share the same words."""
        for slot in dict.fromkeys(re.findall(r"\{(\w+)\}", pattern)):
            pattern = pattern.replace(f"{{{slot}}}", self._rng.choice(self._names[slot]))
        return fill(pattern, self._names, self._rng, season="spring")

    def _fresh_handle(self, wish: str, longest: int) -> str:
        plain = fold(wish).lower().replace("'", "_").replace("’", "_")
        whole = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        handle = whole[:longest].strip("_")
        stem = whole[: longest - _NUMBER].strip("_")
        while handle in self._handles or len(handle) < _HANDLE_MIN:
            number = self._rng.randrange(2, 1000)
            handle = stem + self._rng.choice(("71", "_71", f"_{number}", str(number)))
        self._handles.add(handle)
        return handle

    def _bio_parts(
        self, sheet: Mapping[str, Mapping[str, str]], voice: str, themes: Sequence[str]
    ) -> list[str]:
        manner = sheet["voices"].get(voice, sheet["voices"]["others"])
        parts = [self._rng.choice(lines(manner))]
        # A town hall or a robot has no hobby; a shop and a club speak of their trade.
        about = sheet["themes"] if voice in PERSONAL else sheet.get("trades", {})
        if voice in (*PERSONAL, "business", "association"):
            told = [theme for theme in themes if theme in about and self._rng.random() < 0.6]
            parts += [self._rng.choice(lines(about[theme])) for theme in told]
        extras = lines(sheet["extras"]["any"])
        if voice in PERSONAL and self._rng.random() < 0.35:
            parts.append(self._rng.choice(extras))
        kept = [part for part in parts if part]
        self._rng.shuffle(kept)
        return kept or [self._rng.choice(extras)]

    def _mannered(self, text: str) -> str:
        if self._rng.random() < 0.2:
            return text.lower()
        return capital(text)
