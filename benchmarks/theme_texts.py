"""Posts to read for the benchmarks of speed: real and written ones of `data/`, mixed anew."""

from __future__ import annotations

__all__ = ["invented_posts", "known_texts"]

import json
import random
import re
from pathlib import Path

from scoring.post_text import PostText

DATA = Path(__file__).parent / "data"
# News, events, posts: short and long, in three languages; a set that is not there is left out.
SETS = (
    "theme_posts_fr.ndjson",
    "topic_posts.ndjson",
    "poi_themes_fr.ndjson",
    "place_mentions_fr.ndjson",
    "sensitive_posts.ndjson",
)
HASHTAG = re.compile(r"#(\w+)")
TAGS = (
    "montreval",
    "photodujour",
    "weekend",
    "visitmontreval",
    "MarchéDuSamedi",
    "bonplan",
    "ootd",
)
EMOJI = ("😍", "🎶", "🍷", "🌿", "📷", "⚽", "❤️", "")
LINKS = ("https://instagram.com/p/x", "https://agenda.example/concert-de-jazz", "")


def known_texts() -> tuple[str, ...]:
    """All texts of the sets."""
    rows = (
        json.loads(line)
        for name in SETS
        if (DATA / name).exists()
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if line
    )
    return tuple(row["text"] for row in rows if row.get("text"))


def invented_posts(count: int, *, seed: int = 78) -> list[PostText]:
    """Posts of which no two are alike: halves of two texts, hashtags, an emoji, a link."""
    texts, chance = known_texts(), random.Random(seed)
    return [_post(texts, chance) for _ in range(count)]


def _post(texts: tuple[str, ...], chance: random.Random) -> PostText:
    first, second = (chance.choice(texts)[:300].split() for _ in range(2))
    tags = chance.sample(TAGS, chance.randrange(3))
    words = [*first[: len(first) // 2], *second[len(second) // 2 :], chance.choice(EMOJI)]
    text = " ".join((*words, *(f"#{tag}" for tag in tags))).strip()
    link = chance.choice(LINKS)
    language = chance.choice(("fr", "fr", "fr", "en", None))
    return PostText(text, language, tuple(HASHTAG.findall(text)), (link,) if link else ())
